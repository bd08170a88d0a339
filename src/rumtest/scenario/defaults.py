"""What is gated, and how tightly, when a scenario does not say."""

from rumtest.metric import metric_of
from rumtest.scenario.model import Regression, Step, Tolerance
from rumtest.scenario.tolerance import default_tolerance

__all__ = [
    "ACTION_METRICS",
    "VIEW_METRICS",
    "default_metrics",
    "default_tolerance",
    "tolerance_for",
]

VIEW_METRICS = ("lcp", "cls", "ttfb")
ACTION_METRICS = ("inp", "duration")


def default_metrics(step: Step, first_view: bool) -> tuple[str, ...]:
    """The metrics of a step that are gated against a base when `regression.metrics` is not given.

    A step that opens a page view (by `goto`, or because the journey's first view begins in it)
    has `lcp cls ttfb`, a step that acts on one `inp duration`, a step that does both all five.
    """
    opened = VIEW_METRICS if step.opens_view or first_view else ()
    return opened + (ACTION_METRICS if step.acts else ())


def tolerance_for(regression: Regression, metric: str) -> Tolerance:
    """The metric's own tolerance, else the file's default for times, else the general one."""
    own = regression.tolerances.get(metric)
    if own is not None:
        return own
    if regression.default is not None and metric_of(metric).unit == "ms":
        return regression.default
    return default_tolerance(metric)
