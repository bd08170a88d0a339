"""What the loads of each regression gate show at a look: p-values, estimates, intervals."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rumtest.compare.aligned import Shift, estimated_shift, shift_of, z_score
from rumtest.compare.looks import Seen
from rumtest.compare.model import Gate
from rumtest.compare.pairs import Pairs, pairs_of
from rumtest.compare.policy import Policy, Restarts
from rumtest.compare.scale import Scale, scale_of
from rumtest.compare.statistics import normal_tail
from rumtest.loads import Loads

__all__ = ["Evidence", "p_faster", "p_slower", "shifts"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A block of two pairs is the smallest thing AL2 can rank.
_FEWEST_RANKED = 2


def p_slower(base: Floats, head: Floats, margin: Floats) -> Floats:
    """The p-value of "head is slower by more than the margin", a row a gate."""
    return normal_tail(z_score(base, head - margin[:, None]))


def p_faster(base: Floats, head: Floats, margin: Floats) -> Floats:
    """The p-value of "head is faster by more than the margin", a row a gate."""
    return normal_tail(-z_score(base, head + margin[:, None]))


class Evidence:
    """The loads of a report's regression gates, each on the scale its first look fixed."""

    def __init__(
        self,
        gates: Sequence[Gate],
        loads: Mapping[str, Loads],
        first_looks: Sequence[int],
        *,
        policy: Policy,
        restarts: Restarts,
    ) -> None:
        self.policy = policy
        self.loads = [loads.get(gate.id, Loads((), ())) for gate in gates]
        self.scales: list[Scale | None] = []
        for gate, its, first in zip(gates, self.loads, first_looks, strict=True):
            pairs = pairs_of(its, first)
            scale = None
            if pairs.whole:
                scale = scale_of(gate, pairs.base, pairs.head, policy=policy, restarts=restarts)
            elif (later := pairs_of(its)).whole:
                # Nothing at the first look: the first pairs that there are stand in for it.
                early = slice(max(first, 1))
                scale = scale_of(
                    gate, later.base[early], later.head[early], policy=policy, restarts=restarts
                )
            self.scales.append(scale)

    def pairs(self, upto: Sequence[int | None]) -> list[Pairs]:
        """Each gate's pairs among its first so many measured ones."""
        return [pairs_of(its, n) for its, n in zip(self.loads, upto, strict=True)]

    def can_carry_a_test(self, pairs: Pairs) -> bool:
        """Whether enough whole pairs are there, and few enough were dropped."""
        enough = pairs.whole >= self.policy.fewest_pairs
        return enough and pairs.dropped_share <= self.policy.most_dropped

    def seen(self, pairs: Sequence[Pairs], screens: Sequence[float | None]) -> Seen:
        """What these pairs show. A screen of None keeps a gate going until it is decided."""
        slower, faster = np.ones((1, len(pairs))), np.ones((1, len(pairs)))
        for rows, base, head, scales in _groups(pairs, self.scales):
            margin = np.array([scale.margin for scale in scales])
            slower[0, rows] = p_slower(base, head, margin)
            faster[0, rows] = p_faster(base, head, margin)
        able = np.array([[self.can_carry_a_test(its) for its in pairs]], dtype=bool)
        limit = np.array([[1.0 if screen is None else screen for screen in screens]])
        wants = slower <= limit
        undecided = [screen is None for screen in screens]
        if any(undecided):
            wants &= ~(np.array([undecided]) & self._inside(pairs))
        return Seen(
            np.where(able, slower, 1.0),
            np.where(able, faster, 1.0),
            (wants & able) | np.array([[self._waits(its) for its in pairs]], dtype=bool),
            lambda mask, sign: self._reaches(pairs, mask, sign),
        )

    def _waits(self, pairs: Pairs) -> bool:
        """Whether the gate has too few pairs yet, and not because they were dropped."""
        few = 0 < pairs.whole < self.policy.fewest_pairs
        return few and pairs.dropped_share <= self.policy.most_dropped

    def _reaches(self, pairs: Sequence[Pairs], mask: Bools, sign: int) -> Bools:
        reached = np.zeros_like(mask)
        for rows, base, head, scales in _groups(pairs, self.scales, mask[0]):
            tolerance = np.array([scale.tolerance for scale in scales])
            reached[0, rows] = sign * estimated_shift(base, head) >= tolerance
        return reached

    def _inside(self, pairs: Sequence[Pairs]) -> Bools:
        inside = np.zeros((1, len(pairs)), dtype=bool)
        for row, shift in enumerate(shifts(pairs, self.scales)):
            scale = self.scales[row]
            if shift is not None and scale is not None:
                inside[0, row] = max(-float(shift.low[0]), float(shift.high[0])) < scale.tolerance
        return inside


def shifts(pairs: Sequence[Pairs], scales: Sequence[Scale | None]) -> list[Shift | None]:
    """Each gate's shift with its intervals, as arrays of one row; None where there is no scale."""
    found: list[Shift | None] = [None] * len(pairs)
    for rows, base, head, _ in _groups(pairs, scales):
        together = shift_of(base, head)
        for at, row in enumerate(rows):
            found[row] = Shift(
                together.estimate[at : at + 1],
                together.low[at : at + 1],
                together.high[at : at + 1],
                together.half_low[at : at + 1],
                together.half_high[at : at + 1],
            )
    return found


def _groups(
    pairs: Sequence[Pairs], scales: Sequence[Scale | None], mask: Bools | None = None
) -> Iterator[tuple[list[int], Floats, Floats, list[Scale]]]:
    """Gates with equally many whole pairs together, on their working scales, as two arrays."""
    by_whole: dict[int, list[tuple[int, Scale]]] = {}
    for row, (its, scale) in enumerate(zip(pairs, scales, strict=True)):
        wanted = mask is None or bool(mask[row])
        if wanted and scale is not None and its.whole >= _FEWEST_RANKED:
            by_whole.setdefault(its.whole, []).append((row, scale))
    for members in by_whole.values():
        base = np.stack([scale.onto(pairs[row].base) for row, scale in members])
        head = np.stack([scale.onto(pairs[row].head) for row, scale in members])
        yield [row for row, _ in members], base, head, [scale for _, scale in members]
