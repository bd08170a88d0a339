"""Why a regression gate got its verdict, as a sentence to read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rumtest.compare.model import Change, Confirmation, Gate
from rumtest.compare.pairs import Pairs
from rumtest.compare.policy import Policy
from rumtest.compare.words import amount, plural, share, signed_amount, signed_share, span
from rumtest.metric import Metric, metric_of

__all__ = ["Told", "sentence_of"]

# What takes its time, where it is not the load as a whole.
_TAKES: Final[Mapping[str, str]] = MappingProxyType({"inp": "Input", "duration": "The step"})


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers that a sentence may name; tolerance in the metric's unit and as a share."""

    gate: Gate
    pairs: Pairs
    policy: Policy
    change: Change | None = None
    tolerance: float = 0.0
    tolerance_relative: float | None = None
    in_shares: bool = False
    confirmed: Confirmation | None = None
    pairs_to_decide: int | None = None
    regression_excluded: bool = False
    advisory: bool = False

    @property
    def metric(self) -> Metric:
        """The gate's metric."""
        return metric_of(self.gate.metric)

    @property
    def allowed(self) -> str:
        """The tolerance on the scale it works on."""
        if self.in_shares and self.tolerance_relative is not None:
            return share(self.tolerance_relative)
        return amount(self.tolerance, self.metric)


def sentence_of(code: str, told: Told) -> str:
    """The sentence for this reason code."""
    return _SENTENCES[code](told)


def _regressed(told: Told) -> str:
    parts = [f"{_moved(told)}; {told.allowed} is allowed."]
    if told.confirmed is not None:
        again = _size(told.confirmed.change, told.metric)
        parts.append(f"{plural(told.confirmed.pairs, 'fresh pair')} agree: {again}.")
    if told.advisory:
        parts.append("The loads were not interleaved, so this is advice and fails no build.")
    return " ".join(parts)


def _improved(told: Told) -> str:
    return f"{_moved(told)}."


def _unchanged(told: Told) -> str:
    change = _known(told)
    between = span(*_ends(told, change), told.metric, relative=told.in_shares)
    return f"Only changes {between} fit the data; {told.allowed} is allowed."


def _all_equal(told: Told) -> str:
    value = amount(told.pairs.base[0], told.metric)
    return f"All {2 * told.pairs.whole} loads gave the same value, {value}."


def _too_noisy(told: Told) -> str:
    change = _known(told)
    between = span(*_ends(told, change), told.metric, relative=told.in_shares)
    seen = change.smallest_visible_relative if told.in_shares else change.smallest_visible
    parts = [f"Anything {between} fits the data."]
    if seen is not None:
        visible = share(seen) if told.in_shares else amount(seen, told.metric)
        parts.append(
            f"With {plural(told.pairs.whole, 'pair')} this run sees changes from {visible} up; "
            f"the gate asks for {told.allowed}."
        )
    if told.regression_excluded:
        parts.append("A regression beyond that is excluded.")
    if told.pairs_to_decide is not None:
        parts.append(f"About {told.pairs_to_decide:,} pairs would decide it.")
    return " ".join(parts)


def _not_confirmed(told: Told) -> str:
    again = _size(told.confirmed.change, told.metric) if told.confirmed else ""
    fresh = plural(told.confirmed.pairs if told.confirmed else 0, "fresh pair")
    return f"{_moved(told)}, but {fresh} did not agree: {again}."


def _not_rerun(told: Told) -> str:
    fewest = told.policy.fewest_pairs
    return f"{_moved(told)}, but there is no re-run of {fewest} whole pairs that could agree."


def _failed_loads(told: Told) -> str:
    return (
        f"{told.pairs.failed} of {plural(told.pairs.measured, 'pair')} were dropped since a load "
        f"failed; more than {share(told.policy.most_dropped)} leaves a selection, not a sample."
    )


def _metric_missing(told: Told) -> str:
    pairs = told.pairs
    return (
        f"Metric missing: {plural(pairs.missing_head, 'load')} of head and {pairs.missing_base} "
        f"of base had no {told.gate.metric}, of {plural(pairs.measured, 'pair')}; at most "
        f"{share(told.policy.most_dropped)} may be left out."
    )


def _too_few(told: Told) -> str:
    whole = plural(told.pairs.whole, "whole pair")
    return f"{whole}; at least {told.policy.fewest_pairs} are needed."


def _not_measured(told: Told) -> str:
    return "No pair was measured."


def _environment_differs(told: Told) -> str:
    return (
        "Environment differs: the two runs come from machines, browsers or systems that are not "
        "the same, so a difference says nothing of the build."
    )


def _moved(told: Told) -> str:
    change = _known(told)
    low, high = change.relative_low, change.relative_high
    if told.in_shares and low is not None and high is not None:
        interval = f"{signed_share(low)} to {signed_share(high)}"
    else:
        interval = (
            f"{signed_amount(change.absolute_low, told.metric)} to "
            f"{signed_amount(change.absolute_high, told.metric)}"
        )
    return f"{_how(change, told.metric)} (95 % interval {interval})"


def _how(change: Change, metric: Metric) -> str:
    size = amount(abs(change.absolute), metric)
    slower = change.absolute >= 0
    relative = "" if change.relative is None else f", {signed_share(change.relative)}"
    if metric.name == "ttfb":
        return f"The first byte came {size} {'later' if slower else 'earlier'}{relative}"
    if metric.unit == "ms":
        what = _TAKES.get(metric.name, "Loads")
        return f"{what} took {size} {'longer' if slower else 'less'}{relative}"
    return f"{metric.name} went {'up' if slower else 'down'} by {size}{relative}"


def _size(change: Change, metric: Metric) -> str:
    relative = "" if change.relative is None else f", {signed_share(change.relative)}"
    return f"{signed_amount(change.absolute, metric)}{relative}"


def _ends(told: Told, change: Change) -> tuple[float, float]:
    low, high = change.relative_low, change.relative_high
    if told.in_shares and low is not None and high is not None:
        return low, high
    return change.absolute_low, change.absolute_high


def _known(told: Told) -> Change:
    if told.change is None:
        raise AssertionError(f"{told.gate.id} has a verdict but no change")
    return told.change


_SENTENCES: Final[Mapping[str, Callable[[Told], str]]] = MappingProxyType(
    {
        "regressed": _regressed,
        "improved": _improved,
        "unchanged": _unchanged,
        "all-equal": _all_equal,
        "too-noisy": _too_noisy,
        "not-confirmed": _not_confirmed,
        "not-rerun": _not_rerun,
        "failed-loads": _failed_loads,
        "metric-missing": _metric_missing,
        "too-few": _too_few,
        "not-measured": _not_measured,
        "environment-differs": _environment_differs,
    }
)
