"""How often a journey is measured, and how long anything may take."""

from typing import Final

from rumtest.metric import Milliseconds
from rumtest.scenario.containers import ListOf
from rumtest.scenario.model import Sampling, Timeouts
from rumtest.scenario.quantity import DURATION_PATTERN, format_duration, parse_duration
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Choice, Parsed, Whole
from rumtest.scenario.shape import At, Bad

__all__ = ["SAMPLING", "TIMEOUTS"]

# More loads than this take days; each is a real page load in a real browser.
MOST_ITERATIONS: Final = 1000
_LONGEST_WAIT: Final = 86_400_000


def _iterations(given: Given, at: At) -> tuple[int, int] | Bad:
    usual = Sampling()
    low, high = given["min"], given["max"]
    # With one end alone the other gives way, so that `{max: 5}` is no mistake.
    if low is None:
        low = usual.min if high is None else min(usual.min, high)
    if high is None:
        high = max(usual.max, low)
    if low > high:
        spot = given.nodes["max"].spot
        return at.bad(spot, "bad-value", f"max ({high}) is less than min ({low})")
    return low, high


def _sampling(given: Given, at: At) -> Sampling:
    low, high = given["iterations"] or (Sampling().min, Sampling().max)
    return Sampling(low, high, given["warmup"], given["cache"], given["until"])


_COUNT: Final = Whole(1, MOST_ITERATIONS)
SAMPLING: Final = Record(
    keys={
        "iterations": Key(
            Record(
                keys={
                    "min": Key(_COUNT, "loads, or pairs, at the first look", None, "10, or `max`"),
                    "max": Key(_COUNT, "loads, or pairs, at the last look", None, "50, or `min`"),
                },
                build=_iterations,
                words="a mapping with `min` and `max`",
            ),
            "how many times a journey is measured",
        ),
        "warmup": Key(
            Whole(0, 100),
            "loads before measuring, after each start of a server",
            Sampling().warmup,
        ),
        "cache": Key(
            ListOf(
                Choice(("cold", "warm")), "a list of `cold`, `warm`", unique=("cache state", str)
            ),
            "cold: nothing cached; warm: the page was loaded once before",
            list(Sampling().cache),
        ),
        "until": Key(
            Choice(("screened", "decided")),
            "whether to stop where nothing looks slower, or only when every gate is decided",
            Sampling().until,
        ),
    },
    build=_sampling,
    words="sampling ({iterations: {min: 10, max: 50}})",
)


def _wait(text: str) -> Milliseconds:
    value = parse_duration(text)
    if not 0 < value <= _LONGEST_WAIT:
        raise ValueError(f"{text!r} is not a time to wait; give more than nothing and at most 24h")
    return value


def _timeouts(given: Given, _at: At) -> Timeouts:
    return Timeouts(given["expect"], given["step"], given["iteration"])


_WAIT: Final = Parsed("a duration (10s)", _wait, DURATION_PATTERN)
TIMEOUTS: Final = Record(
    keys={
        "expect": Key(_WAIT, "each of `expect` and `until`", format_duration(Timeouts().expect)),
        "step": Key(_WAIT, "a whole step", format_duration(Timeouts().step)),
        "iteration": Key(_WAIT, "a whole iteration", format_duration(Timeouts().iteration)),
    },
    build=_timeouts,
    words="time limits ({step: 30s})",
)
