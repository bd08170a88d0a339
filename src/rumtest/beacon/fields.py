"""The kinds of field a beacon is made of: text of a length, counts, spans and numbers in a range.

A length given here is what the snippet cuts to; the reader refuses at twice of it, so that a
client that counts characters otherwise (UTF-16 units, bytes) is not refused for one emoji.
"""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from rumtest.metric import METRICS

__all__ = [
    "AppKey",
    "Count",
    "Id",
    "Instant",
    "Name",
    "Number",
    "Part",
    "Share",
    "Size",
    "Span",
    "Text",
    "Url",
    "Words",
    "plausible",
]

# Thirty days: a tab that is never closed. Anything longer is a broken clock.
LONGEST_VIEW: Final = 30 * 24 * 3600 * 1000.0
# 1 January 3000, in epoch ms: no clock that is merely wrong shows it.
LAST_INSTANT: Final = 32_503_680_000_000.0
# More than any list can hold and less than 2^53, so that it is exact in every JSON reader.
MOST: Final = 10**15


def plausible(metric: str) -> Meta:
    """The range that a beacon may claim for a metric of the catalogue."""
    low, high = METRICS[metric].plausible
    return Meta(ge=low, le=high)


# 12 characters of base64url are 72 random bits: with 10^9 ids a day, one clash in ten years.
Id = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{12}$", max_length=12)]
AppKey = Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$", max_length=40)]
Url = Annotated[str, Meta(max_length=500)]
# A name that a site or a browser gives: event, host, protocol, selector.
Name = Annotated[str, Meta(min_length=1, max_length=80)]
Words = Annotated[str, Meta(max_length=40)]
Text = Annotated[str, Meta(max_length=200)]

Span = Annotated[float, Meta(ge=0.0, le=LONGEST_VIEW)]
Instant = Annotated[float, Meta(ge=0.0, le=LAST_INSTANT)]
Count = Annotated[int, Meta(ge=0, le=10**9)]
Size = Annotated[int, Meta(ge=0, le=MOST)]
Number = Annotated[float, Meta(ge=0.0, le=float(MOST))]
Share = Annotated[float, Meta(gt=0.0, le=1.0)]


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """The base of every part of a beacon: unchangeable, and what is unknown is not written."""
