"""Where the marks of an interval strip stand, in percent of its width.

Change against zero and allowance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rumtest.charts.data import Standing
from rumtest.report.numbers import (
    change_text,
    limit_text,
    percent_digits,
    percent_text,
    value_text,
)
from rumtest.report.view import GateView
from rumtest.report.wording_gates import (
    allowed,
    change_short,
    in_percent,
    is_exact,
    near_lines,
)

__all__ = ["HeroStrip", "Label", "Strip", "axis_of", "hero_strip", "strip_of"]

# The table's axis is ±20 %; it widens only when more than a third of the intervals would be
# clipped.
AXES: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 20.0)
CLIPPED_SHARE: Final = 1 / 3
# In the hero strip a label of that many characters takes about this share of a phone's width.
SHARE_A_LETTER: Final = 2.3


@dataclass(frozen=True, slots=True)
class Strip:
    """One strip in percent of its width. Ends beyond the axis are cut there and get an arrow."""

    standing: Standing
    zone: tuple[float, float] | None
    zero: float | None
    interval: tuple[float, float] | None
    half: tuple[float, float] | None
    dot: float | None
    limit: float | None = None
    clipped_left: bool = False
    clipped_right: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place of the hero strip, in percent of its width; `row` 0 stands above row 1."""

    x: float
    anchor: Literal["start", "middle", "end"]
    text: str
    row: int
    strong: bool = False


@dataclass(frozen=True, slots=True)
class HeroStrip:
    """The strip of the leading gate with its words."""

    strip: Strip
    top: tuple[Label, ...]
    bottom: tuple[Label, ...]
    rows: int
    label: str


def axis_of(gates: Sequence[GateView]) -> float:
    """How far the table's axis reaches to either side, as a share."""
    ends = [
        max(abs(gate.change.low), abs(gate.change.high))
        for gate in gates
        if in_percent(gate)
        and gate.change
        and gate.change.low is not None
        and gate.change.high is not None
    ]
    for axis in AXES:
        if sum(1 for end in ends if end > axis) <= CLIPPED_SHARE * len(ends):
            return axis
    return AXES[-1]


def strip_of(gate: GateView, axis: float) -> Strip | None:
    """The gate's strip on the table's axis.

    A threshold's stands on an axis of its own around its limit.
    """
    if gate.kind == "threshold":
        return _limit_strip(gate)
    change, tolerance = gate.change, gate.tolerance
    if change is None:
        return None
    share, low, high = change.relative, change.low, change.high
    if not in_percent(gate) or share is None or low is None or high is None:
        return _unitless_strip(gate)
    allowed_share = tolerance.relative if tolerance and tolerance.relative else 0.0

    def place(share: float) -> float:
        return _percent(share, -axis, axis)

    return Strip(
        standing=gate.standing,
        zone=(place(-allowed_share), place(allowed_share)),
        zero=50.0,
        interval=(place(low), place(high)),
        half=_half(gate, place(change.low_half or 0), place(change.high_half or 0)),
        dot=place(share),
        clipped_left=low < -axis,
        clipped_right=high > axis,
        hollow=gate.standing in ("inconclusive", "unchanged"),
    )


def _half(gate: GateView, low: float, high: float) -> tuple[float, float] | None:
    change = gate.change
    if change is None or change.low_half is None or change.high_half is None:
        return None
    return low, high


def _unitless_strip(gate: GateView) -> Strip:
    """Where the base is 0 there is no percent.

    The allowance takes a quarter of the axis to either side.
    """
    change, tolerance = gate.change, gate.tolerance
    assert change is not None
    reach = 2 * (tolerance.absolute if tolerance and tolerance.absolute else 1.0)

    def place(value: float) -> float:
        return _percent(value, -reach, reach)

    return Strip(
        standing=gate.standing,
        zone=(25.0, 75.0),
        zero=50.0,
        interval=(place(change.absolute_low), place(change.absolute_high)),
        half=(place(change.absolute_low_half), place(change.absolute_high_half)),
        dot=place(change.absolute),
        clipped_left=change.absolute_low < -reach,
        clipped_right=change.absolute_high > reach,
        hollow=gate.standing in ("inconclusive", "unchanged"),
    )


def _limit_strip(gate: GateView) -> Strip | None:
    head, limit = gate.head, gate.limit
    if head is None or limit is None:
        return None
    start, end = _limit_axis(gate)

    def place(value: float) -> float:
        return _percent(value, start, end)

    low, high = head.low, head.high
    zone = (0.0, place(limit)) if gate.metric.lower_is_better else (place(limit), 100.0)
    return Strip(
        standing=gate.standing,
        zone=zone,
        zero=None,
        interval=(
            place(low) if low is not None else 0.0,
            place(high) if high is not None else 100.0,
        ),
        half=None,
        dot=place(head.value),
        limit=place(limit),
        clipped_left=low is None,
        clipped_right=high is None,
        hollow=gate.standing == "inconclusive",
    )


def _limit_axis(gate: GateView) -> tuple[float, float]:
    assert gate.head is not None
    assert gate.limit is not None
    values = [gate.head.value, gate.limit, gate.head.low, gate.head.high]
    known = [value for value in values if value is not None]
    spread = max(known) - min(known) or abs(gate.limit) or 1.0
    return max(0.0, min(known) - 0.4 * spread), max(known) + 0.4 * spread


def hero_strip(gate: GateView) -> HeroStrip | None:
    """The labelled strip; None for a gate without change or limit to draw."""
    if gate.kind == "threshold":
        return _limit_hero(gate)
    change, tolerance = gate.change, gate.tolerance
    if change is None or tolerance is None:
        return None
    share = in_percent(gate)
    low, high, middle, allowance = (
        (change.low, change.high, change.relative, tolerance.relative)
        if share
        else (change.absolute_low, change.absolute_high, change.absolute, tolerance.absolute)
    )
    if low is None or high is None or middle is None or not allowance:
        return None
    start, end = _hero_axis(low, high, allowance)

    def place(value: float) -> float:
        return _percent(value, start, end)

    side = allowance if middle >= 0 else -allowance
    half = (change.low_half, change.high_half)
    strip = Strip(
        standing=gate.standing,
        zone=(place(-allowance), place(allowance)),
        zero=place(0.0),
        interval=(place(low), place(high)),
        half=(place(half[0]), place(half[1]))
        if share and half[0] is not None and half[1] is not None
        else (place(change.absolute_low_half), place(change.absolute_high_half)),
        dot=place(middle),
        limit=place(side),
        hollow=gate.standing in ("inconclusive", "unchanged"),
    )
    sign = "+" if middle >= 0 else "−"
    words = [
        Label(place(0.0), "end" if middle >= 0 else "start", "no change", 1),
        _beside(place(side), f"allowed {sign}{allowed(gate)}", outwards=middle >= 0),
    ]
    estimate = _clamped(place(middle), change_short(gate), strong=True)
    rows = 2 if any(_overlap(estimate, word) for word in words) else 1
    top = (*(_on_row(word, rows - 1) for word in words), _on_row(estimate, 0))
    ends = (
        _both_ends(low, high, middle, near_lines(gate))
        if share
        else (change_text(low, gate.metric.kind), change_text(high, gate.metric.kind))
    )
    return HeroStrip(
        strip, top, _bottom(place(low), place(high), *ends), rows, _hero_label(gate, ends)
    )


def _hero_axis(low: float, high: float, allowance: float) -> tuple[float, float]:
    """Wide enough on the side of zero that "no change" fits beside its line."""
    start, end = min(low, -allowance), max(high, allowance)
    if low + high >= 0:
        start = min(start, -0.3 * (end - min(0.0, low)))
    else:
        end = max(end, 0.3 * (max(0.0, high) - start))
    room = 0.06 * (end - start)
    return start - room, end + room


def _limit_hero(gate: GateView) -> HeroStrip | None:
    strip = _limit_strip(gate)
    head, limit = gate.head, gate.limit
    if strip is None or strip.dot is None or strip.limit is None or head is None or limit is None:
        return None
    kind, lines = gate.metric.kind, (limit,)
    told = f"limit {limit_text(limit, kind)}"
    word = _clamped(strip.limit, told)
    value = _clamped(strip.dot, value_text(head.value, kind, lines=lines), strong=True)
    rows = 2 if _overlap(value, word) else 1
    low = value_text(head.low, kind, lines=lines) if head.low is not None else "open"
    high = value_text(head.high, kind, lines=lines) if head.high is not None else "open"
    top = (_on_row(word, rows - 1), _on_row(value, 0))
    if is_exact(gate):
        return HeroStrip(strip, top, (), rows, f"{value.text}; {told}")
    interval = strip.interval or (0.0, 100.0)
    bottom = _bottom(*interval, low, high)
    label = f"{value.text}, 95 % interval {low} to {high}; {told}"
    return HeroStrip(strip, top, bottom, rows, label)


def _bottom(low: float, high: float, low_text: str, high_text: str) -> tuple[Label, ...]:
    if low_text == high_text:
        return (_clamped((low + high) / 2, low_text),)
    left = Label(low, "end" if low > len(low_text) * SHARE_A_LETTER else "start", low_text, 0)
    room = 100 - len(high_text) * SHARE_A_LETTER
    right = Label(high, "start" if high < room else "end", high_text, 0)
    if _overlap(left, right):
        # Too little room for both ends apart: one text below the middle.
        middle = _clamped((low + high) / 2, f"{low_text} to {high_text}")
        return (middle,)
    between = Label((low + high) / 2, "middle", "95 % interval", 0)
    if _overlap(left, between) or _overlap(between, right):
        return left, right
    return left, between, right


def _both_ends(
    low: float, high: float, estimate: float, lines: tuple[float, ...]
) -> tuple[str, str]:
    """Each end with its own sign and unit, and as many digits as the estimate has."""
    digits = percent_digits(estimate)
    return (
        percent_text(low, lines=lines, digits=digits),
        percent_text(high, lines=lines, digits=digits),
    )


def _hero_label(gate: GateView, ends: tuple[str, str]) -> str:
    return f"{change_short(gate)}, 95 % interval {ends[0]} to {ends[1]}; {allowed(gate)} allowed"


def _beside(x: float, text: str, *, outwards: bool) -> Label:
    """A word on the far side of its line from zero, or on the near side where there is no room."""
    width = len(text) * SHARE_A_LETTER
    right = x + width <= 100 if outwards else x - width < 0
    return Label(x, "start" if right else "end", text, 1)


def _clamped(x: float, text: str, *, strong: bool = False) -> Label:
    half = len(text) * SHARE_A_LETTER / 2
    if x - half < 0:
        return Label(0.0, "start", text, 0, strong)
    if x + half > 100:
        return Label(100.0, "end", text, 0, strong)
    return Label(x, "middle", text, 0, strong)


def _on_row(label: Label, row: int) -> Label:
    return Label(label.x, label.anchor, label.text, row, label.strong)


def _span(label: Label) -> tuple[float, float]:
    width = len(label.text) * SHARE_A_LETTER
    start = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return start, start + width


def _overlap(one: Label, other: Label) -> bool:
    a, b = _span(one), _span(other)
    return a[0] < b[1] and b[0] < a[1]


def _percent(value: float, start: float, end: float) -> float:
    """Where the value stands between start and end, in percent, never outside."""
    share = (value - start) / (end - start) if end > start else 0.5
    return round(min(1.0, max(0.0, share)) * 100, 2)
