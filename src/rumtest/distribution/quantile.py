"""Shares to values and back: quantiles and ranks read from counts.

A quantile is off by less than `buckets.RELATIVE_ERROR` (0.79 %) of itself from the order
statistic x_(⌈pn⌉) (Hyndman and Fan's type 1), for every data set; where that is 0 in the sense
of bucket 0, by less than `buckets.ZERO_BELOW`.
"""

from collections.abc import Sequence

import numpy as np

from rumtest.distribution.buckets import EDGES, bucket
from rumtest.distribution.histogram import Histogram

__all__ = ["quantile", "quantiles", "rank", "share_good"]


def quantile(histogram: Histogram, share: float) -> float | None:
    """The value below which this share of the weight lies; None of an empty histogram, never 0."""
    return quantiles(histogram, (share,))[0] if histogram.n else None


def quantiles(histogram: Histogram, shares: Sequence[float]) -> tuple[float, ...]:
    """The values at these shares, in their order; nothing at all of an empty histogram.

    Whoever wants an interval asks `compare.statistics` for its two shares and reads them here.
    """
    wanted = np.asarray(shares, dtype=np.float64)
    inside = (wanted >= 0) & (wanted <= 1)
    if not inside.all():
        raise ValueError(f"{float(wanted[~inside][0])!r} is not a share between 0 and 1")
    if not histogram.n:
        return ()
    cumulative = np.cumsum(histogram.counts)
    reached = wanted * cumulative[-1]
    at = np.searchsorted(cumulative, reached, side="left")
    buckets = histogram.buckets[at].astype(np.intp)
    lower, upper = EDGES[buckets], EDGES[buckets + 1]
    before = cumulative[at] - histogram.counts[at]
    inner = np.clip((reached - before) / histogram.counts[at], 0.0, 1.0)
    values = np.where(buckets == 0, 0.0, lower + (upper - lower) * inner)
    return tuple(values.tolist())


def rank(histogram: Histogram, value: float) -> float | None:
    """The share of the weight up to this value; None of an empty histogram.

    Bucket 0 is the value 0 itself, so all of it is reached by any value there.
    """
    index = bucket(value)
    if not histogram.n:
        return None
    at = int(np.searchsorted(histogram.buckets, index, side="left"))
    below = float(histogram.counts[:at].sum())
    if at < len(histogram.buckets) and histogram.buckets[at] == index:
        width = EDGES[index + 1] - EDGES[index]
        inner = 1.0 if index == 0 else float((value - EDGES[index]) / width)
        below += float(histogram.counts[at]) * inner
    return min(below / histogram.weight, 1.0)


def share_good(histogram: Histogram) -> float | None:
    """The exact share of good observations; None without any, or for a metric without limits."""
    if not histogram.n or histogram.good is None:
        return None
    return histogram.good / histogram.n
