"""What is gated, and how tightly, when nothing is said."""

import pytest

from rumtest.metric import METRICS
from rumtest.scenario.defaults import default_metrics, default_tolerance, tolerance_for
from rumtest.scenario.model import Action, Locator, Regression, Step, Tolerance
from tests.support.scenario import NOWHERE

GOTO = Action("goto", NOWHERE, value="/")
CLICK = Action("click", NOWHERE, Locator(selector="a"))


# docs/scenarios.md: times 5 % or 20 ms, CLS 10 % or 0.02, shares 1 point.
@pytest.mark.parametrize(
    ("metric", "relative", "absolute"),
    [("lcp", 0.05, 20), ("inp", 0.05, 20), ("cls", 0.10, 0.02), ("errors", 0.0, 0.01)],
)
def test_default_tolerances_are_those_of_the_contract(
    metric: str, relative: float, absolute: float
) -> None:
    assert default_tolerance(metric) == Tolerance(relative, absolute)


def test_every_metric_has_a_default_tolerance_above_nothing() -> None:
    assert all(
        tolerance.relative or tolerance.absolute for tolerance in map(default_tolerance, METRICS)
    )


def test_a_metrics_own_tolerance_wins_over_the_files_default() -> None:
    own, default = Tolerance(0.01, 1.0), Tolerance(0.5, 500.0)
    regression = Regression(default=default, tolerances={"lcp": own})

    assert tolerance_for(regression, "lcp") == own
    assert tolerance_for(regression, "inp") == default


def test_the_files_default_is_for_times_alone() -> None:
    regression = Regression(default=Tolerance(0.5, 500.0))

    assert tolerance_for(regression, "cls") == default_tolerance("cls")


@pytest.mark.parametrize(
    ("do", "first_view", "metrics"),
    [
        ((GOTO,), True, ("lcp", "cls", "ttfb")),
        ((GOTO,), False, ("lcp", "cls", "ttfb")),
        ((CLICK,), False, ("inp", "duration")),
        ((GOTO, CLICK), True, ("lcp", "cls", "ttfb", "inp", "duration")),
        ((CLICK,), True, ("lcp", "cls", "ttfb", "inp", "duration")),
    ],
)
def test_a_step_is_gated_by_what_it_does(
    do: tuple[Action, ...], first_view: bool, metrics: tuple[str, ...]
) -> None:
    assert default_metrics(Step("a", NOWHERE, do), first_view) == metrics
