"""Heaps undone for inference: a rounded value is spread over what it was rounded from.

Event Timing rounds to 8 ms. Two equal windows of such heaps differ by a whole heap at the
quantile while its neighbours stand still, which a test takes for a sure change. What is shown
to people stays unspread.
"""

from dataclasses import replace

import numpy as np

from rumtest.distribution.buckets import BUCKETS, EDGES, buckets_of
from rumtest.distribution.histogram import Histogram

__all__ = ["spread"]


def spread(histogram: Histogram, resolution: float) -> Histogram:
    """The histogram with each count spread over half a resolution to both sides of its heap.

    Only buckets narrower than the resolution change. The heap is the multiple of the resolution
    that lies in the bucket, else the bucket's middle; what would fall below 0 stays at its upper
    side. Weight is kept; raw values are not, since they are heaped. 0 returns it as it is.
    """
    if resolution < 0:
        raise ValueError(f"a resolution is at least 0, not {resolution!r}")
    if not resolution or not histogram.n:
        return histogram
    buckets = histogram.buckets.astype(np.intp)
    lower, upper = EDGES[buckets], EDGES[buckets + 1]
    narrow = upper - lower < resolution
    multiple = np.ceil(lower / resolution) * resolution
    heap = np.where(multiple < upper, multiple, (lower + upper) / 2)
    start = np.where(narrow, np.maximum(heap - resolution / 2, 0.0), lower)
    end = np.where(narrow, heap + resolution / 2, upper)

    first = buckets_of(start).astype(np.intp)
    # The last bucket that the half-open range reaches: the one just below its end.
    last = np.where(narrow, buckets_of(np.nextafter(end, 0.0)), buckets).astype(np.intp)
    reached = last - first + 1
    row = np.repeat(np.arange(len(buckets)), reached)
    target = np.arange(reached.sum()) - np.repeat(np.cumsum(reached) - reached, reached)
    target += first[row]
    overlap = np.minimum(EDGES[target + 1], end[row]) - np.maximum(EDGES[target], start[row])
    dense = np.zeros(BUCKETS)
    np.add.at(dense, target, histogram.counts[row] * overlap / (end - start)[row])
    hit = np.flatnonzero(dense)
    return replace(histogram, buckets=hit.astype(np.uint16), counts=dense[hit], values=None)
