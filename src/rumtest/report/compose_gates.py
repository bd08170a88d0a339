"""Gates as the report shows them, made from the comparison's results."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from rumtest.charts.data import Standing
from rumtest.compare import model
from rumtest.report.strangers import clean
from rumtest.report.view import (
    Change,
    Confirmation,
    Estimate,
    GateView,
    Reason,
    Tolerance,
    YamlLine,
)
from rumtest.report.wording_terms import FAILURES, metric_view

__all__ = ["cell", "change_view", "gate_views", "severity", "worst_of"]

# How far up a standing belongs: what fails first, what stayed open next, then news, then the quiet
# rest.
RANK: dict[Standing, int] = {
    "regressed": 0,
    "missed": 1,
    "inconclusive": 2,
    "improved": 3,
    "unchanged": 4,
    "kept": 5,
}


def gate_views(results: Sequence[model.GateResult]) -> tuple[GateView, ...]:
    """The gates in the order they were declared, each with an id that is unique in the page."""
    slugs = [_slug(result.gate.id) for result in results]
    twice = Counter(slugs)
    return tuple(
        _gate_view(result, slug if twice[slug] == 1 else f"{slug}.{_hash(result.gate, index)}")
        for index, (result, slug) in enumerate(zip(results, slugs, strict=True))
    )


def severity(gate: GateView) -> tuple[int, float]:
    """Sorts the worst first: by standing, then by change against what is allowed.

    Loads that fail come before loads that are slow.
    """
    if gate.metric.name == FAILURES:
        return RANK[gate.standing], -math.inf
    return RANK[gate.standing], -_against_allowance(gate)


def worst_of(standings: Sequence[Standing]) -> Standing:
    """The standing that comes first of several."""
    return min(standings, key=lambda standing: RANK[standing])


def _against_allowance(gate: GateView) -> float:
    if gate.kind == "threshold":
        if gate.head is None or not gate.limit:
            return 0.0
        return abs(gate.head.value / gate.limit - 1)
    if gate.change is None or gate.tolerance is None or not gate.tolerance.absolute:
        return 0.0
    return abs(gate.change.absolute) / gate.tolerance.absolute


def _slug(text: str) -> str:
    # An id of an HTML element may not hold white space, and one that is typed into an address
    # should need no escape.
    return re.sub(r"[^A-Za-z0-9._-]+", "-", clean(text)).strip("-") or "gate"


def _hash(gate: model.Gate, index: int) -> str:
    parts = (gate.id, gate.scenario, gate.journey, gate.step, gate.text, str(index))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:6]


def _gate_view(result: model.GateResult, gate_id: str) -> GateView:
    gate = result.gate
    step, group = clean(gate.step), clean(gate.page_group)
    return GateView(
        id=gate_id,
        kind=gate.kind,
        place=step or group or clean(gate.journey) or "(unnamed)",
        page_group=group,
        step=step,
        metric=metric_view(clean(gate.metric, 80), rate=gate.aggregation == "rate"),
        quantile=gate.quantile if gate.aggregation == "quantile" else None,
        profile=clean(gate.profile, 80),
        cache=gate.cache,
        standing=_standing(result),
        outcome=result.outcome,
        reason=Reason(result.reason.code, clean(result.reason.sentence)),
        scenario=clean(gate.scenario),
        source=YamlLine(clean(gate.file), gate.line or 1) if gate.file else None,
        text=clean(gate.text),
        base=_base_estimate(result),
        head=_value(result.value) or _estimate(result.head, gate),
        pairs=len(result.pairs) or _fewest(result),
        change=change_view(result.change),
        tolerance=_tolerance(result),
        limit=gate.limit,
        verdict=result.verdict,
        confirmed=_confirmed(result.confirmed),
        advisory=result.advisory,
        regression_excluded=result.regression_excluded,
        p_slower=result.p_slower,
        p_faster=result.p_faster,
        level=result.level,
        look=result.look,
        margin=result.margin,
        margin_relative=result.margin_relative,
        dropped=dict(result.dropped),
    )


def _fewest(result: model.GateResult) -> int:
    sides = [len(side.values) for side in (result.base, result.head) if side is not None]
    return min(sides)


def _standing(result: model.GateResult) -> Standing:
    if result.gate.kind == "regression":
        verdict = result.verdict or model.Verdict.INCONCLUSIVE
        return verdict.value
    if result.outcome is model.Outcome.FAILED:
        return "missed"
    return "kept" if result.outcome is model.Outcome.PASSED else "inconclusive"


def _base_estimate(result: model.GateResult) -> Estimate | None:
    """The same quantity of base; of a threshold as it is reckoned for head."""
    gate, side = result.gate, result.base
    if gate.kind == "regression" or side is None or not side.values:
        return _estimate(side, gate)
    if gate.aggregation == "count":
        value = float(sum(side.values))
    elif gate.aggregation == "rate":
        value = sum(value > 0 for value in side.values) / len(side.values)
    else:
        value = float(np.quantile(side.values, gate.quantile))
    return Estimate(value, None, None, len(side.values))


def _estimate(side: model.Side | None, gate: model.Gate) -> Estimate | None:
    if side is None:
        return None
    if gate.metric == FAILURES:
        return Estimate(sum(side.values), None, None, len(side.values))
    if side.p75 is None:
        return None
    return Estimate(side.p75, None, None, len(side.values))


def _value(value: model.Value | None) -> Estimate | None:
    return None if value is None else Estimate(value.value, value.low, value.high, value.n)


def change_view(change: model.Change | None) -> Change | None:
    """The comparison's change in the view's shape."""
    if change is None:
        return None
    return Change(
        absolute=change.absolute,
        relative=change.relative,
        low=change.relative_low,
        high=change.relative_high,
        low_half=change.relative_half_low,
        high_half=change.relative_half_high,
        absolute_low=change.absolute_low,
        absolute_high=change.absolute_high,
        absolute_low_half=change.absolute_half_low,
        absolute_high_half=change.absolute_half_high,
        smallest_visible=change.smallest_visible_relative,
        smallest_visible_absolute=change.smallest_visible,
    )


def _tolerance(result: model.GateResult) -> Tolerance | None:
    if result.gate.kind != "regression" or result.tolerance is None:
        return None
    return Tolerance(result.tolerance_relative, result.tolerance, result.scale or "log")


def _confirmed(confirmed: model.Confirmation | None) -> Confirmation | None:
    if confirmed is None:
        return None
    change = change_view(confirmed.change)
    assert change is not None
    return Confirmation(
        confirmed.pairs, change, confirmed.agreed, confirmed.p_slower, confirmed.level
    )


def cell(gate: GateView) -> tuple[str, ...]:
    """What gates of one metric at one place under the same conditions have in common."""
    return (gate.scenario, gate.place, gate.metric.name, gate.profile, gate.cache)
