"""The probabilities behind every verdict; the one door for scipy, opened at the first question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "beta_shares",
    "median",
    "normal_quantile",
    "normal_tail",
    "order_statistics",
    "quantile_of_values",
    "rejected",
    "sign_test",
    "student_tail",
    "wilson",
    "woodruff_error",
    "woodruff_shares",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def _special() -> ModuleType:
    # A third of a second of CPU, which only those pay who ask for a probability.
    import scipy.special

    return scipy.special


def normal_tail(z: Floats) -> Floats:
    """The chance that a standard normal exceeds z."""
    tail: Floats = _special().ndtr(-z)
    return tail


def normal_quantile(share: float) -> float:
    """The value below which a standard normal stays with this chance."""
    return NormalDist().inv_cdf(share)


def student_tail(t: Floats, df: float) -> Floats:
    """The chance that Student's t with `df` degrees of freedom exceeds t."""
    tail: Floats = _special().stdtr(df, -t)
    return tail


def rejected(p: Floats, level: float, *, family: int) -> Bools:
    """Benjamini and Hochberg's choice at this level, each row a report of its own.

    `family` is m; gates of the report that have no column here count in it with p = 1.
    """
    if not p.shape[-1]:
        return np.zeros(p.shape, dtype=bool)
    ascending = np.sort(p, axis=-1)
    steps = level * np.arange(1, p.shape[-1] + 1) / family
    passes = ascending <= steps
    largest = np.where(passes, ascending, -1.0).max(axis=-1, keepdims=True)
    chosen: Bools = p <= largest
    return chosen


def wilson(hits: int, n: int, *, confidence: float) -> tuple[float, float]:
    """Wilson's interval of a share from n trials, n at least 1; 0 of 50 gives 0 to 0.07."""
    z = normal_quantile((1 + confidence) / 2)
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At 0 and at n the end is exact; rounding must not make it miss by the last bit.
    low = 0.0 if hits == 0 else max(centre - half, 0.0)
    return low, 1.0 if hits == n else min(centre + half, 1.0)


def order_statistics(n: int, share: float, *, confidence: float) -> tuple[int | None, int | None]:
    """Ranks (from 1) of the two of n ascending values that enclose the quantile.

    P(l <= Bin(n, share) < u) is at least `confidence`, half of what is left to each side. With
    few values the end nearer to the tail takes more than its half; where even that is not
    enough there is no such end (None).
    """
    if share < 0.5:
        lower, upper = order_statistics(n, 1 - share, confidence=confidence)
        return upper and n + 1 - upper, lower and n + 1 - lower
    error = 1 - confidence
    at_most = _special().bdtr(np.arange(n), n, share)  # P(Bin <= k), k from 0
    at_least = 1.0 - at_most  # P(Bin >= u), u from 1
    for allowed in (error / 2, error):
        fits = np.flatnonzero(at_least <= allowed)
        if not len(fits):
            continue
        rest = min(error / 2, error - float(at_least[fits[0]]))
        lower = _last_rank(at_most <= rest)
        if lower or allowed < error:
            return lower, int(fits[0]) + 1
    return _last_rank(at_most <= error / 2), None


def _last_rank(fits: Bools) -> int | None:
    where = np.flatnonzero(fits)
    return int(where[-1]) + 1 if len(where) else None


def beta_shares(share: float, effective: float, *, confidence: float) -> tuple[float, float]:
    """The two shares whose quantiles enclose the quantile at `share`, from `effective` views."""
    error = 1 - confidence
    k = effective * share
    inverse = _special().betaincinv
    low = inverse(k, effective - k + 1, error / 2)
    high = inverse(k + 1, effective - k, 1 - error / 2)
    return float(low), float(high)


def woodruff_shares(share: float, effective: float) -> tuple[float, float]:
    """The shares two standard errors below and above; their quantiles give `woodruff_error`."""
    step = 2 * math.sqrt(share * (1 - share) / effective)
    return max(share - step, 0.0), min(share + step, 1.0)


def woodruff_error(low: float, high: float) -> float:
    """A quantile's standard error from its values, on the working scale, at `woodruff_shares`."""
    return (high - low) / 4


def sign_test(worse: int, better: int) -> float:
    """The chance of at least so many worse among the pairs that differ, if both were as likely."""
    return float(_special().bdtr(better, worse + better, 0.5))


def quantile_of_values(values: Sequence[float], share: float) -> float:
    """Hyndman and Fan's type 7, for display; there must be a value."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))


def median(values: Sequence[float]) -> float:
    """The middle value, for display and as the base of a percentage; there must be a value."""
    return quantile_of_values(values, 0.5)
