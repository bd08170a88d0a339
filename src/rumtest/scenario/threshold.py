"""The expression of a threshold: `p75 < 2500ms`, `rate < 1%`, `count == 0`."""

import re
from decimal import Decimal
from typing import Final, cast

from rumtest.errors import Place
from rumtest.metric import Metric, Milliseconds, Unit, metric_of
from rumtest.scenario.model import Aggregation, Operator, Threshold
from rumtest.scenario.quantity import (
    DURATION_PATTERN,
    NUMBER_PATTERN,
    SHARE_PATTERN,
    format_decimal,
    format_duration,
    format_share,
    parse_duration,
    parse_share,
)

__all__ = ["COUNTED", "format_threshold", "parse_threshold", "threshold_pattern"]

# What is counted per load; only of these is it meaningful to ask how many loads had any.
COUNTED: Final = frozenset({"errors"})

_BYTES: Final = {"B": 1, "kB": 1000, "MB": 1_000_000}
_EXPRESSION: Final = re.compile(r"(\S+?) *(<=|>=|==|<|>|=) *(\S.*)")
_QUANTILE: Final = re.compile(r"p([0-9]{1,2}(?:\.[0-9]{1,3})?)")
_MEANS: Final = frozenset({"mean", "avg", "average"})
_EXTREMES: Final = frozenset({"max", "min"})


def parse_threshold(metric: str, text: str, place: Place) -> Threshold:
    """The expression as a threshold of that metric; ValueError says what is wrong with it."""
    match = _EXPRESSION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a threshold ({_example(metric_of(metric))})")
    how, operator, limit_text = match.groups()
    if operator == "=":
        raise ValueError(f"`=` in {text!r} is not a comparison; did you mean `==`?")
    aggregation, quantile = _aggregation(how, metric)
    if operator == "==" and aggregation != "count":
        raise ValueError(f"`==` in {text!r} can only be kept by a count; write `<` or `<=`")
    limit = _limit(metric_of(metric), aggregation, limit_text)
    _refuse_senseless(aggregation, operator, limit, text)
    return Threshold(
        metric=metric,
        aggregation=aggregation,
        operator=cast("Operator", operator),
        limit=limit,
        text=text.strip(),
        place=place,
        quantile=quantile,
    )


def format_threshold(threshold: Threshold) -> str:
    """The expression in its plainest form; parsing it gives the same promise again."""
    unit = metric_of(threshold.metric).unit
    operator = threshold.operator
    match threshold.aggregation:
        case "quantile":
            quantile = format_share(threshold.quantile or 0.0)[:-1]
            return f"p{quantile} {operator} {_format_limit(threshold.limit, unit)}"
        case "rate":
            return f"rate {operator} {format_share(threshold.limit)}"
        case "count":
            return f"count {operator} {format_decimal(threshold.limit)}"


def threshold_pattern(metric: Metric) -> str:
    """The expressions that are right for the metric, as a pattern for editors."""
    limit = {
        "ms": DURATION_PATTERN,
        "1": NUMBER_PATTERN,
        "byte": NUMBER_PATTERN + r" ?(?:B|kB|MB)",
    }
    values = rf"(?:p[0-9]{{1,2}}(?:\.[0-9]{{1,3}})?|median) *(?:<=?|>=?) *{limit[metric.unit]}"
    if metric.name not in COUNTED:
        return values
    return rf"{values}|rate *(?:<=?|>=?) *{SHARE_PATTERN}|count *(?:<=?|>=?|==) *{NUMBER_PATTERN}"


def _aggregation(how: str, metric: str) -> tuple[Aggregation, float | None]:
    if how == "median":
        return "quantile", 0.5
    quantile = _QUANTILE.fullmatch(how)
    if quantile and Decimal(quantile.group(1)) > 0:
        return "quantile", float(Decimal(quantile.group(1)) / 100)
    if how in ("rate", "count"):
        if metric not in COUNTED:
            counted = ", ".join(sorted(COUNTED))
            raise ValueError(f"`{how}` is for what is counted ({counted}); for {metric} write p75")
        return ("rate", None) if how == "rate" else ("count", None)
    if how in _MEANS:
        raise ValueError(
            f"`{how}` is not offered: one slow load moves it; write median or p75 instead"
        )
    if how in _EXTREMES:
        raise ValueError(
            f"`{how}` is not offered: it is a single load, and grows with their number; write p95"
        )
    raise ValueError(f"{how!r} is not one of p1 to p99.9, median, rate, count")


def _limit(metric: Metric, aggregation: Aggregation, text: str) -> float:
    if aggregation == "rate":
        return parse_share(text)
    if aggregation == "count":
        return _bare(text, f"a count is a plain number, not {text!r}")
    limit = _amount(metric, text)
    if limit > metric.plausible[1]:
        most = _format_limit(metric.plausible[1], metric.unit)
        raise ValueError(f"no {metric.name} is ever above {most}, so {text!r} promises nothing")
    return limit


def _amount(metric: Metric, text: str) -> float:
    match metric.unit:
        case "ms":
            return _time(metric, text)
        case "1":
            return _bare(text, f"{metric.name} has no unit; write a plain number, not {text!r}")
        case "byte":
            return _bytes(text)


def _time(metric: Metric, text: str) -> float:
    try:
        return parse_duration(text)
    except ValueError:
        bare = re.fullmatch(NUMBER_PATTERN, text)
        hint = f"write {text}ms" if bare else f"write it like {_format_limit(2500, 'ms')}"
        raise ValueError(
            f"{metric.name} is a time, {text!r} has no unit of time; {hint}"
        ) from None


def _bare(text: str, wrong: str) -> float:
    if re.fullmatch(NUMBER_PATTERN, text) is None:
        raise ValueError(wrong)
    return float(text)


def _bytes(text: str) -> float:
    match = re.fullmatch(rf"({NUMBER_PATTERN}) ?(B|kB|MB)", text)
    if match is None:
        raise ValueError(f"{text!r} is not a size (200kB)")
    return float(Decimal(match.group(1)) * _BYTES[match.group(2)])


def _refuse_senseless(aggregation: Aggregation, operator: str, limit: float, text: str) -> None:
    if operator == "<" and limit == 0:
        raise ValueError(f"nothing is below zero, so {text!r} cannot be kept")
    if operator == ">=" and limit == 0:
        raise ValueError(f"nothing is below zero, so {text!r} promises nothing")
    if aggregation == "rate" and limit > 1:
        raise ValueError(f"a share is at most 100%, so {text!r} promises nothing")


def _format_limit(limit: float, unit: Unit) -> str:
    match unit:
        case "ms":
            return format_duration(Milliseconds(limit))
        case "1":
            return format_decimal(limit)
        case "byte":
            return f"{format_decimal(limit)}B"


def _example(metric: Metric) -> str:
    if metric.name in COUNTED:
        return "count == 0"
    limit = 2500.0 if metric.good is None else metric.good
    return f"p75 < {_format_limit(limit, metric.unit)}"
