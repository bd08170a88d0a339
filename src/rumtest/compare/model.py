"""What a comparison is asked (gates) and what it answers (verdicts, reasons, intervals)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

__all__ = [
    "Change",
    "Comparison",
    "Confirmation",
    "Gate",
    "GateResult",
    "Outcome",
    "Reason",
    "Side",
    "Value",
    "Verdict",
]


class Verdict(StrEnum):
    """What the data say of a change."""

    REGRESSED = "regressed"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    INCONCLUSIVE = "inconclusive"


class Outcome(StrEnum):
    """What a gate makes of it."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Gate:
    """One metric of one step under one profile and cache, declared before the run.

    A regression gate has `relative` and `absolute` (its tolerance: the larger of the two at the
    base); a threshold gate has `aggregation`, `operator` and `limit` in the metric's unit, and
    judges `head` alone. `file` and `line` tell where it is written.
    """

    id: str
    kind: Literal["regression", "threshold"]
    stream: str
    scenario: str
    journey: str
    step: str
    page_group: str
    metric: str
    profile: str
    cache: str
    relative: float = 0.0
    absolute: float = 0.0
    aggregation: Literal["quantile", "rate", "count"] = "quantile"
    quantile: float = 0.75
    operator: Literal["<", "<=", ">", ">=", "=="] = "<"
    limit: float | None = None
    text: str = ""
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its 95 % interval (None: an end that n loads cannot give) from `n` loads."""

    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Side:
    """One arm of a gate: its loads that took part in order; median and p75 (type 7) to show."""

    values: tuple[float, ...]
    median: float | None
    p75: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """The shift of the loads as a whole with its interval, on both scales.

    `absolute*` in the metric's unit, `relative*` as a share of the base's median (None where
    that is 0). `*_half_*` bound the 50 % interval. `smallest_visible` is in the metric's unit,
    `smallest_visible_relative` its share.
    """

    absolute: float
    absolute_low: float
    absolute_high: float
    absolute_half_low: float
    absolute_half_high: float
    relative: float | None
    relative_low: float | None
    relative_high: float | None
    relative_half_low: float | None
    relative_half_high: float | None
    smallest_visible: float | None
    smallest_visible_relative: float | None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the fresh re-run of a red gate said: pairs, change, p-value, whether it agreed.

    It agrees where `p_slower` is at most `level`.
    """

    pairs: int
    change: Change
    p_slower: float
    agreed: bool
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code to count by and a sentence to read."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GateResult:
    """All that is known of one gate; every number that decided is here.

    A threshold gate has `value` and `outcome` and no verdict; a regression gate a verdict.
    `tolerance` and `margin` are in the metric's unit at this base, `scale` says on which they
    worked. `p_slower`, `p_faster` and `level` are of the look (counted from 1) that decided, or
    of the last one; the level is that of improvements where it is one. `pairs_to_decide` says how
    many pairs (of a threshold: loads) could decide an open gate, where that is known. `dropped`
    counts pairs left out by reason. `pairs` holds the whole pairs that took part, as (base, head)
    in running order.
    """

    gate: Gate
    outcome: Outcome
    reason: Reason
    base: Side | None
    head: Side
    verdict: Verdict | None = None
    change: Change | None = None
    value: Value | None = None
    pairs: tuple[tuple[float, float], ...] = ()
    pair_numbers: tuple[int, ...] = ()
    head_first: tuple[bool, ...] = ()
    tolerance: float | None = None
    tolerance_relative: float | None = None
    margin: float | None = None
    margin_relative: float | None = None
    scale: Literal["log", "identity"] | None = None
    p_slower: float | None = None
    p_faster: float | None = None
    level: float | None = None
    look: int | None = None
    regression_excluded: bool = False
    confirmed: Confirmation | None = None
    pairs_to_decide: int | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)
    advisory: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer for a whole report: its gates in the order declared, and how they were judged.

    `family` is m, the number of regression gates multiplicity is paid for; it counts those too
    that were left out because neither side ever had their metric. `design` names how the loads
    were taken. Gates of the metric `failures` follow the declared ones: one for each stream of
    which any load failed. `loads` counts the pairs (without a base: the loads) of each stream.
    `q` may be spent on regressions, `q_improved` on improvements.
    """

    gates: tuple[GateResult, ...]
    family: int
    looks: tuple[int, ...]
    margin: float
    q: float
    seed: int | None = None
    design: Literal["pairs", "runs", "single"] = "pairs"
    restarts: Literal["block", "look", "none"] = "none"
    advisory: bool = False
    loads: Mapping[str, int] = field(default_factory=dict)
    q_improved: float = 0.0
