"""A shift on its working scale as people read it: in the metric's unit, and as a share."""

from rumtest.compare.aligned import Shift
from rumtest.compare.model import Change
from rumtest.compare.scale import Scale

__all__ = ["change_of"]


def change_of(shift: Shift, scale: Scale, middle: float, smallest_visible: float | None) -> Change:
    """The change on both scales, the other one reckoned at `middle`, the base's median.

    `shift` holds one gate; `smallest_visible` is on the working scale.
    """

    def absolute(on_scale: float) -> float:
        return scale.absolute(on_scale, middle)

    def relative(on_scale: float) -> float | None:
        return scale.relative(on_scale, middle)

    estimate, low, high, half_low, half_high = (
        float(part[0])
        for part in (shift.estimate, shift.low, shift.high, shift.half_low, shift.half_high)
    )
    visible = smallest_visible
    return Change(
        absolute(estimate),
        absolute(low),
        absolute(high),
        absolute(half_low),
        absolute(half_high),
        relative(estimate),
        relative(low),
        relative(high),
        relative(half_low),
        relative(half_high),
        None if visible is None else absolute(visible),
        None if visible is None else relative(visible),
    )
