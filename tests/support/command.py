"""Runs `rumtest` the way a person does: in a process of its own, in a folder of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Ended", "rumtest"]


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str


def rumtest(*arguments: str | Path, folder: Path, timeout: float = 180) -> Ended:
    """Run `rumtest ARGUMENTS` in the folder; the environment is this process's."""
    done = subprocess.run(
        [sys.executable, "-m", "rumtest", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
