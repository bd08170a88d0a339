"""The working scale of a gate: logs where its tolerance is a share, else the metric's own unit.

It is fixed at the first look and kept, so that no later data choose the scale they are judged on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rumtest.compare.model import Gate
from rumtest.compare.policy import Policy, Restarts
from rumtest.compare.statistics import median

__all__ = ["Scale", "scale_of"]

# A value of 0 that first turns up after the scale was fixed as logs takes the upper edge of
# histogram bucket 0. Any tiny number would do, since ranks decide.
_ZERO_IN_LOGS: Final = 2.0**-15


@dataclass(frozen=True, slots=True)
class Scale:
    """`kind` names the scale; `tolerance` and `margin` are numbers on it."""

    kind: Literal["log", "identity"]
    tolerance: float
    margin: float

    def onto(self, values: Sequence[float]) -> NDArray[np.float64]:
        """The values on the working scale."""
        array = np.asarray(values, dtype=np.float64)
        return np.log(np.maximum(array, _ZERO_IN_LOGS)) if self.kind == "log" else array

    def absolute(self, shift: float, middle: float) -> float:
        """A shift on the working scale in the metric's unit, at the base's middle."""
        return middle * math.expm1(shift) if self.kind == "log" else shift

    def relative(self, shift: float, middle: float) -> float | None:
        """A shift on the working scale as a share of the base's middle; None where that is 0."""
        if self.kind == "log":
            return math.expm1(shift)
        return shift / middle if middle else None


def scale_of(
    gate: Gate,
    base: Sequence[float],
    head: Sequence[float],
    *,
    policy: Policy,
    restarts: Restarts,
) -> Scale:
    """The scale that the pairs of the first look ask for; there must be at least one pair."""
    middle = median(base)
    zero = min(*base, *head) <= 0
    if gate.relative * middle >= gate.absolute and gate.relative > 0 and not zero:
        return Scale("log", math.log1p(gate.relative), math.log1p(policy.margin[restarts]))
    tolerance = max(gate.absolute, gate.relative * middle)
    return Scale("identity", tolerance, tolerance * policy.margin_of_tolerance[restarts])
