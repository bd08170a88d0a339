"""What the terminal is and what was typed: the edges a command hands to the pipeline."""

import os
import shlex
import shutil
import sys
import time

from rumtest.cli.root import Globals
from rumtest.pipeline.options import Style
from rumtest.pipeline.progress import Progress, progress_for

__all__ = ["command_line", "progress", "style"]


def command_line() -> str:
    """The command as it could be typed again; secrets come from the environment, not from it."""
    return shlex.join(["rumtest", *sys.argv[1:]])


def progress(settings: Globals) -> Progress:
    """The progress for standard error, so that standard output holds the result alone."""
    return progress_for(
        sys.stderr,
        quiet=settings.quiet,
        verbose=settings.verbose,
        clock=time.monotonic,
        width=lambda: shutil.get_terminal_size().columns,
    )


def style(settings: Globals) -> Style:
    """How the summary is drawn: colour where it is wanted, ASCII where UTF-8 is not spoken."""
    terminal = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Style(
        width=shutil.get_terminal_size((100, 24)).columns,
        color=terminal if settings.color is None else settings.color,
        unicode="utf" in (sys.stdout.encoding or "").lower(),
    )
