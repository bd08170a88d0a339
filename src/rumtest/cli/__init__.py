"""The command line: one command a file, each loaded when it is called."""

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (`rumtest.errors.ExitStatus`)."""
    from rumtest.cli.root import run_command

    return run_command(arguments)
