"""The catalogue of metrics: name, unit, limits, plausible range, and where each is defined."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NewType

__all__ = ["METRICS", "Metric", "Milliseconds", "Rating", "Unit", "metric_of"]

Milliseconds = NewType("Milliseconds", float)
Unit = Literal["ms", "1", "byte"]
Rating = Literal["good", "needs-improvement", "poor"]

# A tab opened in the background first paints when it is looked at, so a first paint ten minutes
# after navigation tells when the user came back, not how fast the page was.
LONGEST_PLAUSIBLE: Final = Milliseconds(10 * 60 * 1000)
# Layout shift scores are sums of fractions of a viewport: this is a page that moved a hundred
# times from end to end.
LARGEST_PLAUSIBLE_SHIFT: Final = 100.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A measured quantity.

    `good` and `poor` are inclusive on the better side; None where no limit is published.
    `plausible` bounds what a beacon may claim, `resolution` is the step the browser rounds to
    (0: none), `spec` names the definition.
    """

    name: str
    long_name: str
    unit: Unit
    good: float | None
    poor: float | None
    plausible: tuple[float, float]
    spec: str
    resolution: float = 0.0
    lower_is_better: bool = True

    def rating(self, value: float) -> Rating | None:
        """Whether the value is good, needs improvement, or is poor; None without limits."""
        if self.good is None or self.poor is None:
            return None
        if value <= self.good:
            return "good"
        return "needs-improvement" if value <= self.poor else "poor"


def _time(
    name: str,
    long_name: str,
    spec: str,
    good: float | None = None,
    poor: float | None = None,
    resolution: float = 0.0,
) -> Metric:
    return Metric(name, long_name, "ms", good, poor, (0.0, LONGEST_PLAUSIBLE), spec, resolution)


# The limits are those of web.dev's Core Web Vitals, which the web-vitals library exports too.
_ALL: Final = (
    _time("ttfb", "Time to First Byte", "W3C Navigation Timing, responseStart", 800, 1800),
    _time("fcp", "First Contentful Paint", "W3C Paint Timing", 1800, 3000),
    _time("lcp", "Largest Contentful Paint", "W3C Largest Contentful Paint", 2500, 4000),
    Metric(
        "cls",
        "Cumulative Layout Shift",
        "1",
        0.1,
        0.25,
        (0.0, LARGEST_PLAUSIBLE_SHIFT),
        "WICG Layout Instability",
    ),
    # Event Timing rounds durations to 8 ms.
    _time("inp", "Interaction to Next Paint", "W3C Event Timing", 200, 500, resolution=8.0),
    _time("load", "Load event", "W3C Navigation Timing, loadEventEnd"),
    _time("dom_interactive", "DOM interactive", "W3C Navigation Timing, domInteractive"),
    _time(
        "dom_content_loaded",
        "DOM content loaded",
        "W3C Navigation Timing, domContentLoadedEventEnd",
    ),
    _time("script_time", "Script time in long frames", "W3C Long Animation Frames"),
    _time("tbt", "Total Blocking Time", "web.dev, Total Blocking Time", 200, 600),
    _time(
        "duration", "Duration of the step", "rumtest, from the step's first action to its `until`"
    ),
    Metric(
        "errors", "JavaScript errors", "1", None, None, (0.0, 1e6), "HTML, runtime script errors"
    ),
)

METRICS: Final[Mapping[str, Metric]] = MappingProxyType({metric.name: metric for metric in _ALL})


def metric_of(name: str) -> Metric:
    """The metric of that name; one outside the catalogue is custom, in ms, without limits."""
    return METRICS.get(name) or _time(name, name, "set by the site")
