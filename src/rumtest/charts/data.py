"""The data of each chart: plain frozen values that a drawing needs and nothing else."""

from dataclasses import dataclass
from typing import Literal

from rumtest.charts.sentence import Sentence

__all__ = [
    "Chart",
    "Dots",
    "Kind",
    "OrderChart",
    "PairsChart",
    "PartRow",
    "PartsChart",
    "Request",
    "ShiftChart",
    "ShiftPoint",
    "Standing",
    "TableView",
    "Timing",
    "WaterfallChart",
    "WaterfallMark",
    "WaterfallRow",
    "significant",
]

# How a quantity is written: times, layout shift scores, whole numbers, bytes, shares.
Kind = Literal["ms", "shift", "count", "byte", "share"]
# What a gate is shown as: its verdict, or for a threshold what became of its limit.
Standing = Literal["regressed", "missed", "inconclusive", "improved", "unchanged", "kept"]


def significant(value: float, digits: int = 4) -> float:
    """The value cut to so many significant digits.

    A chart shows no more, and the file stays small.
    """
    return float(f"{value:.{digits}g}")


@dataclass(frozen=True, slots=True)
class TableView:
    """The same data as a table for readers.

    The first column names the row, the others are numbers as text.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Dots:
    """One side's loads in ascending order.

    `mark` is p75 where there are enough loads, with its text.
    """

    name: str
    values: tuple[float, ...]
    mark: float | None
    mark_text: str


@dataclass(frozen=True, slots=True)
class PairsChart:
    """Every load a dot.

    `change` is the shift of the loads as a whole; `share` the percent a dot stands for (0: a
    load).
    """

    heading: Sentence
    label: str
    table: TableView
    kind: Kind
    standing: Standing
    base: Dots | None
    head: Dots
    change: float | None
    change_text: str
    limit: float | None
    limit_text: str
    share: float
    note: str


@dataclass(frozen=True, slots=True)
class OrderChart:
    """The difference of each pair in running order, against the allowance (both in the unit)."""

    heading: Sentence
    label: str
    table: TableView
    kind: Kind
    standing: Standing
    differences: tuple[float, ...]
    pair_numbers: tuple[int, ...]
    middle: float
    middle_text: str
    allowed: float | None


@dataclass(frozen=True, slots=True)
class ShiftPoint:
    """Head minus base at one percentile with the simultaneous band."""

    percentile: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ShiftChart:
    """Head minus base at each percentile, with a 95 % band for all of them together."""

    heading: Sentence
    label: str
    table: TableView
    kind: Kind
    standing: Standing
    points: tuple[ShiftPoint, ...]
    allowed: float | None
    allowed_text: str
    mark: float | None
    mark_text: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a metric.

    Its median on each side, how far it moved, and whether it is the one that did.
    """

    name: str
    base: float
    head: float
    base_text: str
    head_text: str
    change_text: str
    moved: bool


@dataclass(frozen=True, slots=True)
class PartsChart:
    """The parts of a metric in sequence, base over head.

    `unattributed_*` is what no part accounts for.
    """

    heading: Sentence
    label: str
    table: TableView
    kind: Kind
    standing: Standing
    parts: tuple[PartRow, ...]
    unattributed_base: float
    unattributed_head: float
    note: str


@dataclass(frozen=True, slots=True)
class Timing:
    """When a request began and how long it took, in ms from the start of its page view."""

    start: float
    duration: float


@dataclass(frozen=True, slots=True)
class Request:
    """One side of a row: when it ran and how many bytes came over the network (None: not told)."""

    timing: Timing
    size: float | None


@dataclass(frozen=True, slots=True)
class WaterfallRow:
    """A request of both sides, or of one. `note` says how they differ or how big it is."""

    name: str
    type: str
    base: Timing | None
    head: Timing | None
    note: str
    differs: bool


@dataclass(frozen=True, slots=True)
class WaterfallMark:
    """A moment of the page view on both sides."""

    name: str
    base: float | None
    head: float | None


@dataclass(frozen=True, slots=True)
class WaterfallChart:
    """The requests of one pair, base over head.

    `folded` counts rows that are alike and left out.
    """

    heading: Sentence
    label: str
    table: TableView
    standing: Standing
    base_name: str
    head_name: str
    rows: tuple[WaterfallRow, ...]
    marks: tuple[WaterfallMark, ...]
    folded: int


Chart = PairsChart | OrderChart | ShiftChart | PartsChart | WaterfallChart
