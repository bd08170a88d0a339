"""Ctrl-C ends the measuring, not the telling: what there is is kept, judged and reported."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.command import rumtest

SHOP = f"{shlex.quote(sys.executable)} -m rumtest.shop --port {{port}}"
SCENARIO = "rumtest: 1\nname: home\npages: [/]\nthresholds: {lcp: p75 < 10s}\n"
PATIENCE = 120.0

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def wait_for_lines(folder: Path, count: int) -> None:
    """Wait until some run under the folder holds so many iterations."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for file in folder.glob("reports/runs/2*/iterations.jsonl"):
            if len(file.read_text().splitlines()) >= count:
                return
        time.sleep(0.1)
    pytest.fail(f"no run came to {count} iterations within {PATIENCE} s")


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("interrupted")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "home.yaml").write_text(SCENARIO)
    command = [sys.executable, "-m", "rumtest", "ab", "--serve", SHOP, "--against-serve", SHOP]
    with subprocess.Popen(
        command, cwd=folder, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            wait_for_lines(folder, 6)
            # A terminal sends Ctrl-C to the whole foreground group.
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    return folder, process.returncode


def test_ctrl_c_ends_with_2(interrupted: tuple[Path, int]) -> None:
    assert interrupted[1] == 2


def test_the_run_folder_is_readable_and_says_that_it_was_interrupted(
    interrupted: tuple[Path, int],
) -> None:
    folder, _ = interrupted

    again = rumtest("report", "latest", folder=folder)

    header = json.loads((folder / "reports/runs/latest/run.json").read_text())
    assert header["interrupted"] is True
    assert again.status == 2
    assert "interrupted" in again.out.lower()


def test_there_is_a_report_of_what_was_measured(interrupted: tuple[Path, int]) -> None:
    folder, _ = interrupted

    assert "interrupted" in (folder / "reports" / "home.html").read_text().lower()
