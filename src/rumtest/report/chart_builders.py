"""The charts of a finding, made from its loads: pairs, order, shift and parts."""

from collections.abc import Sequence
from statistics import median

import numpy as np

from rumtest.charts.data import (
    Dots,
    OrderChart,
    PairsChart,
    PartRow,
    PartsChart,
    ShiftChart,
    ShiftPoint,
    TableView,
    significant,
)
from rumtest.charts.sentence import Sentence, plain
from rumtest.compare.model import GateResult
from rumtest.compare.model import Side as Loads
from rumtest.report.numbers import change_text, limit_text, value_range, value_text
from rumtest.report.parts import PartChange
from rumtest.report.resample import FEWEST, band_of
from rumtest.report.view import GateView
from rumtest.report.wording_charts import (
    any_two_heading,
    few_heading,
    limit_heading,
    order_heading,
    pairs_heading,
    parts_heading,
    shift_heading,
)
from rumtest.report.wording_gates import change_short, in_percent

__all__ = ["order_chart", "pairs_chart", "parts_chart", "shift_chart"]

# Beyond so many loads a side, single dots no longer read; fifty quantile dots of 2 % each do.
MOST_DOTS = 100
QUANTILE_DOTS = 50


def pairs_chart(result: GateResult, gate: GateView, limit: float | None) -> PairsChart | None:
    """Every load of the gate as a dot; None when head has no load at all."""
    if not result.head.values:
        return None
    kind = gate.metric.kind
    base = result.base.values if result.base else ()
    many = max(len(base), len(result.head.values)) > MOST_DOTS
    change = gate.change if base and min(len(base), len(result.head.values)) >= FEWEST else None
    heading = _pairs_heading(result, gate, limit)
    text = change_text(change.absolute, kind) if change else ""
    return PairsChart(
        heading=heading,
        label=_label(heading, f"{gate.metric.label}, {text}" if text else gate.metric.label),
        table=_loads_table(result, gate),
        kind=kind,
        standing=gate.standing,
        base=_dots("base", result.base, gate, many=many) if result.base and base else None,
        head=_dots("head", result.head, gate, many=many),
        change=significant(change.absolute) if change else None,
        change_text=text,
        limit=limit,
        limit_text=f"limit {limit_text(limit, kind)}" if limit is not None else "",
        share=100 / QUANTILE_DOTS if many else 0,
        note=_pairs_note(result, gate, many=many),
    )


def order_chart(result: GateResult, gate: GateView) -> OrderChart | None:
    """The difference of each pair in running order; None when the loads were not paired."""
    if len(result.pairs) < 2:
        return None
    kind = gate.metric.kind
    differences = [head - base for base, head in result.pairs]
    numbers = result.pair_numbers or tuple(range(len(differences)))
    heading = order_heading(gate.metric, differences, numbers)
    middle = median(differences)
    rows = tuple(
        (
            f"{number + 1}",
            value_text(base, kind),
            value_text(head, kind),
            change_text(head - base, kind),
        )
        for number, (base, head) in zip(numbers, result.pairs, strict=True)
    )
    return OrderChart(
        heading=heading,
        label=_label(heading, f"median difference {change_text(middle, kind)}"),
        table=TableView(("Pair", "Base", "Head", "Head − base"), rows),
        kind=kind,
        standing=gate.standing,
        differences=tuple(significant(value) for value in differences),
        pair_numbers=tuple(numbers),
        middle=significant(middle),
        middle_text=change_text(middle, kind),
        allowed=result.tolerance,
    )


def shift_chart(result: GateResult, gate: GateView, *, seed: int) -> ShiftChart | None:
    """Head minus base along the percentiles; None when the loads are too few for it."""
    base = result.base.values if result.base else ()
    paired = [pair[0] for pair in result.pairs], [pair[1] for pair in result.pairs]
    one, two = paired if result.pairs else (list(base), list(result.head.values))
    band = band_of(one, two, seed=seed, paired=bool(result.pairs))
    if band is None:
        return None
    kind = gate.metric.kind
    heading = shift_heading(gate.metric, band)
    points = tuple(
        ShiftPoint(p, significant(d), significant(low), significant(high))
        for p, d, low, high in zip(
            band.percentiles, band.difference, band.low, band.high, strict=True
        )
    )
    rows = tuple(
        (f"p{p.percentile * 100:g}", change_text(p.difference, kind), _ends(p, gate))
        for p in points
    )
    mark = next((p for p in points if abs(p.percentile - 0.75) < 1e-9), None)
    return ShiftChart(
        heading=heading,
        label=_label(heading, "95 % band for all percentiles together"),
        table=TableView(("Percentile", "Head − base", "95 % band"), rows),
        kind=kind,
        standing=gate.standing,
        points=points,
        allowed=result.tolerance,
        allowed_text=f"allowed {change_text(result.tolerance, kind)}" if result.tolerance else "",
        mark=mark.percentile if mark else None,
        mark_text=change_text(mark.difference, kind) if mark else "",
    )


def parts_chart(
    gate: GateView,
    parts: Sequence[PartChange],
    *,
    resource: str,
    middles: tuple[float, float] | None,
) -> PartsChart | None:
    """The metric's parts in sequence.

    `middles` are its medians, which the parts' need not add up to.
    """
    if not parts or middles is None:
        return None
    kind = gate.metric.kind
    change = gate.change.absolute if gate.change else None
    heading = parts_heading(gate.metric, parts, change, resource)
    moved = [part for part in parts if part.moved and part.effect]
    main = max(
        moved, key=lambda part: abs(part.effect.value) if part.effect else 0.0, default=None
    )
    rest = [
        max(0.0, middle - sum(getattr(part, side) for part in parts))
        for side, middle in zip(("base", "head"), middles, strict=True)
    ]
    # Medians of parts never add up to the median exactly; only what shows is called unattributed.
    rest = [r if r > 0.05 * middle else 0.0 for r, middle in zip(rest, middles, strict=True)]
    return PartsChart(
        heading=heading,
        label=_label(heading, "; ".join(f"{p.name} {_change(p, gate)}" for p in parts)),
        table=_parts_table(gate, parts),
        kind=kind,
        standing=gate.standing,
        parts=tuple(_part_row(part, gate, moved=part is main) for part in parts),
        unattributed_base=significant(rest[0]),
        unattributed_head=significant(rest[1]),
        note="Each part’s median; medians need not add up.",
    )


def _part_row(part: PartChange, gate: GateView, *, moved: bool) -> PartRow:
    return PartRow(
        part.name,
        significant(part.base),
        significant(part.head),
        value_text(part.base, gate.metric.kind),
        value_text(part.head, gate.metric.kind),
        _change(part, gate),
        moved,
    )


def _parts_table(gate: GateView, parts: Sequence[PartChange]) -> TableView:
    kind = gate.metric.kind
    rows = tuple(
        (
            part.name,
            value_text(part.base, kind),
            value_text(part.head, kind),
            _change(part, gate),
            value_range(part.effect.low, part.effect.high, kind) if part.effect else "no interval",
        )
        for part in parts
    )
    return TableView(("Part", "Base", "Head", "Change", "95 % interval"), rows)


def _change(part: PartChange, gate: GateView) -> str:
    return change_text(part.effect.value if part.effect else None, gate.metric.kind)


def _pairs_heading(result: GateResult, gate: GateView, limit: float | None) -> Sentence:
    if gate.kind == "threshold" or not (result.base and result.base.values):
        return limit_heading(result.head.values, limit, gate.metric.kind)
    loads = min(len(result.base.values), len(result.head.values))
    if loads < FEWEST:
        visible = gate.change.smallest_visible if gate.change else None
        return few_heading(loads, visible, paired=bool(result.pairs))
    if result.pairs:
        return pairs_heading(gate.metric, [head - base for base, head in result.pairs])
    return any_two_heading(gate.metric, result.base.values, result.head.values)


def _pairs_note(result: GateResult, gate: GateView, *, many: bool) -> str:
    if many:
        return f"More than {MOST_DOTS} loads a side: each dot stands for 2 % of them."
    sides = [len(side.values) for side in (result.base, result.head) if side and side.values]
    if min(sides) < FEWEST:
        return f"Below {FEWEST} loads a side only the loads are drawn: no p75, no interval."
    if gate.change is not None:
        share = f", {change_short(gate)}" if in_percent(gate) else ""
        return (
            f"Ticks are each side’s p75; the bracket is the shift of the loads as a whole{share}."
        )
    return ""


def _dots(name: str, side: Loads, gate: GateView, *, many: bool) -> Dots:
    values = sorted(side.values)
    if many:
        shares = (np.arange(QUANTILE_DOTS) + 0.5) / QUANTILE_DOTS
        values = [float(value) for value in np.quantile(values, shares)]
    mark = side.p75 if len(side.values) >= FEWEST else None
    text = f"p75 {value_text(mark, gate.metric.kind)}" if mark is not None else ""
    return Dots(
        name,
        tuple(significant(value) for value in values),
        None if mark is None else significant(mark),
        text or f"{len(side.values)} {'load' if len(side.values) == 1 else 'loads'}",
    )


def _loads_table(result: GateResult, gate: GateView) -> TableView:
    sides = [("Head", result.head)]
    if result.base and result.base.values:
        sides.insert(0, ("Base", result.base))
    kind = gate.metric.kind
    rows = tuple(
        (
            name,
            f"{len(side.values):,}",
            value_text(min(side.values), kind),
            value_text(side.median, kind),
            value_text(side.p75, kind),
            value_text(max(side.values), kind),
        )
        for name, side in sides
    )
    return TableView(("Side", "Loads", "Fastest", "Median", "p75", "Slowest"), rows)


def _ends(point: ShiftPoint, gate: GateView) -> str:
    from_, to = change_text(point.low, gate.metric.kind), change_text(point.high, gate.metric.kind)
    return f"{from_} to {to}"


def _label(heading: Sentence, numbers: str) -> str:
    return f"{plain(heading)}. {numbers}." if numbers else f"{plain(heading)}."
