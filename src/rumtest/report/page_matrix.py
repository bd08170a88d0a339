"""The matrix of all gates: one row a page and profile, one column a metric, news first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rumtest.charts.data import Standing
from rumtest.report.compose_gates import RANK, severity
from rumtest.report.numbers import percent_text, value_text
from rumtest.report.view import GateView
from rumtest.report.wording_gates import change_short, in_percent

__all__ = ["Cell", "Matrix", "MatrixRow", "matrix_of"]

ORDER: Final = ("lcp", "fcp", "inp", "cls", "ttfb", "tbt", "duration")
# More rows than this push the findings below the first screen; those without news then fold.
MOST_ROWS: Final = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """The worst gate of one metric at one place.

    Its standing, its rounded change, where it leads.
    """

    gate: GateView
    standing: Standing
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One page under one profile; a cell is None where the metric is not gated."""

    place: str
    condition: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All of it. `folded` counts rows without news that are left out."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    folded: int


def matrix_of(gates: Sequence[GateView]) -> Matrix:
    """The gates by place and metric, rows with news first, else in the order declared."""
    metrics: dict[str, str] = {}
    rows: dict[tuple[str, ...], dict[str, list[GateView]]] = {}
    for gate in gates:
        metrics[gate.metric.name] = gate.metric.label
        cells = rows.setdefault(_row_key(gate), {})
        cells.setdefault(gate.metric.name, []).append(gate)
    names = sorted(metrics, key=_column)
    several_caches = len({gate.cache for gate in gates}) > 1
    several_scenarios = len({gate.scenario for gate in gates}) > 1
    made = [
        (
            _rank(cells),
            MatrixRow(
                place=key[1],
                condition=_condition(key, several_caches, several_scenarios),
                cells=tuple(_cell(cells[name]) if name in cells else None for name in names),
            ),
        )
        for key, cells in rows.items()
    ]
    made.sort(key=lambda item: item[0])
    shown = [row for rank, row in made if rank < RANK["unchanged"]]
    quiet = [row for rank, row in made if rank >= RANK["unchanged"]]
    room = max(0, MOST_ROWS - len(shown))
    return Matrix(
        tuple(metrics[name] for name in names),
        (*shown, *quiet[:room]),
        len(quiet) - len(quiet[:room]),
    )


def _row_key(gate: GateView) -> tuple[str, ...]:
    return (gate.scenario, gate.place, gate.profile, gate.cache)


def _rank(cells: dict[str, list[GateView]]) -> int:
    return min(RANK[gate.standing] for gates in cells.values() for gate in gates)


def _column(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def _condition(key: tuple[str, ...], several_caches: bool, several_scenarios: bool) -> str:
    parts = [key[2]]
    if several_caches:
        parts.append(key[3])
    if several_scenarios:
        parts.append(key[0])
    return " · ".join(parts)


def _cell(gates: Sequence[GateView]) -> Cell:
    worst = min(gates, key=severity)
    changed = next((gate for gate in gates if gate.change is not None), None)
    text = ""
    if worst.standing == "inconclusive":
        text = ""
    elif worst.kind != "threshold" and changed is not None and changed.change is not None:
        share = changed.change.relative
        told = share is not None and in_percent(changed)
        text = _rounded(share) if told and share is not None else change_short(changed)
    elif worst.head is not None:
        lines = () if worst.limit is None else (worst.limit,)
        text = value_text(worst.head.value, worst.metric.kind, lines=lines)
    return Cell(worst, worst.standing, text, _title(worst))


def _rounded(share: float) -> str:
    text = percent_text(share, digits=0)
    return "0\u00a0%" if text.lstrip("+−±").startswith("0\u00a0") else text


def _title(gate: GateView) -> str:
    return f"{gate.place} {gate.metric.label}, {gate.profile}: {gate.standing}"
