"""What the measuring child process is told on stdin, and what it says back, line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

import msgspec

from rumtest.errors import (
    BrowserFailed,
    BrowserMissing,
    MachineError,
    PortTaken,
    RumtestError,
    TargetUnreachable,
    UsageError,
)
from rumtest.iteration import Arm, Cache, Iteration, Phase
from rumtest.scenario.model import Scenario

__all__ = [
    "MESSAGE",
    "ORDER",
    "Broken",
    "Captured",
    "Finished",
    "Message",
    "Notice",
    "Order",
    "Ready",
    "Side",
    "StreamOrder",
    "broken",
    "error_of",
]


@dataclass(frozen=True, slots=True)
class Side:
    """One arm's server: an address that stands, or a command with `{port}` for us to start."""

    arm: Arm
    url: str | None = None
    serve: str | None = None


@dataclass(frozen=True, slots=True)
class StreamOrder:
    """The loads wanted of one stream: pairs `first` to `first + pairs - 1` of the order's phase.

    With one side a pair is a single iteration. `first_block` numbers the blocks on.
    """

    scenario: str
    journey: str
    profile: str
    cache: Cache
    first: int
    pairs: int
    first_block: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """One whole piece of work for the child; it ends when this is done.

    `seed` decides order within pairs, data rows and think times; the same order gives the same
    choices. `first_iteration` numbers the iterations on over several orders of a run.
    """

    run: str
    seed: int
    phase: Phase
    scenarios: tuple[Scenario, ...]
    sides: tuple[Side, ...]
    streams: tuple[StreamOrder, ...]
    first_iteration: int = 0
    pairs_a_block: int = 5
    headed: bool = False
    evidence: str | None = None


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The browser is up: its name and version, and whether pages' CSP had to be bypassed."""

    browser: str
    bypass_csp: bool = True


class Captured(msgspec.Struct, frozen=True, tag="iteration"):
    """An iteration has ended; `beacons` are its views' last ones, as `beacons.jsonl` has them."""

    iteration: Iteration
    beacons: tuple[msgspec.Raw, ...] = ()


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """Something worth a line of progress or a note in the report."""

    code: str
    text: str


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """The order cannot be carried out: the class of the RumtestError and its two sentences."""

    error: Literal[
        "TargetUnreachable",
        "BrowserMissing",
        "BrowserFailed",
        "PortTaken",
        "UsageError",
        "MachineError",
    ]
    what: str
    now: str = ""


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """All that was ordered has been done."""


Message = Ready | Captured | Notice | Broken | Finished

ORDER: Final = msgspec.json.Decoder(Order)
MESSAGE: Final = msgspec.json.Decoder(Message)

_ERRORS: Final[dict[str, type[RumtestError]]] = {
    kind.__name__: kind
    for kind in (
        TargetUnreachable,
        BrowserMissing,
        BrowserFailed,
        PortTaken,
        UsageError,
        MachineError,
    )
}


def broken(problem: RumtestError, *, hide: Callable[[str], str]) -> Broken:
    """The error as the child tells it, its secrets hidden; of another class, its nearest kin."""
    names = (kind.__name__ for kind in type(problem).__mro__)
    name = next((name for name in names if name in _ERRORS), "UsageError")
    return Broken(cast("Any", name), hide(problem.what), hide(problem.now))


def error_of(told: Broken) -> RumtestError:
    """The error as the parent raises it."""
    return _ERRORS[told.error](told.what, told.now)
