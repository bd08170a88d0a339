"""The sentences behind a verdict, in numbers people read."""

import math

from rumtest.metric import Metric

__all__ = ["amount", "plural", "share", "signed_amount", "signed_share", "span"]

# Before a unit stands a no-break space, and a minus is a minus.
_SPACE = "\u00a0"
_MINUS = "\u2212"
# A number that rounds onto a line it is not on gets more digits, three at most.
_MORE_DIGITS = 3


def amount(value: float, metric: Metric, *, line: float | None = None) -> str:
    """A value with its unit; rounding never takes it onto or across `line`."""
    if metric.unit == "ms":
        return _time(value, line)
    if metric.unit == "byte":
        return f"{_rounded(value / 1000, 0, _scaled(line, 1000))}{_SPACE}kB"
    digits = 3 if abs(value) < 0.1 else 2
    if float(value).is_integer():
        digits = 0
    return _rounded(value, digits, line)


def signed_amount(value: float, metric: Metric) -> str:
    """A difference with its sign and unit."""
    return _signed(value, amount(abs(value), metric))


def share(value: float) -> str:
    """A share as a percentage: one decimal below 10, none from there up."""
    percent = abs(value) * 100
    return f"{_rounded(percent, 1 if percent < 10 else 0, None)}{_SPACE}%"


def signed_share(value: float) -> str:
    """A relative change with its sign."""
    return _signed(value, share(value))


def span(low: float, high: float, metric: Metric, *, relative: bool) -> str:
    """What an interval means: "from 8 % faster to 18 % slower"."""
    down, up = ("faster", "slower") if metric.unit == "ms" else ("lower", "higher")
    if not metric.lower_is_better:
        down, up = ("lower", "higher")

    def size(value: float) -> str:
        return share(value) if relative else amount(abs(value), metric)

    if low < 0 < high:
        return f"from {size(low)} {down} to {size(high)} {up}"
    near, far = sorted((abs(low), abs(high)))
    return f"from {size(near)} to {size(far)} {up if low >= 0 else down}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """The count with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def _time(value: float, line: float | None) -> str:
    if abs(value) < 1000:
        # Below 10 ms a whole number would hide most of a difference.
        return f"{_rounded(value, 0 if abs(value) >= 10 else 1, line)}{_SPACE}ms"
    digits = 2 if abs(value) < 10_000 else 1
    return f"{_rounded(value / 1000, digits, _scaled(line, 1000))}{_SPACE}s"


def _scaled(line: float | None, by: float) -> float | None:
    return None if line is None else line / by


def _rounded(value: float, digits: int, line: float | None) -> str:
    text = ""
    for more in range(_MORE_DIGITS + 1):
        text = f"{value:.{digits + more}f}"
        if line is None or _side(float(text), line) == _side(value, line):
            break
    if digits == 1 and text.endswith(".0"):
        text = text[:-2]
    return text.replace("-", _MINUS)


def _side(value: float, line: float) -> float:
    return 0.0 if value == line else math.copysign(1.0, value - line)


def _signed(value: float, text: str) -> str:
    if value == 0:
        return text
    return f"{'+' if value > 0 else _MINUS}{text}"
