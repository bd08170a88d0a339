"""Tolerances, the smallest change that matters: `{max_increase: 5%, or: 20ms}`."""

from typing import Final

from rumtest.metric import METRICS, Metric, Milliseconds, metric_of
from rumtest.scenario.model import Tolerance
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
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Parsed
from rumtest.scenario.shape import At, Bad

__all__ = ["default_tolerance", "format_tolerance", "tolerance_shape"]

# What people are asked to care about when they say nothing (docs/scenarios.md, *Regression*).
OF_TIMES: Final = Tolerance(relative=0.05, absolute=20.0)
OF_LAYOUT_SHIFT: Final = Tolerance(relative=0.10, absolute=0.02)
OF_SHARES: Final = Tolerance(relative=0.0, absolute=0.01)
OF_BYTES: Final = Tolerance(relative=0.02, absolute=0.0)


def default_tolerance(metric: str) -> Tolerance:
    """The tolerance of a metric for which nothing is said."""
    known = metric_of(metric)
    match known.unit:
        case "ms":
            return OF_TIMES
        case "byte":
            return OF_BYTES
        case "1":
            return OF_LAYOUT_SHIFT if known.name == "cls" else OF_SHARES


def tolerance_shape(metric: str | None) -> Record[Tolerance]:
    """How a tolerance of that metric is written; None stands for any metric in ms."""
    known = METRICS["lcp"] if metric is None else metric_of(metric)
    increase = Parsed("a share (5%)", parse_share, SHARE_PATTERN)
    return Record(
        keys={
            "max_increase": Key(increase, "the share of the base that may be added", None, "0%"),
            "or": Key(_absolute(known), "the amount that may be added if that is more", None, "0"),
        },
        build=_build,
        words=f"a tolerance ({format_tolerance(default_tolerance(known.name), known.name)})",
    )


def format_tolerance(tolerance: Tolerance, metric: str) -> str:
    """A tolerance as it is written; reading it gives the same again."""
    parts = []
    if tolerance.relative:
        parts.append(f"max_increase: {format_share(tolerance.relative)}")
    if tolerance.absolute:
        parts.append(f"or: {_format_absolute(tolerance.absolute, metric_of(metric))}")
    return "{" + ", ".join(parts) + "}"


def _absolute(metric: Metric) -> Parsed[float]:
    if metric.unit == "ms":
        return Parsed("a duration (20ms)", parse_duration, DURATION_PATTERN)
    words = f"a plain number, the unit of {metric.name}"
    return Parsed(words, float_of, NUMBER_PATTERN, terse=True, numbers=True)


def float_of(text: str) -> float:
    """A plain, finite number that is not negative; ValueError for anything else."""
    value = float(text)
    if not 0 <= value <= 1e9:
        raise ValueError(f"{text!r} is not from 0 to 1e9")
    return value


def _format_absolute(value: float, metric: Metric) -> str:
    return format_duration(Milliseconds(value)) if metric.unit == "ms" else format_decimal(value)


def _build(given: Given, at: At) -> Tolerance | Bad:
    tolerance = Tolerance(given["max_increase"] or 0.0, given["or"] or 0.0)
    if tolerance.relative == 0 and tolerance.absolute == 0:
        return at.bad(
            given.spot,
            "bad-value",
            "a tolerance of nothing would call every flicker a regression; "
            "give `max_increase`, `or`, or both",
        )
    return tolerance
