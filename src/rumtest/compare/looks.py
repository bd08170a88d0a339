"""What is decided at each look at the data, for one report or for thousands at once.

Arrays have one row a report and one column a gate. A run asks with one row what to measure next;
the simulations that prove the error rates run the same lines with a row for each report.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rumtest.compare.statistics import rejected

__all__ = ["Plan", "Seen", "Standing", "follow"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fixed before the first load.

    `stream_of` gives each gate's stream; `levels` and `levels_improved` what each look may spend.
    """

    stream_of: Integers
    streams: int
    levels: tuple[float, ...]
    levels_improved: tuple[float, ...]

    @property
    def family(self) -> int:
        """The number of gates that multiplicity is paid for: all of the report, always."""
        return len(self.stream_of)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the gates show at one look; a gate that cannot carry a test has p = 1.

    `wants_more` marks gates that keep their stream open unless they are red. `reaches` is asked,
    for the few gates of a mask, whether the estimate reaches the tolerance upwards (1) or
    downwards (-1).
    """

    p_slower: Floats
    p_faster: Floats
    wants_more: Bools
    reaches: Callable[[Bools, int], Bools]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where every gate stands: the look at which it turned red or green (-1: it did not).

    `last` is the latest look at which the gate was tested, `open` tells of each stream whether
    more pairs of it are wanted, and `looks` how many looks were taken.
    """

    red_at: Integers
    green_at: Integers
    last: Integers
    open: Bools
    looks: int = 0

    @classmethod
    def at_start(cls, plan: Plan, reports: int) -> Self:
        """Nothing seen yet, every stream open."""
        never = np.full((reports, plan.family), -1, dtype=np.intp)
        return cls(never, never, never, np.ones((reports, plan.streams), dtype=bool))

    @property
    def red(self) -> Bools:
        """The gates that look slower than allowed; a fresh re-run has still to agree."""
        return self.red_at >= 0

    @property
    def green(self) -> Bools:
        """The gates that improved."""
        return self.green_at >= 0


def follow(
    plan: Plan, see: Callable[[int, Standing], Seen | None], *, reports: int = 1
) -> Standing:
    """Go through the looks; `see` tells what look i shows, or None to stop before it."""
    standing = Standing.at_start(plan, reports)
    for look in range(len(plan.levels)):
        seen = see(look, standing)
        if seen is None:
            break
        standing = _after(standing, seen, plan, look)
    return standing


def _after(standing: Standing, seen: Seen, plan: Plan, look: int) -> Standing:
    is_open = standing.open[:, plan.stream_of]
    tested = np.where(is_open, seen.p_slower, 1.0)
    slower = rejected(tested, plan.levels[look], family=plan.family) & ~standing.red
    slower &= seen.reaches(slower, 1)
    # Improvements are looked for in closed streams too: their data stand, and the level is there.
    faster = rejected(seen.p_faster, plan.levels_improved[look], family=plan.family)
    faster &= ~standing.green
    faster &= seen.reaches(faster, -1)
    red_at = np.where(slower, look, standing.red_at)
    wanting = (red_at < 0) & seen.wants_more & is_open
    still_open = np.zeros_like(standing.open)
    reports, gates = np.nonzero(wanting)
    still_open[reports, plan.stream_of[gates]] = True
    return Standing(
        red_at,
        np.where(faster, look, standing.green_at),
        np.where(is_open, look, standing.last),
        still_open,
        look + 1,
    )
