"""The rows of the gate table, as text ready to stand in their cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from rumtest.report.compose_gates import severity
from rumtest.report.numbers import limit_text, value_range, value_text
from rumtest.report.page_strips import Strip, axis_of, strip_of
from rumtest.report.view import GateView
from rumtest.report.wording_gates import change_in_full, change_short, is_exact
from rumtest.report.wording_terms import word_of

__all__ = ["Chip", "GateRow", "chips_of", "gate_rows"]


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate of the table. `sort_*` are the numbers its columns sort by."""

    gate: GateView
    word: str
    metric: str
    limit: str
    base: str
    head: str
    change: str
    interval: str
    strip: Strip | None
    sort_verdict: int
    sort_change: float
    sort_base: float
    sort_head: float


@dataclass(frozen=True, slots=True)
class Chip:
    """How many gates share a standing, and the filter that shows them."""

    standing: str
    text: str


def gate_rows(gates: Sequence[GateView]) -> tuple[GateRow, ...]:
    """All gates, the worst first."""
    axis = axis_of(gates)
    ranked = sorted(gates, key=severity)
    return tuple(_row(gate, axis, rank) for rank, gate in enumerate(ranked))


def chips_of(gates: Sequence[GateView]) -> tuple[Chip, ...]:
    """The counts at the top, in the order of severity; what does not occur is left out."""
    words = {
        "regressed": "regressed",
        "missed": "limit missed",
        "improved": "improved",
        "inconclusive": "inconclusive",
        "unchanged": "unchanged",
        "kept": "limit kept",
    }
    chips = []
    for standing, word in words.items():
        count = sum(1 for gate in gates if gate.standing == standing)
        if count:
            told = word.replace("limit", "limits") if count > 1 else word
            if {word_of(gate) for gate in gates if gate.standing == standing} == {"Undecided"}:
                told = "undecided"
            chips.append(Chip(standing, f"{count:,} {told}"))
    return tuple(chips)


def _row(gate: GateView, axis: float, rank: int) -> GateRow:
    kind = gate.metric.kind
    lines = () if gate.limit is None else (gate.limit,)
    change = gate.change
    return GateRow(
        gate=gate,
        word=word_of(gate),
        metric=_metric(gate),
        limit=f"limit {limit_text(gate.limit, kind)}" if gate.limit is not None else "",
        base=value_text(gate.base.value, kind, lines=lines) if gate.base else "–",
        head=value_text(gate.head.value, kind, lines=lines) if gate.head else "–",
        change="" if gate.kind == "threshold" else change_short(gate),
        interval=_interval(gate),
        strip=strip_of(gate, axis),
        sort_verdict=rank,
        sort_change=(change.relative or 0.0) if change else 0.0,
        sort_base=gate.base.value if gate.base else -1.0,
        sort_head=gate.head.value if gate.head else -1.0,
    )


def _metric(gate: GateView) -> str:
    if gate.kind == "threshold" and gate.quantile:
        return f"{gate.metric.label} p{gate.quantile * 100:g}"
    return gate.metric.label


def _interval(gate: GateView) -> str:
    if is_exact(gate):
        return ""
    if gate.kind == "threshold" and gate.head is not None:
        lines = () if gate.limit is None else (gate.limit,)
        return value_range(gate.head.low, gate.head.high, gate.metric.kind, lines=lines)
    return change_in_full(gate)
