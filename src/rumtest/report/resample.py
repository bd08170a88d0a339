"""Resampling: medians of differences and whole bands, with intervals from the run's own seed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rumtest.report.view import Estimate

__all__ = ["FEWEST", "Band", "band_of", "median_difference"]

# Below so few loads a bootstrap interval is narrower than what the data know (its ends can only be
# data points).
FEWEST = 6
RESAMPLES = 2000
# Percentiles with fewer loads than this beyond them hang on a single load.
LOADS_BEYOND = 2


@dataclass(frozen=True, slots=True)
class Band:
    """Differences at percentiles, and the band that covers all of them 95 times in 100."""

    percentiles: tuple[float, ...]
    difference: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def median_difference(
    base: Sequence[float], head: Sequence[float], *, seed: int, paired: bool, level: float = 0.05
) -> Estimate | None:
    """Head minus base.

    Of pairs the median of their differences, else the difference of the medians.
    """
    if not base or not head or (paired and len(base) != len(head)):
        return None
    rng = np.random.default_rng(seed)
    one, two = np.asarray(base, dtype=float), np.asarray(head, dtype=float)
    if paired:
        differences = two - one
        value = float(np.median(differences))
        drawn = differences[rng.integers(0, len(one), (RESAMPLES, len(one)))]
        medians = np.median(drawn, axis=1)
    else:
        value = float(np.median(two) - np.median(one))
        medians = np.median(_drawn(rng, two), axis=1) - np.median(_drawn(rng, one), axis=1)
    if min(len(one), len(two)) < FEWEST:
        return Estimate(value, None, None, min(len(one), len(two)))
    low, high = np.quantile(medians, [level / 2, 1 - level / 2])
    return Estimate(value, float(low), float(high), min(len(one), len(two)))


def band_of(
    base: Sequence[float], head: Sequence[float], *, seed: int, paired: bool
) -> Band | None:
    """Head minus base from p10 to p90 with a simultaneous 95 % band.

    None below ten loads a side.
    """
    size = min(len(base), len(head))
    if size < 10:
        return None
    beyond = LOADS_BEYOND / size
    # In whole percent, so that 0.1 + 0.05 and 0.15 are one percentile.
    percents = [p for p in range(10, 91, 5) if min(p, 100 - p) / 100 >= beyond - 1e-9]
    if len(percents) < 5:
        return None
    shares = np.asarray(percents) / 100
    one, two = np.asarray(base, dtype=float), np.asarray(head, dtype=float)
    difference = np.quantile(two, shares) - np.quantile(one, shares)
    rng = np.random.default_rng(seed)
    if paired and len(one) == len(two):
        rows = rng.integers(0, size, (RESAMPLES, size))
        drawn_one, drawn_two = one[rows], two[rows]
    else:
        drawn_one, drawn_two = _drawn(rng, one), _drawn(rng, two)
    drawn = np.quantile(drawn_two, shares, axis=1) - np.quantile(drawn_one, shares, axis=1)
    spread = drawn.std(axis=1, ddof=1)
    safe = np.where(spread > 0, spread, 1.0)
    # The studentised maximum over percentiles: one factor widens every point's own error alike.
    largest = np.max(np.abs(drawn - difference[:, None]) / safe[:, None], axis=0)
    factor = float(np.quantile(largest, 0.95))
    return Band(
        tuple(float(share) for share in shares),
        tuple(float(value) for value in difference),
        tuple(float(value) for value in difference - factor * spread),
        tuple(float(value) for value in difference + factor * spread),
    )


def _drawn(rng: np.random.Generator, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[rng.integers(0, len(values), (RESAMPLES, len(values)))]
