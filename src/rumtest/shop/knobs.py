"""What can be made worse about the shop, each a number of milliseconds, a weight or a switch."""

from dataclasses import dataclass, field

__all__ = ["Knobs"]

# About what a photographer's picture weighs that nobody has compressed. At 10 Mbit/s it takes
# 0.6 s, so that the hero and nothing else decides the largest contentful paint.
USUAL_HERO_BYTES = 720_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Knobs:
    """How the shop misbehaves; untouched, it is as quick and quiet as it can be.

    Times are in milliseconds. Nothing here is random: the same knobs give the same shop.
    """

    server_delay: int = field(
        default=0, metadata={"help": "answer every page and cart request this much later"}
    )
    hero_delay: int = field(default=0, metadata={"help": "answer the hero image this much later"})
    hero_bytes: int = field(
        default=USUAL_HERO_BYTES, metadata={"help": "weight of the hero image, in bytes"}
    )
    heavy_script: int = field(
        default=0, metadata={"help": "block the main thread this long after the first paint"}
    )
    slow_interaction: int = field(
        default=0, metadata={"help": "block the main thread this long on each click"}
    )
    layout_shift: bool = field(
        default=False, metadata={"help": "push the content down by a banner after load"}
    )
    errors: bool = field(default=False, metadata={"help": "throw an uncaught error after load"})
