"""The bundle inside a page: whole, escaped, and named by its hash."""

import base64
import hashlib
from pathlib import Path

import pytest

from rumtest.charts.bundle import bundle_of, read_bundle, report_bundle
from rumtest.errors import MachineError


def test_nothing_in_the_script_can_end_its_element() -> None:
    bundle = bundle_of('x = "</script><!--"', "")

    assert "</script" not in bundle.script
    assert "<!--" not in bundle.script


def test_nothing_in_the_style_can_end_its_element() -> None:
    bundle = bundle_of("", 'a::before{content:"</style>"}')

    assert "</style" not in bundle.style


def test_the_hash_is_of_the_text_as_it_stands_in_the_page() -> None:
    bundle = bundle_of('x = "</script>"', "")

    digest = hashlib.sha256(bundle.script.encode()).digest()

    assert bundle.script_hash == f"sha256-{base64.b64encode(digest).decode()}"


def test_a_missing_bundle_names_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="make bundle"):
        read_bundle(tmp_path)


def test_the_built_bundle_stays_within_its_budget() -> None:
    bundle = report_bundle()

    # The chart technology was chosen at 81 kB of script and about 20 kB of style.
    assert len(bundle.script) < 100_000
    assert len(bundle.style) < 24_000
