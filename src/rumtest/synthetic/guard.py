"""Ends the servers we started when the process that should end them was killed itself.

A process that dies by SIGKILL cleans up nothing, and its servers, each in a process group of its
own, would stay for ever. So a second, tiny process holds the other end of a pipe and a list of
the groups; when the pipe closes it ends what is left. The file is run by its path, in a bare
Python, and so imports nothing but the standard library.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable

__all__ = ["Guard", "end_what_is_left"]


class Guard:
    """Tells the second process which groups live; `with` starts it and lets it go."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Guard":
        self._process = subprocess.Popen(
            (sys.executable, "-I", "-S", __file__),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()

    def started(self, group: int) -> None:
        """That group must not outlive us."""
        self._tell(f"+{group}")

    def ended(self, group: int) -> None:
        """That group is gone; its number may be somebody else's soon."""
        self._tell(f"-{group}")

    def _tell(self, line: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()


def end_what_is_left(lines: Iterable[str]) -> None:
    """Read the groups until the pipe closes, then end those that were not said to be gone."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    # Ctrl-C in the terminal is not for us: we end when the pipe does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_what_is_left(sys.stdin)
