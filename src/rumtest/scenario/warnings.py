"""What a scenario asks for but cannot get: promises that so few loads can never show kept."""

from collections.abc import Iterator
from typing import Final

from rumtest.errors import Place, Problem
from rumtest.scenario.model import Scenario, Threshold

__all__ = ["loads_to_keep", "warnings"]

# The confidence of every interval in a report, and its two-sided normal quantile.
CONFIDENCE: Final = 0.95
Z: Final = 1.959964
# With fewer whole pairs a comparison is always inconclusive (docs/statistics.md).
FEWEST_PAIRS: Final = 8


def warnings(scenario: Scenario) -> tuple[Problem, ...]:
    """Thresholds that `max` loads can miss but never keep, and samplings too small to compare."""
    return tuple(sorted(_warnings(scenario), key=lambda p: (p.place.line, p.place.column)))


def loads_to_keep(threshold: Threshold) -> int:
    """The fewest loads with which the threshold can be seen to be kept.

    A quantile needs order statistics on both sides of it at 95 %; a rate is judged by its Wilson
    interval, at best when no load (or every load) has what is counted; a count is exact.
    """
    if threshold.aggregation == "quantile" and threshold.quantile is not None:
        return _for_quantile(threshold.quantile)
    if threshold.aggregation == "rate":
        return _for_rate(threshold)
    return 1


def _for_quantile(p: float) -> int:
    loads = 1
    while 1 - p**loads - (1 - p) ** loads < CONFIDENCE:
        loads += 1
    return loads


def _for_rate(threshold: Threshold) -> int:
    # Wilson's upper end at 0 of n is z²/(n + z²), its lower end at n of n is n/(n + z²).
    share = threshold.limit if threshold.operator in ("<", "<=") else 1 - threshold.limit
    if not 0 < share < 1:
        return 1
    return int(Z**2 * (1 / share - 1)) + 1


def _warnings(scenario: Scenario) -> Iterator[Problem]:
    loads = scenario.sampling.max
    steps = [step for journey in scenario.journeys for step in journey.steps]
    own = [threshold for step in steps for threshold in step.thresholds]
    for threshold in (*scenario.thresholds, *own):
        needed = loads_to_keep(threshold)
        if needed > loads:
            yield Problem(
                threshold.place,
                "too-few-loads",
                f"`{threshold.metric}: {threshold.text}` can be missed but never kept with "
                f"{loads} loads; it needs {needed} (`iterations: {{max: {needed}}}`)",
            )
    if not scenario.regression.off and loads < FEWEST_PAIRS:
        yield Problem(
            Place(scenario.file, 1),
            "too-few-pairs",
            f"{loads} pairs cannot tell a change; a comparison needs {FEWEST_PAIRS}, or say "
            "`regression: none`",
        )
    if not any(step.acts for step in steps):
        for threshold in scenario.thresholds:
            if threshold.metric == "inp":
                text = "no step acts on a page (fill, click, press), so there will be no inp"
                yield Problem(threshold.place, "never-measured", text)
