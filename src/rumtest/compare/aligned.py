"""AL2: aligned ranks of paired loads in blocks of two pairs (Hodges and Lehmann 1962).

Within a block both pairs lie minutes apart at most, so that subtracting the block's median takes
drift and bad spells out; ranking what is left makes single wild loads harmless. It is the one
test that kept both its size and its power on calm and on noisy machines, among exact
Mann–Whitney and signed rank (`docs/statistics.md`).

Arrays have one row a gate and one column a pair, in running order, on the working scale.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Shift", "estimated_shift", "shift_of", "z_score"]

Floats = NDArray[np.float64]

# Values that differ by less are equal: far below any clock, far above the rounding of a median.
_TIED_DECIMALS: Final = 12
_TIED: Final = 1e-12
# Normal quantiles of the two-sided 95 % and 50 % intervals.
_Z_95: Final = 1.959963984540054
_Z_50: Final = 0.6744897501960817
# With ties the end of an interval is a value the data themselves take; it belongs to the interval,
# so ends are moved outwards by this part of the scale's unit (0.001 % in logs).
_OUTWARDS: Final = 1e-5
# Bisection ends well inside that.
_CLOSE_ENOUGH: Final = 1e-7
# 60 halvings take any double to its last bits.
_MOST_HALVINGS: Final = 60


@dataclass(frozen=True, slots=True)
class Shift:
    """How much longer head's loads took, a row a gate, with its 95 % and its 50 % interval."""

    estimate: Floats
    low: Floats
    high: Floats
    half_low: Floats
    half_high: Floats


def z_score(base: Floats, head: Floats, *, continuity: bool = True) -> Floats:
    """How many standard errors head lies above base; 0 where all loads of a gate are equal.

    `continuity` takes the half rank off that a p-value wants and the search for roots does not.
    """
    pairs = base.shape[1]
    if not pairs:
        return np.zeros(len(base))
    both = np.concatenate((base, head), axis=1)
    ranks = _midranks(_aligned(both, pairs))
    excess = ranks[:, pairs:].sum(axis=1) - pairs * (2 * pairs + 1) / 2
    distance = np.maximum(np.abs(excess) - (0.5 if continuity else 0.0), 0.0)
    variance = _variance(ranks, pairs)
    scale = np.sqrt(variance, out=np.ones_like(variance), where=variance > 0)
    return np.where(variance > 0, np.sign(excess) * distance / scale, 0.0)


def shift_of(base: Floats, head: Floats) -> Shift:
    """The shift of the loads as a whole, found by bisection; exactly 0 where all are equal."""
    aims = (_Z_95, -_Z_95, _Z_50, -_Z_50)
    below, above, *ends = _roots(base, head, (0.0, -0.0, *aims))
    equal = (base == base[:, :1]).all(axis=1) & (head == base[:, :1]).all(axis=1)
    outwards = np.where(equal, 0.0, _OUTWARDS)
    low, high, half_low, half_high = ends
    return Shift(
        (below + above) / 2,
        low - outwards,
        high + outwards,
        half_low - outwards,
        half_high + outwards,
    )


def estimated_shift(base: Floats, head: Floats) -> Floats:
    """The estimate of `shift_of` alone, for a third of its price."""
    below, above = _roots(base, head, (0.0, -0.0))
    return (below + above) / 2


def _blocks(pairs: int) -> tuple[int, int]:
    """How many pairs lie in blocks of two, and how many in the last block (0, 1 or 3)."""
    if pairs % 2 == 0:
        return pairs, 0
    return max(pairs - 3, 0), min(pairs, 3)


def _members(pairs: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Columns of (base, head) of the blocks of two, and those of the last block."""
    even, last = _blocks(pairs)
    first = np.arange(0, even, 2)
    fours = np.stack((first, first + 1, first + pairs, first + 1 + pairs))
    tail = np.arange(pairs - last, pairs)
    return fours, np.concatenate((tail, tail + pairs))


def _aligned(both: Floats, pairs: int) -> Floats:
    fours, tail = _members(pairs)
    out = np.empty_like(both)
    a, b, c, d = (both[:, columns] for columns in fours)
    # The middle two of four, exactly: a sum less its extremes would round.
    middle = np.maximum(np.minimum(a, b), np.minimum(c, d))
    middle += np.minimum(np.maximum(a, b), np.maximum(c, d))
    middle /= 2
    for columns, values in zip(fours, (a, b, c, d), strict=True):
        out[:, columns] = values - middle
    if len(tail):
        out[:, tail] = both[:, tail] - np.median(both[:, tail], axis=1, keepdims=True)
    out[np.abs(out) < _TIED] = 0.0
    return np.round(out, _TIED_DECIMALS)


def _midranks(values: Floats) -> Floats:
    """Ranks from 1 within each row; equal values share the middle of their ranks."""
    order = np.argsort(values, axis=1)
    ascending = np.take_along_axis(values, order, axis=1)
    position = np.arange(1.0, values.shape[1] + 1)
    differs = ascending[:, 1:] != ascending[:, :-1]
    if differs.all():
        shared = np.broadcast_to(position, values.shape)
    else:
        edge = np.ones((len(values), 1), dtype=bool)
        first = np.where(np.concatenate((edge, differs), axis=1), position, 0.0)
        last = np.where(np.concatenate((differs, edge), axis=1), position, np.inf)
        first = np.maximum.accumulate(first, axis=1)
        last = np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1]
        shared = (first + last) / 2
    ranks = np.empty_like(values)
    np.put_along_axis(ranks, order, shared, axis=1)
    return ranks


def _variance(ranks: Floats, pairs: int) -> Floats:
    """Of the sum of head's ranks, if within each block the two arms were labelled by chance."""
    fours, tail = _members(pairs)
    four = ranks[:, fours]  # gate, place in the block, block
    variance: Floats = ((four**2).sum(axis=1) - four.sum(axis=1) ** 2 / 4).sum(axis=1)
    variance *= 4 / (4 * 3)
    if len(tail):
        k = len(tail) // 2
        last = ranks[:, tail]
        spread = ((last - last.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
        variance = variance + spread * (k**2 / (2 * k * (2 * k - 1)))
    return variance


def _roots(base: Floats, head: Floats, aims: tuple[float, ...]) -> list[Floats]:
    """For each aim the shift at which z falls to it, all in one array.

    For an aim of +0.0 or more the outer, lower end of where z jumps past it; for -0.0 and below
    the upper end. The estimate lies midway between those of +0.0 and -0.0, so that swapping the
    arms only turns its sign.
    """
    differences = head - base
    smallest, largest = differences.min(axis=1), differences.max(axis=1)
    wider = (largest - smallest) / 2
    repeat = len(aims)
    left = np.tile(smallest - wider, repeat)
    right = np.tile(largest + wider, repeat)
    aim = np.repeat(np.array(aims), len(base))
    upper = np.signbit(aim)
    all_base, all_head = np.tile(base, (repeat, 1)), np.tile(head, (repeat, 1))
    for _ in range(_MOST_HALVINGS):
        if not (right - left > _CLOSE_ENOUGH).any():
            break
        middle = (left + right) / 2
        z = z_score(all_base, all_head - middle[:, None], continuity=False)
        onwards = np.where(upper, z >= aim, z > aim)
        left = np.where(onwards, middle, left)
        right = np.where(onwards, right, middle)
    outer = np.where(upper, right, left)
    return list(outer.reshape(repeat, len(base)))
