"""The bundled profiles: conditions to measure under until a site learns its own from the field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rumtest.scenario.model import Profile

__all__ = ["BUNDLED"]

_PHONE: Final = "Pixel 7"

# A middling and a slow phone on a good and a middling mobile network, and one that is slow in both
# ways; `rtt` in ms, `down` and `up` in Mbit/s. Guesses, to be replaced by what users really have.
_ALL: Final = (
    Profile("desktop"),
    Profile("phone-p50", device=_PHONE, cpu=2.0, rtt=60.0, down=10.0, up=5.0),
    Profile("phone-p75", device=_PHONE, cpu=4.0, rtt=100.0, down=5.0, up=2.0),
    Profile("slow", device=_PHONE, cpu=6.0, rtt=150.0, down=1.6, up=0.75),
)

BUNDLED: Final[Mapping[str, Profile]] = MappingProxyType({one.name: one for one in _ALL})
