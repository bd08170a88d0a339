"""What a gate that stayed open leaves possible, and what would decide it."""

from typing import Final

from rumtest.charts.sentence import Sentence, code, join, sentence, strong
from rumtest.compare.table import HINDRANCES
from rumtest.report.numbers import (
    NEGLIGIBLE,
    limit_text,
    percent_text,
    value_range,
    value_text,
)
from rumtest.report.view import GateView, UnknownView
from rumtest.report.wording_gates import (
    allowed,
    confirmation,
    in_percent,
    loads_told,
    noun_of,
    quantity,
)
from rumtest.report.wording_terms import direction

__all__ = ["unknown_of"]

# More pairs take hours; then the number only says how hopeless it is.
MOST_PAIRS: Final = 400
# What to do about data that cannot carry a test, by the comparison's reason. `code` in backticks.
WAYS_OUT: Final = {
    "environment-differs": "Measure both builds on one machine, interleaved: `rumtest ab`.",
    "failed-loads": "Find out why the loads failed first.",
    "metric-missing": "Find out why the metric is missing first.",
    "not-measured": "Let the run go on to its end.",
    "not-rerun": "Let the run go on to its end, re-run included.",
    "few-failures": "",
}


def unknown_of(gate: GateView, pairs_to_decide: int | None) -> UnknownView:
    """What a gate that stayed open leaves possible, and what would decide it."""
    change = gate.change
    if gate.kind == "threshold":
        return UnknownView(
            gate.id, _limit_unknown(gate), _way_out(gate, pairs_to_decide), None, pairs_to_decide
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
        fits = join([fits, sentence("There is no whole re-run that could agree.")])
    return UnknownView(
        gate.id,
        fits,
        _way_out(gate, pairs_to_decide),
        change.smallest_visible,
        pairs_to_decide,
    )


def _way_out(gate: GateView, number: int | None) -> Sentence:
    """What would decide it: the reason's own way, or more loads, in number where that is known."""
    told = WAYS_OUT.get(gate.reason.code)
    if told is not None:
        before, _, rest = told.partition("`")
        command, _, after = rest.partition("`")
        return sentence(before, code(command), after)
    if gate.reason.code == "too-few":
        if number is None:
            return sentence(f"Measure more {noun_of(gate)}s.")
        return sentence(
            "It takes ", strong(f"{number:,} loads"), " at least (", code(f"-n {number}"), ")."
        )
    if gate.kind == "threshold":
        return sentence(
            "More loads narrow the interval; a page that sits on its limit stays undecided."
        )
    return _remedy(gate, number)


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
    pairs = f"{gate.pairs:,} {noun_of(gate)}{'' if gate.pairs == 1 else 's'}"
    if _on_shares(gate) and change.smallest_visible is not None:
        visible = f"±{percent_text(change.smallest_visible, signed=False)}"
    elif change.smallest_visible_absolute is not None:
        visible = f"±{value_text(change.smallest_visible_absolute, gate.metric.kind)}"
    else:
        return sentence(f"With {pairs} this run cannot say what it would see; {asks}.")
    return sentence(f"With {pairs} this run sees changes from ", strong(visible), f" up; {asks}.")


def _limit_unknown(gate: GateView) -> Sentence:
    if gate.head is None or gate.limit is None or gate.reason.code == "failed-loads":
        return sentence(gate.reason.sentence)
    kind, lines = gate.metric.kind, (gate.limit,)
    value = value_text(gate.head.value, kind, lines=lines)
    told = limit_text(gate.limit, kind)
    if gate.head.low is None and gate.head.high is None:
        return sentence(
            f"{quantity(gate)} of {loads_told(gate)} is ",
            strong(value),
            f" against the limit of {told}; so few loads give it no interval.",
        )
    if gate.head.high is None and gate.metric.lower_is_better:
        from_ = value_text(gate.head.low, kind, lines=lines)
        return sentence(
            f"{quantity(gate)} is ",
            strong(value),
            f", 95 % interval from {from_} up; {loads_told(gate)} give it no upper end, so the "
            "limit of ",
            strong(told),
            " cannot be called kept.",
        )
    ends = value_range(gate.head.low, gate.head.high, kind, lines=lines)
    return sentence(
        f"{quantity(gate)} is ",
        strong(value),
        f", 95 % interval {ends} from {loads_told(gate)}; the limit of ",
        strong(told),
        " lies inside it.",
    )


def _remedy(gate: GateView, pairs: int | None) -> Sentence:
    if pairs is None:
        return sentence("More loads, or a runner with less noise, would decide it.")
    noun = noun_of(gate)
    if pairs > MOST_PAIRS:
        return sentence(
            "It would take about ",
            strong(f"{pairs:,} {noun}s"),
            "; a runner with less noise, or a wider allowance, is the way.",
        )
    return sentence(
        "About ",
        strong(f"{pairs:,} {noun}s"),
        " would decide it (",
        code(f"-n {pairs}"),
        "), or a runner with half the noise.",
    )
