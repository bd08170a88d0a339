"""A run that the outside world ends keeps what it measured, and says that it was cut short."""

import json
import shlex
import sys
from pathlib import Path

import pytest

from tests.support.command import rumtest

SCENARIO = "rumtest: 1\nname: home\npages: [/]\n"
# Starts once; every later start fails, as when a build folder is deleted meanwhile.
ONCE = """
import os, sys
os.open(sys.argv[1], os.O_CREAT | os.O_EXCL)
os.execv(sys.executable, [sys.executable, "-m", "rumtest.shop", "--port", sys.argv[2]])
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_server_that_fails_in_a_later_block_leaves_a_run_marked_as_interrupted(
    tmp_path: Path,
) -> None:
    (tmp_path / "home.yaml").write_text(SCENARIO)
    (tmp_path / "once.py").write_text(ONCE)
    python = shlex.quote(sys.executable)

    ended = rumtest(
        "ab", "home.yaml", "-n", "8",
        "--serve", f"{python} once.py started {{port}}",
        "--against-serve", f"{python} -m rumtest.shop --port {{port}}",
        folder=tmp_path,
    )  # fmt: skip

    header = json.loads((tmp_path / "reports/runs/latest/run.json").read_text())
    assert ended.status == 7
    assert header["interrupted"] is True
    assert header["ended"] is not None
    assert rumtest("report", folder=tmp_path).status == 2
