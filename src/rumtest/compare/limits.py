"""Absolute thresholds: a limit is kept or missed by the whole interval, never by a bare point."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from rumtest.compare.model import Gate, GateResult, Outcome, Reason, Value
from rumtest.compare.policy import POLICY, Policy
from rumtest.compare.sides import side_of
from rumtest.compare.statistics import order_statistics, quantile_of_values, wilson
from rumtest.compare.words import amount, plural, share
from rumtest.loads import Loads
from rumtest.metric import metric_of

__all__ = ["judge_threshold", "loads_to_keep"]


def loads_to_keep(share_below: float, *, policy: Policy = POLICY) -> int:
    """The fewest loads with which an upper limit on this quantile can be kept at all."""
    n = 1
    while order_statistics(n, share_below, confidence=policy.confidence)[1] is None:
        n += 1
    return n


def judge_threshold(gate: Gate, loads: Loads, *, policy: Policy = POLICY) -> GateResult:
    """Whether head keeps the limit; `undecided` where its interval has the limit inside.

    Loads that failed have no part in it; if they are more than the policy allows, what is left
    is a selection that cannot keep a limit, and only a count that is already too large counts.
    """
    values = _values(loads.head, loads.failed_head)
    base = _values(loads.base, loads.failed_base)
    value = _value(gate, values, policy)
    failed = sum(loads.failed_head)
    outcome, reason = _outcome(gate, value, failed, len(loads.head), policy)
    too_few = reason.code == "too-few"
    return GateResult(
        gate,
        outcome,
        reason,
        side_of(base) if base else None,
        side_of(values),
        value=value,
        pairs_to_decide=_needed(gate, policy) if too_few else None,
        dropped={"failed": failed} if failed else {},
    )


def _values(arm: Sequence[float | None], failed: Sequence[bool]) -> tuple[float, ...]:
    flags = tuple(failed) + (False,) * (len(arm) - len(failed))
    return tuple(
        value for value, bad in zip(arm, flags, strict=True) if value is not None and not bad
    )


def _value(gate: Gate, values: Sequence[float], policy: Policy) -> Value | None:
    n = len(values)
    if not n:
        return None
    if gate.aggregation == "count":
        total = float(sum(values))
        return Value(total, total, total, n)
    if gate.aggregation == "rate":
        hits = sum(value > 0 for value in values)
        return Value(hits / n, *wilson(hits, n, confidence=policy.confidence), n)
    ascending = sorted(values)
    low, high = order_statistics(n, gate.quantile, confidence=policy.confidence)
    return Value(
        quantile_of_values(values, gate.quantile),
        None if low is None else ascending[low - 1],
        None if high is None else ascending[high - 1],
        n,
    )


# For each operator: whether an interval keeps a limit, and whether it misses it.
_Rule = Callable[[float, float, float], bool]
_KEPT: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        "<": lambda _, high, limit: high < limit,
        "<=": lambda _, high, limit: high <= limit,
        ">": lambda low, _, limit: low > limit,
        ">=": lambda low, _, limit: low >= limit,
        "==": lambda low, high, limit: low == high == limit,
    }
)
_MISSED: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        "<": lambda low, _, limit: low >= limit,
        "<=": lambda low, _, limit: low > limit,
        ">": lambda _, high, limit: high <= limit,
        ">=": lambda _, high, limit: high < limit,
        "==": lambda low, high, limit: low > limit or high < limit,
    }
)


def _outcome(
    gate: Gate, value: Value | None, failed: int, measured: int, policy: Policy
) -> tuple[Outcome, Reason]:
    if gate.limit is None:
        raise ValueError(f"{gate.id} is a threshold without a limit")
    if value is None:
        return Outcome.UNDECIDED, _without_value(gate, failed, measured)
    low = float("-inf") if value.low is None else value.low
    high = float("inf") if value.high is None else value.high
    missed = _MISSED[gate.operator](low, high, gate.limit)
    if failed > policy.most_dropped * measured and not (missed and gate.aggregation == "count"):
        sentence = f"{failed} of {plural(measured, 'load')} failed; what is left is a selection."
        return Outcome.UNDECIDED, Reason("failed-loads", sentence)
    shown = f"{_shown(gate, value.value)} over {plural(value.n, 'load')}{_interval(gate, value)}"
    limit = f"the limit is {gate.operator} {_shown(gate, gate.limit)}"
    if missed:
        return Outcome.FAILED, Reason("limit-missed", f"{shown}; {limit}.")
    if _KEPT[gate.operator](low, high, gate.limit):
        return Outcome.PASSED, Reason("limit-kept", f"{shown}; {limit}.")
    if value.low is None or value.high is None:
        return Outcome.UNDECIDED, Reason(
            "too-few",
            f"{shown}; {limit}. So few loads can miss it but not keep it; "
            f"{_needed(gate, policy)} can.",
        )
    return Outcome.UNDECIDED, Reason("limit-inside", f"{shown}, on both sides of it: {limit}.")


def _without_value(gate: Gate, failed: int, measured: int) -> Reason:
    """Why there is nothing to judge."""
    if not measured:
        return Reason("not-measured", "No load was measured.")
    if failed == measured:
        what = "The only load" if measured == 1 else f"All {measured} loads"
        return Reason("failed-loads", f"{what} failed.")
    if failed:
        what = (
            f"{failed} of {plural(measured, 'load')} failed and the others had no {gate.metric}."
        )
        return Reason("metric-missing", what)
    return Reason("metric-missing", f"No load had a value of {gate.metric}.")


def _needed(gate: Gate, policy: Policy) -> int:
    """The fewest loads that can keep the limit, where fewer can only miss it."""
    upper = gate.operator in ("<", "<=", "==")
    return loads_to_keep(gate.quantile if upper else 1 - gate.quantile, policy=policy)


def _interval(gate: Gate, value: Value) -> str:
    if gate.aggregation == "count":
        return ""
    if value.low is None and value.high is None:
        return ""
    if value.high is None and value.low is not None:
        return f" (95 % interval {_shown(gate, value.low)} and up)"
    if value.low is None and value.high is not None:
        return f" (95 % interval up to {_shown(gate, value.high)})"
    assert value.low is not None
    assert value.high is not None
    return f" (95 % interval {_shown(gate, value.low)} to {_shown(gate, value.high)})"


def _shown(gate: Gate, value: float) -> str:
    if gate.aggregation == "rate":
        return share(value)
    return amount(value, metric_of(gate.metric), line=gate.limit if value != gate.limit else None)
