"""Durations, ranges of them, and shares: `400ms`, `2s..6s`, `5%`, read and written exactly."""

import re
from decimal import Decimal
from typing import Final

from rumtest.metric import Milliseconds

__all__ = [
    "DURATION_PATTERN",
    "RANGE_PATTERN",
    "SHARE_PATTERN",
    "format_decimal",
    "format_duration",
    "format_share",
    "parse_duration",
    "parse_range",
    "parse_share",
]

_UNITS: Final = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
# Nine digits before the point and after it: more is a slip of the hand, and bounds the work.
NUMBER_PATTERN: Final = r"[0-9]{1,9}(?:\.[0-9]{1,20})?"
DURATION_PATTERN: Final = NUMBER_PATTERN + r" ?(?:ms|s|m|h|d)"
RANGE_PATTERN: Final = DURATION_PATTERN + r" ?\.\. ?" + DURATION_PATTERN
SHARE_PATTERN: Final = NUMBER_PATTERN + r" ?%"

_DURATION: Final = re.compile(rf"({NUMBER_PATTERN}) ?(ms|s|m|h|d)")
_RANGE: Final = re.compile(rf"({DURATION_PATTERN}) ?\.\. ?({DURATION_PATTERN})")
_SHARE: Final = re.compile(rf"({NUMBER_PATTERN}) ?%")


def parse_duration(text: str) -> Milliseconds:
    """A duration with its unit (`ms s m h d`) in ms; ValueError for anything else."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a duration (2s)")
    number, unit = match.groups()
    return Milliseconds(float(Decimal(number) * _UNITS[unit]))


def format_duration(value: Milliseconds) -> str:
    """The shortest way to write it in s or ms; reading it gives the same value again."""
    whole_seconds = value >= 1000 and value % 1000 == 0
    return f"{format_decimal(value / 1000)}s" if whole_seconds else f"{format_decimal(value)}ms"


def parse_range(text: str) -> tuple[Milliseconds, Milliseconds]:
    """`2s..6s` as two durations, `2s` as twice the same; ValueError for anything else."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        duration = parse_duration(text)
        return duration, duration
    low, high = (parse_duration(end) for end in match.groups())
    if low > high:
        raise ValueError(f"the range {text!r} begins above its end")
    return low, high


def parse_share(text: str) -> float:
    """`5%` as 0.05; ValueError for anything else."""
    match = _SHARE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a share (5%)")
    return float(Decimal(match.group(1)) / 100)


def format_share(value: float) -> str:
    """A share in per cent; reading it gives the same value again."""
    return f"{_digits(Decimal(repr(value)) * 100)}%"


def format_decimal(value: float) -> str:
    """A number without exponent that reads back as the same one."""
    return _digits(Decimal(repr(value)))


def _digits(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
