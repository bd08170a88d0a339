"""Where a value is counted: 128 linear buckets for each power of two, read off its bits.

The index is the top of the IEEE-754 bit pattern, so no logarithm is taken and no rounding can
differ between languages; Python, numpy and SQL give the same index for every double.
"""

import math
import struct
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "BUCKETS",
    "EDGES",
    "RELATIVE_ERROR",
    "SCHEME",
    "TOO_LARGE",
    "ZERO_BELOW",
    "bucket",
    "buckets_of",
]

# Names the layout below in every serialised histogram: base-2 exponents, 7 bits of the mantissa.
SCHEME: Final = "log2/7"

# Seven bits of the mantissa stay: 128 buckets an octave, at most 1/128 of their lower edge wide.
_DROPPED_BITS: Final = 52 - 7
_OFFSET: Final = 1008 << 7  # exponent bits of 2**-15

# Below this a value counts as 0 (bucket 0): finer than any clock or layout shift we are told.
ZERO_BELOW: Final = 2.0**-15
# The first value without a bucket: 35 years in ms, a terabyte in bytes. More is refused.
TOO_LARGE: Final = 2.0**40
# One for zero and 128 for each of the 55 octaves from 2**-15 to 2**40.
BUCKETS: Final = 1 + 55 * 128
# Two values of one bucket differ by less than this share of the smaller one.
RELATIVE_ERROR: Final = 1 / 128


def _edges() -> NDArray[np.float64]:
    bits = (np.arange(BUCKETS, dtype=np.int64) + _OFFSET) << _DROPPED_BITS
    edges = np.concatenate(([0.0], bits.view(np.float64)))
    edges.setflags(write=False)
    return edges


# Bucket i is [EDGES[i], EDGES[i + 1]); one edge more than there are buckets.
EDGES: Final = _edges()


def bucket(value: float) -> int:
    """The index of the value's bucket; ValueError for negative, not finite or too large ones."""
    if not (math.isfinite(value) and 0 <= value < TOO_LARGE):
        raise ValueError(_refusal(value))
    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return max(0, (bits >> _DROPPED_BITS) - _OFFSET + 1)


def buckets_of(values: ArrayLike) -> NDArray[np.uint16]:
    """The index of each value's bucket, as `bucket` gives it; one bad value refuses them all."""
    array = np.asarray(values, dtype=np.float64)
    fits = np.isfinite(array) & (array >= 0) & (array < TOO_LARGE)
    if not fits.all():
        raise ValueError(_refusal(float(array[~fits].flat[0])))
    # + 0.0 turns -0.0, whose sign bit would make it the smallest of all integers, into 0.0.
    bits = (array + 0.0).view(np.int64)
    indices: NDArray[np.int64] = np.maximum(0, (bits >> _DROPPED_BITS) - _OFFSET + 1)
    return indices.astype(np.uint16)


def _refusal(value: float) -> str:
    return f"{value!r} has no bucket; a value is finite, at least 0 and below 2**40"
