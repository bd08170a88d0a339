"""A reader that goes away (`rumtest … | head`) changes nothing about how a command ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MISTAKEN = "rumtest: 1\nname: home\npages: 7\n"


@pytest.fixture
def pipe_without_reader() -> Iterator[int]:
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("--help",), 0), (("run", "--help"), 0), (("check", "scenario.yaml"), 4)],
)
def test_a_command_ends_as_it_would_have_and_says_nothing_about_the_pipe(
    tmp_path: Path, pipe_without_reader: int, arguments: tuple[str, ...], status: int
) -> None:
    (tmp_path / "scenario.yaml").write_text(MISTAKEN)

    ended = subprocess.run(
        [sys.executable, "-m", "rumtest", *arguments],
        cwd=tmp_path, stdout=pipe_without_reader, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip

    assert (ended.returncode, ended.stderr) == (status, b"")
