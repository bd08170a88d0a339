"""One gate in words: its change, its allowance, what still fits the data, what would decide it."""

from rumtest.charts.sentence import Sentence, join, sentence, strong
from rumtest.report.numbers import (
    change_range,
    change_text,
    limit_text,
    percent_range,
    percent_text,
    value_range,
    value_text,
)
from rumtest.report.view import GateView
from rumtest.report.wording_terms import FAILURES, loads_changed

__all__ = [
    "allowance",
    "allowed",
    "change_in_full",
    "change_short",
    "confirmation",
    "finding_summary",
    "in_percent",
    "interval_note",
    "is_exact",
    "limited_value",
    "loads_told",
    "measured_change",
    "near_lines",
    "noun_of",
    "quantity",
]

# Where the absolute tolerance is more than this share of the base (20 ms of a 9 ms TTFB), percents
# run to hundreds and mislead; the change is then told in its unit.
LARGEST_ALLOWED_SHARE = 0.2


def allowance(gate: GateView) -> str:
    """What the gate allows, on the scale it was judged on: "5 % is allowed"."""
    tolerance = gate.tolerance
    if tolerance is None:
        return "no change is allowed"
    return f"{allowed(gate)} is allowed"


def allowed(gate: GateView) -> str:
    """The tolerance alone: "5 %", "20 ms"."""
    tolerance = gate.tolerance
    if tolerance is None:
        return "0"
    if tolerance.scale == "log" and tolerance.relative is not None:
        # As somebody wrote it, so without a digit that nobody chose.
        return f"{round(tolerance.relative * 100, 2):g}\u00a0%"
    if tolerance.absolute is None:
        return "0"
    return limit_text(round(tolerance.absolute, 6), gate.metric.kind)


def in_percent(gate: GateView) -> bool:
    """Whether the change reads well as a share.

    Not of zero, nor where a fifth of the base is allowed.
    """
    change, tolerance = gate.change, gate.tolerance
    if change is None or change.relative is None or change.low is None or change.high is None:
        return False
    if tolerance is None or tolerance.scale == "log" or tolerance.relative is None:
        return True
    return tolerance.relative <= LARGEST_ALLOWED_SHARE


def change_short(gate: GateView) -> str:
    """The estimate in percent, or in its unit where a share would say little."""
    change = gate.change
    if change is None:
        return "–"
    if not in_percent(gate):
        if not change.absolute and not change.absolute_low and not change.absolute_high:
            return "±0"
        return change_text(change.absolute, gate.metric.kind)
    return percent_text(change.relative, lines=near_lines(gate))


def change_in_full(gate: GateView) -> str:
    """The interval behind the estimate, for brackets: "+3.7 to +10.1 %", "all zero"."""
    change = gate.change
    if change is None:
        return ""
    if not in_percent(gate):
        if not change.absolute and not change.absolute_low and not change.absolute_high:
            return "all zero"
        return change_range(change.absolute_low, change.absolute_high, gate.metric.kind)
    return percent_range(change.low, change.high, change.relative, lines=near_lines(gate))


def measured_change(gate: GateView, *, sided: bool) -> Sentence:
    """The change as a sentence: "Loads took 156 ms longer, +8.3 %.

    5 % is allowed (LCP p75 1.87 s → 2.03 s)".
    """
    change = gate.change
    if change is None:
        return sentence(gate.reason.sentence)
    amount = value_text(abs(change.absolute), gate.metric.kind, lines=(0.0,))
    said = loads_changed(gate.metric, strong(amount), more=change.absolute > 0)
    share = sentence(", ", strong(change_short(gate))) if in_percent(gate) else ()
    worse = (change.absolute > 0) == gate.metric.lower_is_better
    tail = f"; {allowance(gate)}" if worse else ""
    return sentence(said, share, tail, _sides(gate) if sided else (), ".")


def _sides(gate: GateView) -> Sentence:
    if gate.base is None or gate.head is None:
        return sentence()
    lines = () if gate.limit is None else (gate.limit,)
    before = value_text(gate.base.value, gate.metric.kind, lines=lines)
    after = value_text(gate.head.value, gate.metric.kind, lines=lines)
    return sentence(f" ({gate.metric.label} p75 {before} → {after})")


def interval_note(gate: GateView) -> Sentence:
    """Said when the interval leaves out zero but not the allowance."""
    change, tolerance = gate.change, gate.tolerance
    if gate.standing != "regressed" or change is None or tolerance is None:
        return sentence()
    low, bound = change.absolute_low, tolerance.absolute
    if bound is None or not 0 < low < bound:
        return sentence()
    if tolerance.scale == "log" and change.low is not None:
        told = percent_text(change.low, lines=(0.0, tolerance.relative or 0.0))
    else:
        told = change_text(low, gate.metric.kind, lines=(bound,))
    return sentence(
        f"No change does not fit the data; {told}, less than the allowed {allowed(gate)}, "
        "still does."
    )


def confirmation(gate: GateView) -> Sentence:
    """What the re-run said of a red gate."""
    confirmed = gate.confirmed
    if confirmed is None:
        return sentence()
    change = confirmed.change
    told = (
        percent_text(change.relative)
        if change.relative is not None and in_percent(gate)
        else change_text(change.absolute, gate.metric.kind)
    )
    if confirmed.agreed:
        return sentence(
            f"Confirmed by a fresh re-run of this gate ({confirmed.pairs:,} pairs, {told})."
        )
    return sentence(
        f"A fresh re-run did not confirm it ({confirmed.pairs:,} pairs, {told}): not counted as a "
        "regression."
    )


def finding_summary(gate: GateView, limit: GateView | None) -> Sentence:
    """The card's paragraph.

    Both sides, the noise, the re-run, and the limit of the same metric.
    """
    return join(
        [
            _went(gate),
            _beyond_noise(gate),
            interval_note(gate),
            confirmation(gate),
            _limit(limit),
        ]
    )


def _went(gate: GateView) -> Sentence:
    if gate.kind == "threshold" or gate.base is None or gate.head is None:
        return sentence()
    kind = gate.metric.kind
    before, after = value_text(gate.base.value, kind), value_text(gate.head.value, kind)
    return sentence("p75 went from ", strong(before), " to ", strong(after), ".")


def _beyond_noise(gate: GateView) -> Sentence:
    if gate.kind == "threshold":
        return _against_limit(gate)
    change = gate.change
    if change is None:
        return sentence(gate.reason.sentence)
    ends = change_in_full(gate)
    return sentence(
        f"The loads as a whole moved by {change_short(gate)}, 95 % interval {ends}; "
        f"{allowance(gate)}."
    )


def _against_limit(gate: GateView) -> Sentence:
    if gate.head is None or gate.limit is None:
        return sentence(gate.reason.sentence)
    kind, lines = gate.metric.kind, (gate.limit,)
    value = strong(value_text(gate.head.value, kind, lines=lines))
    limit = sentence("the limit of ", strong(limit_text(gate.limit, kind)), ".")
    said = sentence(f"{quantity(gate)} is ", value)
    if is_exact(gate):
        return sentence(said, f" over {loads_told(gate)}, against ", limit)
    ends = value_range(gate.head.low, gate.head.high, kind, lines=lines)
    where = "above" if gate.head.value > gate.limit else "below"
    return sentence(
        said, f", 95 % interval {ends} from {loads_told(gate)}: all of it {where} ", limit
    )


def quantity(gate: GateView) -> str:
    """What a threshold's value is of its metric, to begin a sentence: "p75", "The share …"."""
    if gate.quantile:
        return f"p{gate.quantile * 100:g}"
    if gate.metric.name == FAILURES:
        return "The share of loads that failed"
    what = "share of loads with" if gate.metric.kind == "share" else "sum of"
    return f"The {what} {gate.metric.long_name}"


def limited_value(gate: GateView) -> str:
    """What a limit is held against, as a clause: "LCP p75 is 2.71 s", "2 of 2 loads failed"."""
    assert gate.head is not None
    kind, n = gate.metric.kind, gate.head.n
    lines = () if gate.limit is None else (gate.limit,)
    value = value_text(gate.head.value, kind, lines=lines)
    if gate.quantile:
        return f"{gate.metric.label} p{gate.quantile * 100:g} is {value}"
    if kind != "share":
        return f"{value} {gate.metric.long_name} in {loads_told(gate)}"
    told = f"{round(gate.head.value * n):,} of {loads_told(gate)}"
    return (
        f"{told} failed" if gate.metric.name == FAILURES else f"{told} met {gate.metric.long_name}"
    )


def is_exact(gate: GateView) -> bool:
    """Whether a threshold's value is a count of these very loads, which has no interval."""
    return gate.kind == "threshold" and gate.quantile is None and gate.metric.kind != "share"


def loads_told(gate: GateView) -> str:
    """How many loads a threshold was judged on: "12 loads"."""
    count = gate.head.n if gate.head else 0
    return f"{count:,} {'load' if count == 1 else 'loads'}"


def _limit(limit: GateView | None) -> Sentence:
    if limit is None or limit.limit is None:
        return sentence()
    told = limit_text(limit.limit, limit.metric.kind)
    if limit.standing == "kept":
        return sentence(f"The limit of {told} still holds.")
    if limit.standing == "missed":
        return sentence(f"The limit of {told} is missed.")
    return sentence(f"Whether the limit of {told} holds stays open.")


def noun_of(gate: GateView) -> str:
    """What a gate's data are counted in: loads of two runs stand in no pairs."""
    return "load" if gate.kind == "threshold" or gate.advisory else "pair"


def near_lines(gate: GateView) -> tuple[float, ...]:
    """The shares that a rounded share of this gate must not reach or cross.

    Zero and the allowance.
    """
    tolerance = gate.tolerance
    if tolerance is None or tolerance.scale != "log" or tolerance.relative is None:
        return (0.0,)
    return (0.0, tolerance.relative, -tolerance.relative)
