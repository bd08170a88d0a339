"""The report's headline and the sentence below it, worked out from the gates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rumtest.charts.sentence import Sentence, code, join, name, sentence, strong
from rumtest.report.numbers import (
    limit_text,
    percent_range,
    percent_text,
    value_range,
    value_text,
)
from rumtest.report.view import GateView
from rumtest.report.wording_gates import (
    allowance,
    change_in_full,
    change_short,
    in_percent,
    interval_note,
    is_exact,
    limited_value,
    measured_change,
    noun_of,
)
from rumtest.report.wording_terms import (
    condition_of,
    gate_name,
    plain_clause,
    subject_of,
    times,
)

__all__ = ["headline_of", "reach", "summary_of", "unfit_headline", "unfit_summary"]

Profiles = Mapping[str, Mapping[str, Any]]
# Beyond this a promise that "changes from x % up would have been seen" helps nobody.
LARGEST_PROMISE = 0.5


def unfit_headline(difference: float | None) -> Sentence:
    """For a machine that failed its own control."""
    if difference is None:
        return sentence("This machine was too noisy to judge")
    return sentence(
        "This machine was too noisy to judge: an unchanged page differed by "
        f"{percent_text(abs(difference), signed=False)} from itself"
    )


def headline_of(gates: Sequence[GateView], profiles: Profiles) -> Sentence:
    """The one sentence a lead reads.

    What it says follows the order regressed, missed, open, improved, unchanged.
    """
    counted = [gate for gate in gates if gate.accepted is None]
    if not counted:
        return sentence("Nothing was judged: no limit is set and there is no base")
    if regressed := _of(counted, "regressed"):
        return _changed(regressed, counted, profiles, worse=True)
    if missed := _of(counted, "missed"):
        return _missed(missed, counted, profiles)
    if open_gates := _of(counted, "inconclusive"):
        return _open(open_gates, counted)
    if improved := _of(counted, "improved"):
        return _changed(improved, counted, profiles, worse=False)
    return _unchanged(counted)


def summary_of(gates: Sequence[GateView], leading: GateView | None, brief: Sentence) -> Sentence:
    """The numbers under the headline: of the leading gate, with its strongest cause."""
    counted = [gate for gate in gates if gate.accepted is None]
    if leading is None:
        return sentence()
    if leading.standing in ("regressed", "improved"):
        several = len(_of(counted, leading.standing)) > 1
        said = measured_change(leading, sided=True)
        worst = "Worst" if leading.standing == "regressed" else "Most"
        first = sentence(f"{worst}: ", gate_name(leading), ". ") if several else sentence()
        return join([sentence(first, said), brief, interval_note(leading)])
    if leading.standing == "missed":
        return _missed_numbers(leading, counted)
    if leading.standing == "inconclusive":
        return _open_numbers(counted)
    return _nearest(counted)


def _of(gates: Sequence[GateView], standing: str) -> list[GateView]:
    return [gate for gate in gates if gate.standing == standing]


def _changed(
    changed: Sequence[GateView], gates: Sequence[GateView], profiles: Profiles, *, worse: bool
) -> Sentence:
    if len(changed) == 1:
        gate = changed[0]
        return sentence(
            subject_of(gate.place),
            f" {plain_clause(gate.metric, worse=worse)} ",
            _condition(gate, profiles),
        )
    verb = "regressed" if worse else "improved"
    total = sum(1 for gate in gates if gate.kind != "threshold") or len(gates)
    said = f"{len(changed)} of {total} gates {verb}"
    return sentence(said, _mostly_on(changed))


def _mostly_on(gates: Sequence[GateView]) -> Sentence:
    places = Counter(gate.place for gate in gates)
    place, count = places.most_common(1)[0]
    if count < 2:
        return sentence()
    on = subject_of(place, begins=False)
    if count == len(gates):
        return sentence(", both on " if count == 2 else ", all on ", on)
    return sentence(f", {times(count)} of them on ", on)


def _missed(missed: Sequence[GateView], gates: Sequence[GateView], profiles: Profiles) -> Sentence:
    if len(missed) > 1:
        total = sum(1 for gate in gates if gate.kind == "threshold")
        return sentence(f"{len(missed)} of {total} limits are missed", _mostly_on(missed))
    gate = missed[0]
    places = {other.place for other in gates}
    where = sentence(name(gate.place), ": ") if len(places) > 1 else sentence()
    if gate.head is None or gate.limit is None:
        return sentence(where, gate.metric.label, " misses its limit")
    limit = limit_text(gate.limit, gate.metric.kind)
    return sentence(
        where, f"{limited_value(gate)} {_condition(gate, profiles)}; the limit is {limit}"
    )


def _open(open_gates: Sequence[GateView], gates: Sequence[GateView]) -> Sentence:
    total = len(gates)
    if len(open_gates) == total:
        if total == 1:
            return sentence("This run could not tell: its only gate stays open")
        return sentence(f"This run could not tell: all {total} gates stay open")
    stay = "stays" if len(open_gates) == 1 else "stay"
    said = f"{len(open_gates)} of {total} gates {stay} open"
    if all(gate.kind == "threshold" for gate in gates):
        return sentence(f"No limit is missed that this run could see; {said}")
    return sentence(f"Nothing got worse that this run could see; {said}")


def _unchanged(gates: Sequence[GateView]) -> Sentence:
    compared = [gate for gate in gates if gate.kind != "threshold"]
    if not compared:
        if len(gates) == 1:
            return sentence("The only limit is kept")
        return sentence(f"All {len(gates)} limits are kept")
    visible = sorted(
        gate.change.smallest_visible
        for gate in compared
        if gate.change and gate.change.smallest_visible is not None and in_percent(gate)
    )
    if not visible:
        return sentence("No gate changed")
    seen = percent_text(visible[-1], signed=False)
    if visible[-1] <= LARGEST_PROMISE:
        return sentence(f"No gate changed; changes from {seen} up would have been seen")
    # The one noisiest gate should not hide what the others could see.
    middle = percent_text(visible[len(visible) // 2], signed=False)
    return sentence(f"No gate changed; most would have shown changes from {middle} up")


def _missed_numbers(gate: GateView, gates: Sequence[GateView]) -> Sentence:
    if gate.head is None or gate.limit is None:
        return sentence(gate.reason.sentence)
    kind = gate.metric.kind
    ends = value_range(gate.head.low, gate.head.high, kind, lines=(gate.limit,))
    said = sentence(f"95 % interval {ends}, from {_plural(gate.head.n, 'load')}.")
    if is_exact(gate):
        said = sentence()
    if len(_of(gates, "missed")) > 1:
        told = f" {limited_value(gate)}; the limit is {limit_text(gate.limit, kind)}. "
        said = sentence("Worst: ", name(gate.place), told, said)
    twin = next((g for g in gates if _same_cell(g, gate) and g.kind == "regression"), None)
    if gate.base is None:
        return said
    base = value_text(gate.base.value, kind, lines=(gate.limit,))
    if (gate.base.value - gate.limit) * (gate.head.value - gate.limit) <= 0:
        return sentence(f"Base kept it, at {base}. ", said)
    if twin is None or twin.change is None or twin.standing == "regressed":
        return sentence(f"Base missed it too, at {base}. ", said)
    ends = percent_range(twin.change.low, twin.change.high, twin.change.relative)
    return sentence(
        f"Base missed it too, at {base}: this change is not the reason "
        f"({percent_text(twin.change.relative)}, {ends}). ",
        said,
    )


def _open_numbers(gates: Sequence[GateView]) -> Sentence:
    improved = len(_of(gates, "improved"))
    parts = []
    if improved:
        parts.append(sentence(strong(f"{improved} improved"), "."))
    excluded = [g for g in _of(gates, "inconclusive") if g.regression_excluded]
    if excluded:
        what = "one of the open gates" if len(excluded) == 1 else f"{len(excluded)} open gates"
        parts.append(sentence(f"In {what} a regression beyond the allowance is ruled out."))
    parts.append(sentence("What stays open, and what would decide it, stands below."))
    return join(parts)


def _nearest(gates: Sequence[GateView]) -> Sentence:
    compared = [gate for gate in gates if gate.change is not None and gate.tolerance is not None]
    pairs = sorted({gate.pairs for gate in compared if gate.pairs})
    if not compared:
        return _nearest_limit(gates)
    nearest = max(compared, key=reach)
    noun = noun_of(nearest)
    change = nearest.change
    assert change is not None
    how_many = f"{pairs[0]} to {pairs[-1]}" if len(pairs) > 1 else (f"{pairs[0]}" if pairs else "")
    each = f", {how_many} {noun if how_many == '1' else f'{noun}s'} each" if how_many else ""
    return sentence(
        f"{_plural(len(gates), 'gate')}{each}. ",
        gate_name(nearest),
        " came nearest to its allowance: ",
        strong(change_short(nearest)),
        f" ({change_in_full(nearest)}); ",
        allowance(nearest),
        ".",
    )


def _nearest_limit(gates: Sequence[GateView]) -> Sentence:
    limited = [gate for gate in gates if gate.head is not None and gate.limit]
    if not limited:
        return sentence()
    gate = max(limited, key=lambda g: (g.head.value if g.head else 0.0) / (g.limit or 1.0))
    assert gate.head is not None
    assert gate.limit is not None
    kind, lines = gate.metric.kind, (gate.limit,)
    value = value_text(gate.head.value, kind, lines=lines)
    ends = value_range(gate.head.low, gate.head.high, kind, lines=lines)
    near = " came nearest to its limit: " if len(limited) > 1 else " is "
    if is_exact(gate):
        told = sentence(
            near, strong(value), f" over {_plural(gate.head.n, 'load')}; the limit is "
        )
        return sentence(gate_name(gate), told, limit_text(gate.limit, kind), ".")
    return sentence(
        gate_name(gate),
        near,
        strong(value),
        f", 95 % interval {ends} from {_plural(gate.head.n, 'load')}; the limit is ",
        limit_text(gate.limit, kind),
        ".",
    )


def unfit_summary() -> Sentence:
    """What a noisy machine means for the numbers below."""
    return sentence(
        "Its numbers stand below, but none of them is a verdict. ",
        code("rumtest doctor"),
        " says what disturbs it.",
    )


def reach(gate: GateView) -> float:
    """How near the interval's upper end comes to the allowance."""
    change, tolerance = gate.change, gate.tolerance
    if change is None or tolerance is None or not tolerance.absolute:
        return 0.0
    return change.absolute_high / tolerance.absolute


def _same_cell(one: GateView, other: GateView) -> bool:
    return one is not other and _cell(one) == _cell(other)


def _cell(gate: GateView) -> tuple[str, ...]:
    return (gate.scenario, gate.place, gate.metric.name, gate.profile, gate.cache)


def _condition(gate: GateView, profiles: Profiles) -> str:
    return condition_of(gate.profile, profiles.get(gate.profile))


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
