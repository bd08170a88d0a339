"""The sentence above each chart: what its data show, worked out from them."""

from collections.abc import Sequence
from statistics import fmean, median

from rumtest.charts.data import Kind, WaterfallRow
from rumtest.charts.sentence import Sentence, name, sentence
from rumtest.report.numbers import change_text, count_text, limit_text, percent_text, value_text
from rumtest.report.parts import PartChange
from rumtest.report.resample import Band
from rumtest.report.resources import ResourceChange
from rumtest.report.view import MetricView
from rumtest.report.wording_terms import direction, times

__all__ = [
    "any_two_heading",
    "few_heading",
    "limit_heading",
    "order_heading",
    "pairs_heading",
    "parts_heading",
    "requests_heading",
    "shift_heading",
    "waterfall_heading",
]

# A correlation of order and difference beyond this many standard errors is called drift: about 1
# in 20 by chance.
DRIFT_ERRORS = 1.96
# Fewer pairs cannot tell a spell from chance.
FEWEST_FOR_SPELLS = 9
# A spell carries the change when without it less than this share of its mean is left.
SPELL_LEAVES = 1 / 3
# Differences this near the overall one, in shares of it, are called alike.
ALIKE = 0.35


def pairs_heading(metric: MetricView, differences: Sequence[float]) -> Sentence:
    """Which side was slower in how many pairs; the larger group names the sentence."""
    total = len(differences)
    above = sum(1 for value in differences if value > 0)
    below = sum(1 for value in differences if value < 0)
    if not above and not below:
        return sentence(f"Head and base were equal in {_all_of(total, 'pair')}")
    more = above >= below
    count = above if more else below
    counted = _all_of(total, "pair") if count == total else f"{count} of {total} pairs"
    return sentence(f"Head was {direction(metric, more=more)} in {counted}")


def any_two_heading(metric: MetricView, base: Sequence[float], head: Sequence[float]) -> Sentence:
    """For sides without pairs: how often a load of head is above one of base (ties count half)."""
    wins = sum((b < h) + (b == h) / 2 for b in base for h in head)
    share = wins / (len(base) * len(head))
    if share == 0.5:
        return sentence("Of any two loads, head’s was as often slower as faster")
    more = share > 0.5
    told = percent_text(share if more else 1 - share, signed=False, lines=(0.5, 1.0), digits=0)
    return sentence(
        f"Of any two loads, head’s was {direction(metric, more=more)} {told} of the time"
    )


def few_heading(loads: int, smallest_visible: float | None, *, paired: bool) -> Sentence:
    """What so few loads can show at all."""
    what = _plural(loads, "pair" if paired else "load")
    if smallest_visible is None:
        return sentence(f"{what} {'is' if loads == 1 else 'are'} too few to show a change")
    visible = percent_text(smallest_visible, signed=False)
    return sentence(f"{what} can show only changes from {visible} up")


def limit_heading(values: Sequence[float], limit: float | None, kind: Kind) -> Sentence:
    """For one side alone: how many loads are above the limit, or where the loads lie."""
    total = len(values)
    if limit is None:
        low, high = value_text(min(values), kind), value_text(max(values), kind)
        return sentence(f"{_all_of(total, 'load').capitalize()} lie between {low} and {high}")
    above = sum(1 for value in values if value > limit)
    told = limit_text(limit, kind)
    if not above:
        return sentence(f"{_all_of(total, 'load').capitalize()} keep within {told}")
    if above == total:
        return sentence(f"{_all_of(total, 'load').capitalize()} are above {told}")
    return sentence(
        f"{count_text(above)} of {_plural(total, 'load')} {_is(above)} above the limit of {told}"
    )


def order_heading(
    metric: MetricView, differences: Sequence[float], pair_numbers: Sequence[int]
) -> Sentence:
    """Whether the difference drifts over the run, sits in one spell, or stands all along."""
    kind = metric.kind
    half = len(differences) // 2
    if len(differences) >= FEWEST_FOR_SPELLS and abs(_trend(differences)) > DRIFT_ERRORS:
        first, last = median(differences[:half]), median(differences[-half:])
        return sentence(
            f"It drifts: {change_text(first, kind)} in the first half of the pairs, "
            f"{change_text(last, kind)} in the second"
        )
    spell = _spell(differences)
    if spell is not None:
        start, end, rest = spell
        first, last = pair_numbers[start] + 1, pair_numbers[end] + 1
        which = f"pairs {first} to {last}" if end > start else f"pair {first} alone"
        return sentence(
            f"Mostly one spell: {which}; the others show {change_text(rest, kind)} on average"
        )
    if len(differences) < FEWEST_FOR_SPELLS:
        return sentence(
            f"{_plural(len(differences), 'pair')}, too few to tell a spell from chance"
        )
    return sentence("All along: no drift from the first pair to the last")


def shift_heading(metric: MetricView, band: Band) -> Sentence:
    """Whether fast and slow loads changed alike, or one end more; only what the band bears out."""
    middle = median(band.difference)
    covered = all(low <= middle <= high for low, high in zip(band.low, band.high, strict=True))
    alike = all(abs(value - middle) <= ALIKE * abs(middle) for value in band.difference)
    verb = "slowed" if metric.kind == "ms" else "rose"
    if middle < 0:
        verb = "sped up" if metric.kind == "ms" else "fell"
    if covered and alike and middle and _sure(band):
        return sentence(f"Fast and slow loads {verb} alike")
    tail = _tail(band)
    if tail is not None:
        last_quiet, first_loud = tail
        at = [first_loud, len(band.percentiles) - 1]
        told = ", ".join(
            f"{change_text(band.difference[i], metric.kind)} at {_p(band.percentiles[i])}"
            for i in dict.fromkeys(at)
        )
        return sentence(f"Nothing sure up to {_p(band.percentiles[last_quiet])}; {told}")
    ends = (
        f"{change_text(band.difference[0], metric.kind)} at {_p(band.percentiles[0])}",
        f"{change_text(band.difference[-1], metric.kind)} at {_p(band.percentiles[-1])}",
    )
    if band.low[-1] > band.high[0] or band.high[-1] < band.low[0]:
        return sentence(f"Slow loads and fast loads differ: {ends[0]}, {ends[1]}")
    return sentence(f"{ends[0]}, {ends[1]}; the data do not tell them apart")


def parts_heading(
    metric: MetricView, parts: Sequence[PartChange], change: float | None, resource: str
) -> Sentence:
    """Which part carries the change, and how much of it; or that none stands out."""
    moved = [part for part in parts if part.moved and part.effect]
    if not moved:
        return sentence("No part moved beyond the noise")
    main = max(moved, key=lambda part: abs(part.effect.value) if part.effect else 0.0)
    amount = main.effect.value if main.effect else 0.0
    size = value_text(abs(amount), metric.kind, lines=(0.0,))
    said = sentence(_part_subject(main, resource), f" takes {size} ", _longer(amount))
    if change and (amount > 0) == (change > 0):
        share = amount / change
        if share <= 1.05:
            return sentence(said, f": {percent_text(min(share, 1.0), signed=False)} of the change")
        return sentence(said, ", more than the whole change")
    return said


def _part_subject(part: PartChange, resource: str) -> Sentence:
    thing = sentence(name(resource)) if resource else sentence("the main content")
    return {
        "load_duration": sentence("Loading ", thing),
        "load_delay": sentence("Starting to load ", thing),
        "render_delay": sentence("Painting ", thing, " once it is there" if resource else ""),
        "ttfb": sentence("The first byte"),
    }.get(part.key, sentence(f"The part “{part.name}”"))


def waterfall_heading(changes: Sequence[ResourceChange], rows: int) -> Sentence:
    """What differs between the requests of the two sides, by kind; one change is told by name."""
    if not changes:
        return sentence(f"{_all_of(rows, 'request').capitalize()} are alike on both sides")
    if len({change.name for change in changes}) == 1:
        return sentence(name(changes[0].name), f" {_what(changes[0])}; the rest are alike")
    grew = [c for c in changes if c.what == "size" and (c.head_size or 0) > (c.base_size or 0)]
    shrank = [c for c in changes if c.what == "size" and c not in grew]
    slower = [c for c in changes if c.what == "time" and c.effect and c.effect.value > 0]
    faster = [c for c in changes if c.what == "time" and c not in slower]
    groups = (
        (sum(1 for c in changes if c.what == "new"), "new", "new"),
        (sum(1 for c in changes if c.what == "gone"), "gone", "gone"),
        (len(grew), "larger", "larger"),
        (len(shrank), "smaller", "smaller"),
        (len(slower), "slower", "slower"),
        (len(faster), "faster", "faster"),
    )
    told = [f"{times(count)} {_is(count)} {word}" for count, word, _ in groups if count]
    first = told[0].replace(" ", " request ", 1) if _count(groups) == 1 else None
    first = first or told[0].replace(" ", " requests ", 1)
    text = ", ".join([first, *told[1:]])
    return sentence(text[:1].upper() + text[1:])


def requests_heading(rows: Sequence[WaterfallRow]) -> Sentence:
    """For one side alone: how many requests, and which took longest."""
    timed = [(row.head.duration, row.name) for row in rows if row.head]
    if not timed:
        return sentence(_plural(len(rows), "request"))
    longest, who = max(timed)
    told = value_text(longest, "ms")
    return sentence(f"{_plural(len(rows), 'request')}; ", name(who), f" took longest, {told}")


def _count(groups: Sequence[tuple[int, str, str]]) -> int:
    return next(count for count, _, _ in groups if count)


def _what(change: ResourceChange) -> str:
    if change.what == "new":
        return "is new"
    if change.what == "gone":
        return "is gone"
    if change.what == "size":
        before, after = value_text(change.base_size, "byte"), value_text(change.head_size, "byte")
        return f"went from {before} to {after}"
    amount = change.effect.value if change.effect else 0.0
    return f"takes {value_text(abs(amount), 'ms')} {_longer(amount)}"


def _sure(band: Band) -> bool:
    """Whether most of the band leaves out zero, so that there is a change to speak of."""
    apart = sum(1 for low, high in zip(band.low, band.high, strict=True) if low > 0 or high < 0)
    return apart * 2 > len(band.low)


def _tail(band: Band) -> tuple[int, int] | None:
    """Where the quiet part ends and the tail begins: below, the band holds zero.

    Above, all of it is over zero.
    """
    loud = [low > 0 for low in band.low]
    first = next((i for i, is_loud in enumerate(loud) if is_loud), None)
    if first is None or first * 2 < len(loud) or not all(loud[first:]):
        return None
    quiet = all(
        low <= 0 <= high for low, high in zip(band.low[:first], band.high[:first], strict=True)
    )
    return (first - 1, first) if quiet else None


def _trend(differences: Sequence[float]) -> float:
    """Kendall's rank correlation of order and difference, in standard errors."""
    size = len(differences)
    concordant = sum(
        (differences[j] > differences[i]) - (differences[j] < differences[i])
        for i in range(size)
        for j in range(i + 1, size)
    )
    variance = size * (size - 1) * (2 * size + 5) / 18
    return float(concordant / variance**0.5)


def _spell(differences: Sequence[float]) -> tuple[int, int, float] | None:
    """The fewest pairs in a row, at most a third, without which under a third of it is left.

    Means are compared, since a median would not feel a spell at all.
    """
    size = len(differences)
    overall = fmean(differences)
    if size < FEWEST_FOR_SPELLS or not overall:
        return None
    for width in range(1, size // 3 + 1):
        rests = [
            (fmean([*differences[:start], *differences[start + width :]]), start)
            for start in range(size - width + 1)
        ]
        rest, start = min(rests, key=lambda item: item[0] / overall)
        if rest / overall < SPELL_LEAVES:
            return start, start + width - 1, rest
    return None


def _p(share: float) -> str:
    return f"p{share * 100:g}"


def _longer(amount: float) -> str:
    return "longer" if amount > 0 else "less"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _all_of(count: int, noun: str) -> str:
    return f"the only {noun}" if count == 1 else f"all {_plural(count, noun)}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
