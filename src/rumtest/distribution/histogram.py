"""A distribution as counts in buckets, which merge by addition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from rumtest.distribution.buckets import BUCKETS, buckets_of
from rumtest.metric import Metric

__all__ = ["MOST_RAW_VALUES", "Histogram"]

Number = TypeVar("Number", int, float)

# A lab stream has at most some hundred loads, and its charts show each of them; above this a
# distribution is the field's, where single values tell nothing and cost memory.
MOST_RAW_VALUES: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How often each bucket was hit; quantiles read from it are off by less than 0.79 %.

    `buckets` ascend and `counts` (sums of weights where there are weights) stand beside them;
    `n` counts observations. `good` and `poor` are exact counts by the metric's limits, None for
    a metric without any. `values` holds the raw values in order of measurement while there are
    at most 500. Weights: `w` and `ww` are their sum and the sum of their squares; None means that
    each weighs 1. Sums over `sessions` with M the session's weight and B its weight of values up
    to `at`: `mm` of M squared, `mb` of M times B, `bb` of B squared; None means not known.
    """

    buckets: NDArray[np.uint16]
    counts: NDArray[np.float64]
    n: int
    good: int | None = None
    poor: int | None = None
    values: tuple[float, ...] | None = None
    w: float | None = None
    ww: float | None = None
    sessions: int | None = None
    mm: float | None = None
    mb: float | None = None
    bb: float | None = None
    at: float | None = None

    def __post_init__(self) -> None:
        for array in (self.buckets, self.counts):
            array.setflags(write=False)

    @classmethod
    def of(cls, values: Sequence[float], metric: Metric | None = None) -> Self:
        """Count the values; ValueError names the first that has no bucket.

        With a metric that has limits, the good and the poor ones are counted exactly too.
        """
        array = np.asarray(values, dtype=np.float64)
        buckets, counts = np.unique(buckets_of(array), return_counts=True)
        limits = (metric.good, metric.poor) if metric else (None, None)
        return cls(
            buckets,
            counts.astype(np.float64),
            array.size,
            good=None if limits[0] is None else int((array <= limits[0]).sum()),
            poor=None if limits[1] is None else int((array > limits[1]).sum()),
            values=tuple(array.tolist()) if array.size <= MOST_RAW_VALUES else None,
        )

    @property
    def weight(self) -> float:
        """The sum of all counts: `n`, or the sum of the weights where there are weights."""
        return float(self.counts.sum())

    def __add__(self, other: Self) -> Self:
        """Both together, as if counted at once; the left one's raw values come first."""
        if not self.n:
            return other
        if not other.n:
            return self
        at = self._common_limit(other)
        dense = np.zeros(BUCKETS)
        dense[self.buckets] = self.counts
        dense[other.buckets] += other.counts
        union = np.union1d(self.buckets, other.buckets)
        weighted = self.w is not None or other.w is not None
        return type(self)(
            union,
            dense[union],
            self.n + other.n,
            good=_sum(self.good, other.good),
            poor=_sum(self.poor, other.poor),
            values=self._joined_values(other),
            w=_or_n(self.w, self.n) + _or_n(other.w, other.n) if weighted else None,
            ww=_or_n(self.ww, self.n) + _or_n(other.ww, other.n) if weighted else None,
            sessions=_sum(self.sessions, other.sessions),
            mm=_sum(self.mm, other.mm),
            mb=_sum(self.mb, other.mb),
            bb=_sum(self.bb, other.bb),
            at=at,
        )

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same observations; the order of raw values does not count."""
        if not isinstance(other, Histogram):
            return NotImplemented
        return (
            np.array_equal(self.buckets, other.buckets)
            and np.array_equal(self.counts, other.counts)
            and self._exact() == other._exact()
        )

    __hash__ = None  # type: ignore[assignment]  # arrays inside: not a key

    def _exact(self) -> tuple[object, ...]:
        values = None if self.values is None else sorted(self.values)
        weights = (self.w, self.ww)
        sums = (self.sessions, self.mm, self.mb, self.bb, self.at)
        return (self.n, self.good, self.poor, values, *weights, *sums)

    def _common_limit(self, other: Self) -> float | None:
        if self.at is None or other.at is None:
            return None
        if self.at != other.at:
            raise ValueError(
                f"session sums were taken at {self.at!r} and at {other.at!r}; they do not add up"
            )
        return self.at

    def _joined_values(self, other: Self) -> tuple[float, ...] | None:
        if self.values is None or other.values is None:
            return None
        return self.values + other.values if self.n + other.n <= MOST_RAW_VALUES else None


def _sum(a: Number | None, b: Number | None) -> Number | None:
    """Their sum; unknown if one is unknown, since unknown is not 0."""
    return None if a is None or b is None else a + b


def _or_n(weight: float | None, n: int) -> float:
    return n if weight is None else weight
