"""Which part of a metric moved: its subparts by the browser's own attribution, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from rumtest.report.evidence import Evidence, Loaded
from rumtest.report.resample import median_difference
from rumtest.report.view import Estimate

__all__ = ["PARTS", "PartChange", "parts_of"]

# The subparts that web-vitals names, in the order in which they happen; they add up to the metric.
PARTS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "lcp": (
        ("ttfb", "TTFB"),
        ("load_delay", "load delay"),
        ("load_duration", "load duration"),
        ("render_delay", "render delay"),
    ),
    "ttfb": (
        ("waiting", "waiting"),
        ("cache", "cache"),
        ("dns", "DNS"),
        ("connection", "connection"),
        ("request", "request"),
    ),
    "inp": (
        ("input_delay", "input delay"),
        ("processing", "processing"),
        ("presentation", "presentation"),
    ),
}


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part: its median on each side, its change with interval.

    `moved` when the interval leaves out zero.
    """

    key: str
    name: str
    base: float
    head: float
    effect: Estimate | None

    @property
    def moved(self) -> bool:
        """Whether the part's interval excludes zero."""
        effect = self.effect
        if effect is None or effect.low is None or effect.high is None:
            return False
        return effect.low > 0 or effect.high < 0


def parts_of(metric: str, evidence: Evidence, *, seed: int) -> tuple[PartChange, ...]:
    """The parts of the metric that both sides know; empty where either side has none."""
    names = PARTS.get(metric)
    if names is None:
        return ()
    base = [_attribution(load, metric) for load in evidence.base]
    head = [_attribution(load, metric) for load in evidence.head]
    changes = []
    for key, name in names:
        one, two, paired = _both(base, head, key, paired=evidence.paired)
        if not one or not two:
            # A page without a resource behind its LCP (text) has no load to wait for.
            if key in ("ttfb", "render_delay", "request", "processing"):
                return ()
            continue
        effect = median_difference(one, two, seed=seed, paired=paired)
        changes.append(PartChange(key, name, median(one), median(two), effect))
    return tuple(part for part in changes if part.base or part.head)


def _attribution(load: Loaded, metric: str) -> Mapping[str, object]:
    attribution = load.beacon.get("attribution")
    found = attribution.get(metric) if isinstance(attribution, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _both(
    base: list[Mapping[str, object]], head: list[Mapping[str, object]], key: str, *, paired: bool
) -> tuple[list[float], list[float], bool]:
    one = [_number(item.get(key)) for item in base]
    two = [_number(item.get(key)) for item in head]
    if paired and len(one) == len(two):
        whole = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
        return [a for a, _ in whole], [b for _, b in whole], True
    return [a for a in one if a is not None], [b for b in two if b is not None], False


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
