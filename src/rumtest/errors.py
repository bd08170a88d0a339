"""What can go wrong outside of us, each with its place, its cure and its exit status.

    RumtestError
    ├── UsageError            4  a command was called in a way that cannot mean anything
    ├── ScenarioError         4  a scenario, or several mistakes of one
    ├── ConfigError           4  rumtest.toml
    ├── RunFolderError        4  a run folder that is missing, damaged or of another format
    ├── NothingSelected       5  no scenario, journey or profile is left to run
    └── MachineError          7  this machine, or what it should reach, is not fit for the job
        ├── TargetUnreachable    the site under test does not answer
        ├── BrowserMissing       no Chromium was found
        ├── BrowserFailed        the browser, or the process that drives it, died
        └── PortTaken            a port we need is in use

Anything else that is raised is a bug in rumtest, and nobody catches it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

__all__ = [
    "BrowserFailed",
    "BrowserMissing",
    "ConfigError",
    "ExitStatus",
    "MachineError",
    "NothingSelected",
    "Place",
    "PortTaken",
    "Problem",
    "RumtestError",
    "RunFolderError",
    "ScenarioError",
    "TargetUnreachable",
    "UsageError",
]


class ExitStatus(IntEnum):
    """How a command ends; the numbers are pytest's where the two meet."""

    FINE = 0
    FAILED = 1
    INTERRUPTED = 2
    INTERNAL = 3
    USAGE = 4
    NOTHING_SELECTED = 5
    INCONCLUSIVE = 6
    MACHINE = 7


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file, counted from 1; column 0 means the whole line."""

    file: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        column = f":{self.column}" if self.column else ""
        return f"{self.file}:{self.line}{column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file: where, which kind (`unknown-key`), and what in words.

    `source` is the text of the offending line and `width` how many characters of it, from
    the column on, are meant; both only serve to draw the caret.
    """

    place: Place
    code: str
    message: str
    source: str = ""
    width: int = 1

    def __str__(self) -> str:
        head = f"{self.place}: {self.code}: {self.message}"
        if not self.source:
            return head
        number = f"{self.place.line:>6}"
        caret = " " * max(self.place.column - 1, 0) + "^" * max(self.width, 1)
        return f"{head}\n{number} | {self.source}\n{' ' * len(number)} | {caret}"


class RumtestError(Exception):
    """Something outside rumtest is not as it must be; the text says where, what, and what now."""

    exit_status = ExitStatus.USAGE

    def __init__(self, what: str, now: str = "", *, place: Place | None = None) -> None:
        self.what = what
        self.now = now
        self.place = place
        where = f"{place}: " if place else ""
        super().__init__(f"{where}{what}{' ' + now if now else ''}")


class UsageError(RumtestError):
    """A command or a call that cannot mean anything."""


class _ProblemsError(RumtestError):
    """All the mistakes of one file, told at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ScenarioError(_ProblemsError):
    """A scenario with at least one mistake; `problems` holds all of them in file order."""


class ConfigError(_ProblemsError):
    """A rumtest.toml with at least one mistake; `problems` holds all of them in file order."""


class RunFolderError(RumtestError):
    """A run folder that is missing, damaged, or of a format this version cannot read."""


class NothingSelected(RumtestError):  # noqa: N818  (reads as the state it names)
    """The selection leaves nothing to run."""

    exit_status = ExitStatus.NOTHING_SELECTED


class MachineError(RumtestError):
    """This machine, or what it should reach, is not fit for the job."""

    exit_status = ExitStatus.MACHINE


class TargetUnreachable(MachineError):  # noqa: N818
    """The site under test does not answer."""


class BrowserMissing(MachineError):  # noqa: N818
    """No Chromium was found in any of the places we look."""


class BrowserFailed(MachineError):  # noqa: N818
    """The browser, or the process that drives it, died."""


class PortTaken(MachineError):  # noqa: N818
    """A port that was asked for is in use."""
