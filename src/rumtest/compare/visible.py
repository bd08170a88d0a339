"""What a gate could have seen, and how many pairs would let it see its tolerance."""

import math
from dataclasses import dataclass

from rumtest.compare.policy import Policy
from rumtest.compare.scale import Scale
from rumtest.compare.statistics import normal_quantile

__all__ = ["Effort", "pairs_to_decide", "smallest_visible", "standard_error"]


@dataclass(frozen=True, slots=True)
class Effort:
    """What was spent on a gate's stream: pairs measured, and those of its first and last look.

    A stream that was cut short has its last look where it was cut. `level` is what the last look
    may spend over the whole family of gates.
    """

    measured: int
    first: int
    last: int
    level: float
    family: int


def standard_error(low: float, high: float) -> float:
    """The standard error behind a 95 % interval."""
    return (high - low) / 3.92


def smallest_visible(se: float, scale: Scale, effort: Effort, policy: Policy) -> float:
    """The slow-down, on the working scale, that this gate would have found in 80 % of runs.

    The first term is what the first look lets pass, the second what the last one finds; both
    have to be survived.
    """
    first = policy.first_look_z * se * math.sqrt(effort.measured / effort.first)
    last = _last_look_z(effort, policy) * se * math.sqrt(effort.measured / effort.last)
    return scale.margin + max(first, last)


def pairs_to_decide(se: float, scale: Scale, effort: Effort, policy: Policy) -> int | None:
    """About how many pairs at one look would see the tolerance; None if no number would.

    Taken as `-n N`: one look that may spend all of q.
    """
    room = scale.tolerance - scale.margin
    if room <= 0 or se <= 0:
        return None
    z = normal_quantile(1 - policy.q / max(effort.family, 1)) + policy.last_look_z
    return max(math.ceil(effort.measured * (z * se / room) ** 2), effort.measured + 1)


def _last_look_z(effort: Effort, policy: Policy) -> float:
    return normal_quantile(1 - effort.level / max(effort.family, 1)) + policy.last_look_z
