"""The report as data: everything a renderer shows, and nothing it would have to work out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rumtest.charts.data import (
    Kind,
    OrderChart,
    PairsChart,
    PartsChart,
    ShiftChart,
    Standing,
    WaterfallChart,
)
from rumtest.charts.sentence import Sentence
from rumtest.compare.model import Outcome, Verdict
from rumtest.metric import Unit

__all__ = [
    "FORMAT",
    "Acceptance",
    "Cause",
    "Change",
    "Confirmation",
    "CounterRow",
    "Estimate",
    "FindingView",
    "GateView",
    "MethodView",
    "MetricView",
    "PageEvidence",
    "Reason",
    "ReportKind",
    "ReportView",
    "ResourceRow",
    "Side",
    "Tolerance",
    "UnknownView",
    "YamlLine",
]

FORMAT = 1
ReportKind = Literal["ab", "compare", "run"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one side was; what is not known is None. `n` counts its measured loads."""

    label: str
    commit: str | None = None
    branch: str | None = None
    url: str | None = None
    release: str | None = None
    window: str | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class YamlLine:
    """Where a gate is written."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class MetricView:
    """A metric as people meet it.

    `label` is its short name in print, `kind` how its values are written.
    """

    name: str
    label: str
    long_name: str
    unit: Unit
    kind: Kind
    good: float | None
    poor: float | None
    lower_is_better: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, from `n` loads.

    An end is None where so few loads cannot give it.
    """

    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """The shift of the loads as a whole: a share (None: the base is 0), and in the metric's unit.

    `low`, `high` bound the 95 % interval of the share and `low_half`, `high_half` its 50 %
    interval; `absolute_*` the same in the unit. `smallest_visible` is a share.
    """

    absolute: float
    relative: float | None
    low: float | None
    high: float | None
    low_half: float | None
    high_half: float | None
    absolute_low: float
    absolute_high: float
    absolute_low_half: float
    absolute_high_half: float
    smallest_visible: float | None
    smallest_visible_absolute: float | None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The smallest change that matters, at this base.

    `scale` says which of the two arms was meant.
    """

    relative: float | None
    absolute: float | None
    scale: Literal["log", "identity"]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What fresh pairs of a red gate said; they agree where `p_slower` is at most `level`."""

    pairs: int
    change: Change
    agreed: bool
    p_slower: float | None = None
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted a regression, and until when."""

    by: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a gate ended as it did: a code to count by, a sentence to read."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GateView:
    """One gate. `standing` is what it is shown as; a threshold has an outcome and no verdict.

    `place` is the step, or the page group where no step is named. `base` and `head` hold the
    quantile of each side (for display; the change is a shift of the loads as a whole).
    `p_slower`, `p_faster` and `level` are of the look (from 1) that decided, or of the last one.
    `margin` is the change that is forgiven, in the metric's unit, and as a share. `dropped`
    counts the pairs left out by reason.
    """

    id: str
    kind: Literal["regression", "threshold", "counter"]
    place: str
    page_group: str
    step: str
    metric: MetricView
    quantile: float | None
    profile: str
    cache: str
    standing: Standing
    outcome: Outcome
    reason: Reason
    scenario: str = ""
    segment: str | None = None
    source: YamlLine | None = None
    text: str = ""
    base: Estimate | None = None
    head: Estimate | None = None
    pairs: int = 0
    change: Change | None = None
    tolerance: Tolerance | None = None
    limit: float | None = None
    verdict: Verdict | None = None
    confirmed: Confirmation | None = None
    accepted: Acceptance | None = None
    advisory: bool = False
    regression_excluded: bool = False
    p_slower: float | None = None
    p_faster: float | None = None
    level: float | None = None
    look: int | None = None
    margin: float | None = None
    margin_relative: float | None = None
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """One possible reason of a finding, tagged with what it rests on and how sure it is."""

    what: Sentence
    kind: Literal["exact counter", "timing", "possible"]
    confidence: Literal["exact", "likely", "possible"]
    more: Sentence
    effect: Estimate | None = None


@dataclass(frozen=True, slots=True)
class FindingView:
    """What changed at one gate.

    The words, the charts that prove them, and what may have caused it.
    """

    gate_id: str
    headline: Sentence
    summary: Sentence
    pairs: PairsChart | None = None
    order: OrderChart | None = None
    shift: ShiftChart | None = None
    parts: PartsChart | None = None
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownView:
    """What stayed open at one gate: what still fits the data, and what would decide it."""

    gate_id: str
    fits: Sentence
    remedy: Sentence
    smallest_visible: float | None = None
    pairs_to_decide: int | None = None


@dataclass(frozen=True, slots=True)
class CounterRow:
    """A quantity that repeated exactly over all loads of each side."""

    name: str
    kind: Kind
    base: float | None
    head: float | None


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A request that differs between the sides, in words."""

    name: str
    what: Sentence
    tag: Literal["exact counter", "timing", "possible"]


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What the pair nearest the median of one page loaded, and what repeats exactly on it."""

    place: str
    profile: str
    cache: str
    standing: Standing
    gate_id: str
    requests: WaterfallChart | None = None
    counters: tuple[CounterRow, ...] = ()
    counters_heading: Sentence = ()
    counters_equal: Sentence = ()
    resources: tuple[ResourceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodView:
    """How it was measured, on what, and how to do it again.

    Of the `family` of gates that were compared, `q` of those called regressed may be false and
    `q_improved` of those called improved; `looks` are the pairs at which data were looked at.
    """

    design: Sentence
    pairs: Sentence
    pairs_kept: int
    pairs_dropped: Mapping[str, int]
    runner_fit: Sentence
    error_control: Sentence
    machine: Sentence
    network: Sentence
    seed: Sentence
    command: str
    q: float | None = None
    q_improved: float | None = None
    family: int = 0
    looks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report.

    `verdict` is None where nothing was compared; `word` is the verdict word at the top.
    """

    kind: ReportKind
    scenario: str
    created: str
    verdict: Verdict | None
    outcome: Outcome
    standing: Standing
    word: str
    headline: Sentence
    summary: Sentence
    base: Side | None
    head: Side
    counts: Mapping[Verdict, int]
    missed: int
    undecided: int
    kept: int
    accepted: int
    gates: tuple[GateView, ...]
    findings: tuple[FindingView, ...]
    unknowns: tuple[UnknownView, ...]
    pages: tuple[PageEvidence, ...]
    method: MethodView
    leading_gate: str | None = None
    notes: tuple[Sentence, ...] = ()
    rumtest: str = ""
    format: int = field(default=FORMAT)
