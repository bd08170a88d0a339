"""What one iteration of a journey left behind: its page views, its steps, and why it failed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Arm", "Cache", "Failure", "Iteration", "Phase", "StepRecord", "stream_key"]

Arm = Literal["base", "head"]
Cache = Literal["cold", "warm"]
Phase = Literal["warmup", "measured", "rerun"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an iteration did not do what it was told: `reason` in words, `code` to count by."""

    code: str
    reason: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step as it went. Times in ms; None where the step had no interaction or did not end.

    `inp` is the worst interaction that began in the step. `opened_view` tells whether the step
    began a page view, whose metrics then stand in that view's beacon. `timed_out` marks a
    `duration` that is the limit itself, since slow is not missing.
    """

    step: str
    duration: float | None = None
    inp: float | None = None
    opened_view: bool = False
    timed_out: bool = False
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Iteration:
    """All steps of a journey once, from a clean browser context.

    `pair` numbers the pairs of a stream within a phase from 0 (a run without base numbers its
    iterations); `order` is 0 for the load of a pair that went first. `views` holds the ids of
    the page views in order. `counters` is empty unless this was the untimed load that counts.
    """

    iteration: int
    scenario: str
    journey: str
    profile: str
    cache: Cache
    arm: Arm
    pair: int
    block: int
    order: int
    phase: Phase
    started: str
    cpu_check: float
    views: tuple[str, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    counters: Mapping[str, float] = field(default_factory=dict)
    failed: Failure | None = None

    @property
    def stream(self) -> str:
        """The stream these loads belong to."""
        return stream_key(self.scenario, self.journey, self.profile, self.cache)


def stream_key(scenario: str, journey: str, profile: str, cache: str) -> str:
    """The readable key of a stream: all gates with this key are measured by the same loads."""
    return f"{scenario}/{journey}/{profile}/{cache}"
