"""Causes in words: a title for the card, a line for the summary, and the evidence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rumtest.charts.sentence import Sentence, Span, code, join, name, sentence, strong
from rumtest.report.numbers import change_range, change_text, value_text
from rumtest.report.parts import PartChange
from rumtest.report.resources import ResourceChange
from rumtest.report.view import Cause, Estimate, MetricView, ResourceRow

__all__ = [
    "Explained",
    "element_cause",
    "part_cause",
    "resource_cause",
    "resource_row",
    "script_cause",
    "shift_cause",
    "ttfb_cause",
]


@dataclass(frozen=True, slots=True)
class Explained:
    """A cause with its card title, its one-line form, and a weight to rank it among its like."""

    cause: Cause
    title: Sentence
    brief: Sentence
    weight: float


def resource_cause(change: ResourceChange, *, main: bool, worse: bool) -> Explained:
    """A request that differs.

    Exact only where the very resource the metric waits for grew (or shrank) with it.
    """
    grew = (change.head_size or 0) > (change.base_size or 0)
    told = main and change.exact and change.what == "size" and grew == worse
    confidence: Literal["exact", "possible"] = "exact" if told else "possible"
    kind: Literal["exact counter", "timing", "possible"] = "exact counter" if told else "possible"
    if change.what == "time":
        kind = "timing"
    what = resource_sentence(change)
    weight = abs(change.effect.value) if change.effect else 0.0
    weight += abs((change.head_size or 0) - (change.base_size or 0)) / 1000
    return Explained(
        Cause(what, kind, confidence, _evidence_of(change, main=main), change.effect),
        title=what,
        brief=sentence(what, "."),
        weight=weight + (1e6 if main else 0),
    )


def _evidence_of(change: ResourceChange, *, main: bool) -> Sentence:
    bits: list[Sentence] = []
    if main:
        bits.append(sentence("the resource of the largest element"))
    if change.was != change.name:
        bits.append(sentence("was ", name(change.was)))
    if change.what == "size" and change.exact:
        bits.append(sentence("the same in every load of each side"))
    if change.what == "new":
        bits.append(sentence(f"in every load of head, from {value_text(change.start, 'ms')} on"))
    if change.what == "gone":
        bits.append(sentence("in every load of base, in none of head"))
    if change.blocking:
        bits.append(sentence("blocks the first paint"))
    elif change.what in ("new", "gone"):
        bits.append(sentence("its effect is not separable here"))
    if change.what == "time" and change.effect:
        ends = change_range(change.effect.low, change.effect.high, "ms")
        bits.append(sentence(f"interval {ends}, corrected for all requests looked at"))
    return join(bits, "; ")


def resource_row(change: ResourceChange) -> ResourceRow:
    """The same change as a row of the page's evidence."""
    tag: Literal["exact counter", "timing"] = (
        "timing" if change.what == "time" else "exact counter"
    )
    return ResourceRow(change.name, resource_sentence(change), tag)


def resource_sentence(change: ResourceChange) -> Sentence:
    """How the request differs, with its name first."""
    what = name(change.name)
    if change.what == "new":
        return sentence(what, " is new", _size_in_brackets(change.head_size))
    if change.what == "gone":
        return sentence(what, " is gone", _size_in_brackets(change.base_size))
    if change.what == "size":
        before, after = value_text(change.base_size, "byte"), value_text(change.head_size, "byte")
        grew = (change.head_size or 0) > (change.base_size or 0)
        verb = "grew" if grew else "shrank"
        return sentence(what, f" {verb} from ", strong(before), " to ", strong(after))
    effect = change.effect
    amount = effect.value if effect else 0.0
    size = value_text(abs(amount), "ms", lines=(0.0,))
    return sentence(
        what,
        " takes ",
        strong(size),
        " longer" if amount > 0 else " less",
    )


def _size_in_brackets(size: float | None) -> str:
    return f" ({value_text(size, 'byte')})" if size else ""


def element_cause(before: str, after: str, count: int, total: int) -> Explained:
    """The largest element is another one."""
    what = sentence("The largest element is now ", code(after), ", was ", code(before))
    more = sentence(f"in {_loads(count, total)} of head, in none of base")
    return Explained(
        Cause(what, "exact counter", "exact", more),
        title=sentence("the largest element is another one"),
        brief=sentence("The largest element is now ", code(after), "."),
        weight=1e6,
    )


def shift_cause(before: str, after: str, count: int, total: int) -> Explained:
    """The largest layout shift is of another element, or there was none before."""
    was = sentence(", was of ", code(before)) if before else sentence("; base had no shift")
    what = sentence("The largest shift is now of ", code(after), was)
    more = sentence(f"in {_loads(count, total)} of head, in none of base")
    return Explained(
        Cause(what, "possible", "possible", more),
        title=sentence("another element shifts"),
        brief=sentence("The largest shift is of ", code(after), "."),
        weight=1e6,
    )


def part_cause(
    part: PartChange,
    others: Sequence[PartChange],
    metric: MetricView,
    resource: str,
    *,
    likely: bool,
) -> Explained:
    """A part of the metric that moved beyond its noise."""
    effect = part.effect
    assert effect is not None
    change = change_text(effect.value, metric.kind)
    within = max((abs(o.effect.value) for o in others if o.effect), default=None)
    still = ""
    if within is not None:
        names = _list([other.name for other in others])
        # Rounded up, or "within" would not hold.
        bound = math.ceil(within) if metric.kind == "ms" else within
        still = f"; {names} within ±{value_text(bound, metric.kind)}"
    what = sentence(f"{metric.label} {part.name} ", strong(change), still)
    more = sentence("95 % interval ", change_range(effect.low, effect.high, metric.kind))
    longer = effect.value > 0
    size = value_text(abs(effect.value), metric.kind, lines=(0.0,))
    return Explained(
        Cause(what, "timing", "likely" if likely else "possible", more, effect),
        title=_part_title(part, resource, longer=longer),
        brief=sentence(
            _part_gerund(part, metric, resource),
            f" takes {size} ",
            "longer." if longer else "less.",
        ),
        weight=abs(effect.value),
    )


def _part_title(part: PartChange, resource: str, *, longer: bool) -> Sentence:
    thing: Span | str = name(resource) if resource else "the main content"
    later = "later" if longer else "earlier"
    titles = {
        "load_duration": sentence(thing, " takes longer" if longer else " takes less", " to load"),
        "load_delay": sentence(thing, f" starts to load {later}"),
        "render_delay": sentence(thing, f" is painted {later}"),
        "ttfb": sentence(f"the server answers {later}"),
        "request": sentence(f"the server answers {later}"),
    }
    return titles.get(
        part.key, sentence(f"{part.name} {'takes longer' if longer else 'takes less time'}")
    )


def _part_gerund(part: PartChange, metric: MetricView, resource: str) -> Sentence:
    thing: Span | str = name(resource) if resource else "the main content"
    words = {
        "load_duration": sentence("Loading ", thing),
        "load_delay": sentence("Coming to load ", thing),
        "render_delay": sentence("Painting ", thing),
        "ttfb": sentence("The server’s first byte"),
        "request": sentence("The server’s first byte"),
    }
    return words.get(part.key, sentence(f"{metric.label} {part.name}"))


def ttfb_cause(effect: Estimate, *, likely: bool) -> Explained:
    """The first byte came later, and with it everything after."""
    longer = effect.value > 0
    what = sentence("TTFB ", strong(change_text(effect.value, "ms")))
    more = sentence("95 % interval ", change_range(effect.low, effect.high, "ms"))
    size = value_text(abs(effect.value), "ms", lines=(0.0,))
    return Explained(
        Cause(what, "timing", "likely" if likely else "possible", more, effect),
        title=sentence(f"the server answers {'later' if longer else 'earlier'}"),
        brief=sentence(f"The server’s first byte takes {size} {'longer' if longer else 'less'}."),
        weight=abs(effect.value),
    )


def script_cause(
    script: str, before: float, after: float, effect: Estimate, *, likely: bool
) -> Explained:
    """A script that ran longer in long frames."""
    longer = effect.value > 0
    size = value_text(abs(effect.value), "ms", lines=(0.0,))
    said = sentence(name(script), " runs ", strong(size), " longer" if longer else " less")
    more = sentence(
        f"in long frames: {value_text(before, 'ms')} → {value_text(after, 'ms')}, "
        f"95 % interval {change_range(effect.low, effect.high, 'ms')}"
    )
    return Explained(
        Cause(said, "timing", "likely" if likely else "possible", more, effect),
        title=sentence(name(script), " runs longer" if longer else " runs less long"),
        brief=sentence(said, "."),
        weight=abs(effect.value),
    )


def _loads(count: int, total: int) -> str:
    return f"all {total} loads" if count == total else f"{count} of {total} loads"


def _list(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
