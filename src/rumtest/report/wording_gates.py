"""One gate in words: its change, its allowance, what still fits the data, what would decide it."""

from rumtest.charts.sentence import Sentence, code, join, sentence, strong
from rumtest.report.numbers import (
    NEGLIGIBLE,
    change_range,
    change_text,
    limit_text,
    percent_range,
    percent_text,
    value_range,
    value_text,
)
from rumtest.report.view import GateView, UnknownView
from rumtest.report.wording_terms import direction, loads_changed

__all__ = [
    "allowance",
    "allowed",
    "change_in_full",
    "change_short",
    "confirmation",
    "finding_summary",
    "in_percent",
    "interval_note",
    "measured_change",
    "near_lines",
    "unknown_of",
]

# Reasons of the comparison that say the data cannot carry a test at all; then no interval is told.
HINDRANCES = frozenset(
    {"environment-differs", "failed-loads", "metric-missing", "not-measured", "too-few"}
)

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
    where = "above" if gate.metric.lower_is_better else "below"
    return sentence(
        f"{_quantity(gate)} is ",
        strong(value_text(gate.head.value, kind, lines=lines)),
        f", 95 % interval {value_range(gate.head.low, gate.head.high, kind, lines=lines)} from "
        f"{gate.head.n:,} loads: all of it {where} the limit of ",
        strong(limit_text(gate.limit, kind)),
        ".",
    )


def _quantity(gate: GateView) -> str:
    return f"p{gate.quantile * 100:g}" if gate.quantile else "The value"


def _limit(limit: GateView | None) -> Sentence:
    if limit is None or limit.limit is None:
        return sentence()
    told = limit_text(limit.limit, limit.metric.kind)
    if limit.standing == "kept":
        return sentence(f"The limit of {told} still holds.")
    if limit.standing == "missed":
        return sentence(f"The limit of {told} is missed.")
    return sentence(f"Whether the limit of {told} holds stays open.")


def unknown_of(gate: GateView, pairs_to_decide: int | None) -> UnknownView:
    """What a gate that stayed open leaves possible, and what would decide it."""
    change = gate.change
    if gate.kind == "threshold":
        return UnknownView(
            gate.id, _limit_unknown(gate), _remedy(pairs_to_decide, "loads"), None, pairs_to_decide
        )
    if change is None or gate.reason.code in HINDRANCES:
        return UnknownView(
            gate.id, sentence(gate.reason.sentence), _way_out(gate, pairs_to_decide)
        )
    fits = sentence(_fits(gate), " ", _sight(gate))
    if gate.regression_excluded:
        fits = sentence(fits, f" A regression of {allowed(gate)} or more is ruled out.")
    if gate.confirmed is not None and not gate.confirmed.agreed:
        fits = join([fits, confirmation(gate)])
    if gate.reason.code == "not-rerun":
        fits = join([fits, sentence("The re-run that has to agree did not take place.")])
    return UnknownView(
        gate.id,
        fits,
        _remedy(pairs_to_decide, "pairs"),
        change.smallest_visible,
        pairs_to_decide,
    )


def _way_out(gate: GateView, pairs: int | None) -> Sentence:
    """What to do about data that cannot carry a test."""
    told = {
        "environment-differs": "Measure both builds on one machine, interleaved: `rumtest ab`.",
        "failed-loads": "Find out why the loads failed first.",
        "metric-missing": "Find out why the metric is missing first.",
        "few-failures": "",
    }.get(gate.reason.code)
    if told is None:
        return _remedy(pairs, "pairs")
    before, _, rest = told.partition("`")
    command, _, after = rest.partition("`")
    return sentence(before, code(command), after)


def _fits(gate: GateView) -> Sentence:
    change = gate.change
    assert change is not None
    low, high = change.low, change.high
    if not _on_shares(gate) or low is None or high is None:
        low, high = change.absolute_low, change.absolute_high
    if low * high > 0:
        nearest, farthest = sorted((low, high), key=abs)
        ends = f"{_size(nearest, gate)} to {_end(farthest, gate)}"
    else:
        ends = f"{_end(low, gate)} to {_end(high, gate)}"
    return sentence(f"Anything from {ends} fits the data.")


def _on_shares(gate: GateView) -> bool:
    """Whether what fits is told in percent: as the gate is judged."""
    return in_percent(gate) and (gate.tolerance is None or gate.tolerance.scale == "log")


def _size(amount: float, gate: GateView) -> str:
    if _on_shares(gate):
        return percent_text(abs(amount), signed=False, lines=(0.0,))
    return value_text(abs(amount), gate.metric.kind, lines=(0.0,))


def _end(amount: float, gate: GateView) -> str:
    if abs(amount) <= NEGLIGIBLE:
        return "no change"
    return f"{_size(amount, gate)} {direction(gate.metric, more=amount > 0)}"


def _sight(gate: GateView) -> Sentence:
    change = gate.change
    assert change is not None
    asks = f"the gate asks for +{allowed(gate)}"
    pairs = (
        f"{gate.pairs:,} {'pair' if gate.pairs == 1 else 'pairs'}"
        if gate.pairs
        else "this many loads"
    )
    if _on_shares(gate) and change.smallest_visible is not None:
        visible = f"±{percent_text(change.smallest_visible, signed=False)}"
    elif change.smallest_visible_absolute is not None:
        visible = f"±{value_text(change.smallest_visible_absolute, gate.metric.kind)}"
    else:
        return sentence(f"With {pairs} this run cannot say what it would see; {asks}.")
    return sentence(f"With {pairs} this run sees changes from ", strong(visible), f" up; {asks}.")


def _limit_unknown(gate: GateView) -> Sentence:
    if gate.head is None or gate.limit is None:
        return sentence(gate.reason.sentence)
    kind, lines = gate.metric.kind, (gate.limit,)
    value = value_text(gate.head.value, kind, lines=lines)
    told = limit_text(gate.limit, kind)
    if gate.head.low is None and gate.head.high is None:
        return sentence(
            f"{_quantity(gate)} of {gate.head.n:,} loads is ",
            strong(value),
            f" against the limit of {told}; so few loads give it no interval.",
        )
    if gate.head.high is None and gate.metric.lower_is_better:
        from_ = value_text(gate.head.low, kind, lines=lines)
        return sentence(
            f"{_quantity(gate)} is ",
            strong(value),
            f", 95 % interval from {from_} up; {gate.head.n:,} loads give it no upper end, so the "
            "limit of ",
            strong(told),
            " cannot be called kept.",
        )
    ends = value_range(gate.head.low, gate.head.high, kind, lines=lines)
    return sentence(
        f"{_quantity(gate)} is ",
        strong(value),
        f", 95 % interval {ends} from {gate.head.n:,} loads; the limit of ",
        strong(told),
        " lies inside it.",
    )


def _remedy(pairs: int | None, noun: str) -> Sentence:
    if pairs is None:
        return sentence("More loads, or a runner with less noise, would decide it.")
    return sentence(
        "About ",
        strong(f"{pairs:,} {noun}"),
        " would decide it (",
        code(f"-n {pairs}"),
        "), or a runner with half the noise.",
    )


def near_lines(gate: GateView) -> tuple[float, ...]:
    """The shares that a rounded share of this gate must not reach or cross.

    Zero and the allowance.
    """
    tolerance = gate.tolerance
    if tolerance is None or tolerance.scale != "log" or tolerance.relative is None:
        return (0.0,)
    return (0.0, tolerance.relative, -tolerance.relative)
