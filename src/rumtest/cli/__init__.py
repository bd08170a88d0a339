"""The command line: one command a file, each loaded when it is called."""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (`rumtest.errors.ExitStatus`)."""
    try:
        from rumtest.cli.root import run_command

        return run_command(arguments)
    except KeyboardInterrupt:  # before the command line was read, or while the rest was tidied up
        sys.stderr.write("Interrupted.\n")
        return 2
