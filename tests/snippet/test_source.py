"""The built files as Python hands them out: text, hash, tag, and what the lab injects."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import rumtest
from rumtest.snippet import injection, loader_source, script_tag, snippet_source, snippet_sri


def test_the_loader_is_600_bytes_at_most() -> None:
    assert len(loader_source().encode()) <= 600


def test_the_hash_is_that_of_the_file() -> None:
    digest = hashlib.sha384(snippet_source().encode()).digest()

    assert snippet_sri() == "sha384-" + base64.b64encode(digest).decode()


def test_a_tag_cannot_be_broken_out_of() -> None:
    tag = script_tag('"><img>', "https://rum.example/'\"<>")

    assert tag.count("<") == 2
    assert '"><img' not in tag


def test_the_injection_is_text_whatever_its_names_hold() -> None:
    script = injection(
        {"run": "</script>", "scenario": "a'b\"c\\\n\u2028%s%d"}, app="shop", receiver="http://x"
    )

    assert '"a\'b\\"c\\\\\\n\\u2028%s%d"' in script
    assert snippet_source() in script


def test_a_checkout_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    package = Path(rumtest.__file__).parent
    shutil.copytree(package, tmp_path / "rumtest", ignore=shutil.ignore_patterns("_built"))

    done = subprocess.run(
        [sys.executable, "-c", "from rumtest.snippet import snippet_source; snippet_source()"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )

    assert "MachineError" in done.stderr
    assert "make bundle" in done.stderr
