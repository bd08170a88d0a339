"""How numbers are written: units, digits and signs, and rounding that never crosses a line."""

from collections.abc import Iterable
from typing import Final

from rumtest.charts.data import Kind

__all__ = [
    "NEGLIGIBLE",
    "change_range",
    "change_text",
    "count_text",
    "limit_text",
    "pair_text",
    "percent_digits",
    "percent_range",
    "percent_text",
    "value_range",
    "value_text",
]

SPACE: Final = "\u00a0"  # keeps a number and its unit on one line
MINUS: Final = "\u2212"
# More digits than any measurement here has; ends the search for one that stays on its side of a
# line.
MOST_DIGITS: Final = 9
# The comparison moves the ends of an interval outwards by 1e-5 of the unit to close it over ties.
NEGLIGIBLE: Final = 2e-5
UNKNOWN: Final = "unknown"


def value_text(value: float | None, kind: Kind, *, lines: Iterable[float] = ()) -> str:
    """The value with its unit; on the same side of every line as the value itself."""
    if value is None:
        return UNKNOWN
    if kind == "ms":
        return _time_text(value, tuple(lines))
    number, unit = _with_unit(value, kind, tuple(lines))
    return f"{number}{unit}"


def change_text(value: float | None, kind: Kind, *, lines: Iterable[float] = ()) -> str:
    """The difference with sign and unit, in ms below a second.

    Never rounded to zero or over a line.
    """
    if value is None:
        return UNKNOWN
    number, unit = _signed(value, kind, (0.0, *lines))
    return f"{number}{unit}"


def change_range(low: float | None, high: float | None, kind: Kind) -> str:
    """Both ends of a difference's interval with the unit once where it is the same."""
    return _between(
        None if low is None else _signed(low, kind, (0.0,)),
        None if high is None else _signed(high, kind, (0.0,)),
    )


def value_range(
    low: float | None, high: float | None, kind: Kind, *, lines: Iterable[float] = ()
) -> str:
    """Both ends of a value's interval; an end that the loads cannot give is said to be open."""
    lines = tuple(lines)
    ends = [
        None if end is None else _split(value_text(end, kind, lines=lines)) for end in (low, high)
    ]
    return _between(ends[0], ends[1])


def percent_text(
    share: float | None,
    *,
    signed: bool = True,
    lines: Iterable[float] = (),
    digits: int | None = None,
) -> str:
    """The share as percent: one decimal below 10, none from there on; lines are shares too."""
    if share is None:
        return UNKNOWN
    return f"{_percent(share, signed, tuple(lines), digits)}{SPACE}%"


def percent_range(
    low: float | None,
    high: float | None,
    estimate: float | None,
    *,
    lines: Iterable[float] = (0.0,),
) -> str:
    """An interval in percent with its estimate's digits, or more where a line is near."""
    lines = tuple(lines)
    digits = None if estimate is None else percent_digits(estimate)
    ends = [
        None if end is None else (_percent(end, True, lines, digits), f"{SPACE}%")
        for end in (low, high)
    ]
    return _between(ends[0], ends[1])


def limit_text(value: float, kind: Kind) -> str:
    """A limit as somebody wrote it: exact, without trailing zeros, seconds from a second on."""
    if kind == "ms":
        if value >= 1000:
            return f"{_bare(value / 1000)}{SPACE}s"
        return f"{_bare(value)}{SPACE}ms"
    if kind == "share":
        return f"{_bare(value * 100)}{SPACE}%"
    if kind == "byte":
        return value_text(value, kind)
    return _bare(value)


def count_text(value: float) -> str:
    """A whole number with commas between thousands."""
    return f"{value:,.0f}".replace("-", MINUS)


def _bare(value: float) -> str:
    return f"{value:.10g}"


def _split(text: str) -> tuple[str, str]:
    """A written value as number and unit; a text of several units stays whole."""
    number, space, unit = text.partition(SPACE)
    if SPACE in unit:
        return text, ""
    return number, f"{space}{unit}"


def _between(low: tuple[str, str] | None, high: tuple[str, str] | None) -> str:
    if low is None and high is None:
        return "no interval"
    if low is None and high is not None:
        return f"at most {high[0]}{high[1]}"
    if high is None and low is not None:
        return f"at least {low[0]}{low[1]}"
    assert low is not None
    assert high is not None
    if low == high:
        return f"{low[0]}{low[1]}"
    unit = "" if low[1] == high[1] else low[1]
    return f"{low[0]}{unit} to {high[0]}{high[1]}"


def _rounded(value: float, digits: int, lines: tuple[float, ...]) -> str:
    """The number with as many digits as keep it on its side of every line it does not lie on."""
    lines = tuple(line for line in lines if line != value)
    for more in range(digits, MOST_DIGITS):
        text = f"{value:.{more}f}"
        if all(_side(float(text), line) == _side(value, line) for line in lines):
            return text
    return f"{value:.{MOST_DIGITS}g}"


def _side(value: float, line: float) -> int:
    return (value > line) - (value < line)


def _time_text(value: float, lines: tuple[float, ...]) -> str:
    size = abs(value)
    if size >= 59_950:
        minutes, seconds = divmod(round(size / 1000), 60)
        return _minus(f"{'-' if value < 0 else ''}{minutes}{SPACE}min {seconds}{SPACE}s")
    number, unit = _with_unit(value, "ms", lines)
    return f"{number}{unit}"


def _with_unit(value: float, kind: Kind, lines: tuple[float, ...]) -> tuple[str, str]:
    factor, digits, unit = _scale_of(abs(value), kind)
    scaled = tuple(line / factor for line in lines)
    text = _rounded(value / factor, digits, scaled)
    if kind == "count":
        whole, point, rest = text.partition(".")
        text = f"{int(whole):,}{point}{rest}"
    return _minus(text), f"{SPACE}{unit}" if unit else ""


def _signed(value: float, kind: Kind, lines: tuple[float, ...]) -> tuple[str, str]:
    value = _felt(value)
    if kind == "share":
        number, unit = _minus(_rounded(value * 100, 1, tuple(i * 100 for i in lines))), "points"
        return _plus(number, value), f"{SPACE}{unit}"
    number, unit_text = _with_unit(value, kind, lines)
    return _plus(number, value), unit_text


def _felt(difference: float) -> float:
    """The difference, or zero where it is nothing but the closing of an interval's end."""
    return 0.0 if abs(difference) <= NEGLIGIBLE else difference


def _plus(number: str, value: float) -> str:
    if value > 0:
        return f"+{number}"
    return number if value < 0 else f"±{number.lstrip(MINUS)}"


def _minus(text: str) -> str:
    return text.replace("-", MINUS)


def _scale_of(size: float, kind: Kind) -> tuple[float, int, str]:
    """The factor, the decimals and the unit that a size is written with."""
    if kind == "ms":
        # The bounds are where rounding would show four digits, so 999.6 ms reads 1.00 s.
        if size < 999.5:
            return 1.0, 0, "ms"
        return 1000.0, 2 if size < 9_995 else 1, "s"
    if kind == "byte":
        if size < 999.5:
            return 1.0, 0, "B"
        if size < 999_500:
            whole = size >= 9_950 or abs(size - round(size, -3)) < 50
            return 1e3, 0 if whole else 1, "kB"
        return 1e6, 1, "MB"
    if kind == "shift":
        return 1.0, 0 if size == 0 else 3 if size < 0.1 else 2, ""
    if kind == "share":
        return 0.01, 1 if 0 < size < 0.0995 else 0, "%"
    return 1.0, 0 if float(size).is_integer() else 1, ""


def pair_text(before: float | None, after: float | None, kind: Kind) -> str:
    """Two values of a change with the unit once where it is the same: "84 → 212 kB"."""
    one, two = _split(value_text(before, kind)), _split(value_text(after, kind))
    return f"{one[0]}{'' if one[1] == two[1] else one[1]} → {two[0]}{two[1]}"


def percent_digits(share: float) -> int:
    """How many decimals a percentage of this size has."""
    return 1 if abs(share) < 0.0995 else 0


def _percent(share: float, signed: bool, lines: tuple[float, ...], digits: int | None) -> str:
    share = _felt(share)
    wanted = percent_digits(share) if digits is None else digits
    text = _minus(_rounded(share * 100, wanted, tuple(line * 100 for line in lines)))
    if not signed:
        return text
    return _plus(text, share)
