"""The waterfall of one pair.

Requests of both sides matched by URL, what differs told beside them.
"""

from collections.abc import Sequence

from rumtest.charts.data import (
    Standing,
    TableView,
    Timing,
    WaterfallChart,
    WaterfallMark,
    WaterfallRow,
    significant,
)
from rumtest.charts.sentence import plain
from rumtest.report.evidence import Evidence, Loaded, short_url
from rumtest.report.numbers import change_text, pair_text, value_text
from rumtest.report.resources import Entry, ResourceChange, entries_of, match_renamed
from rumtest.report.strangers import clean, cut_middle
from rumtest.report.wording_charts import requests_heading, waterfall_heading

__all__ = ["nearest_median", "waterfall_chart"]

# More rows that are alike than this say nothing new.
MOST_ALIKE = 30
# Above so many requests only what differs and the slowest are shown.
MOST_ROWS = 300
SLOWEST_SHOWN = 20
LONGEST_NAME = 80


def nearest_median(evidence: Evidence) -> tuple[Loaded | None, Loaded | None]:
    """The whole pair whose values are nearest both sides' medians.

    Unpaired, the nearest load of each side.
    """
    base = [load for load in evidence.base if load.view and load.value is not None]
    head = [load for load in evidence.head if load.view and load.value is not None]
    if not head:
        return None, None
    if not evidence.paired or len(evidence.base) != len(evidence.head):
        return _nearest(base), _nearest(head)
    whole = [
        (one, two)
        for one, two in zip(evidence.base, evidence.head, strict=True)
        if one.view and two.view and one.value is not None and two.value is not None
    ]
    if not whole:
        return None, None
    middles = [_middle([pair[side].value or 0.0 for pair in whole]) for side in (0, 1)]
    return min(
        whole,
        key=lambda pair: sum(
            abs((pair[side].value or 0.0) - middles[side]) / (middles[side] or 1.0)
            for side in (0, 1)
        ),
    )


def waterfall_chart(
    base: Loaded | None,
    head: Loaded,
    changes: Sequence[ResourceChange],
    standing: Standing,
) -> WaterfallChart | None:
    """The requests of these two loads; None when head's page view tells of none."""
    rows = _rows(base, head, changes)
    if not rows:
        return None
    differing = [row for row in rows if row.differs]
    shown = _fold(rows)
    heading = waterfall_heading(changes, len(rows)) if base else requests_heading(rows)
    return WaterfallChart(
        heading=heading,
        label=f"{plain(heading)}. {len(rows)} requests, {len(differing)} of them differ.",
        table=_table(rows),
        standing=standing,
        base_name=_load_name("base", base) if base else "",
        head_name=_load_name("head", head),
        rows=tuple(shown),
        marks=tuple(
            WaterfallMark(name, _mark(base, metric), _mark(head, metric))
            for metric, name in (("fcp", "FCP"), ("lcp", "LCP"))
            if _mark(head, metric) is not None or _mark(base, metric) is not None
        ),
        folded=len(rows) - len(shown),
    )


def _rows(
    base: Loaded | None, head: Loaded, changes: Sequence[ResourceChange]
) -> list[WaterfallRow]:
    one = {entry.key: entry for entry in (entries_of(base) if base else ())}
    two = {entry.key: entry for entry in entries_of(head)}
    lone_base = [one[key] for key in one if key not in two]
    lone_head = [two[key] for key in two if key not in one]
    renamed = match_renamed(lone_base, lone_head)
    pairs: list[tuple[Entry | None, Entry | None]] = [
        (one.get(key), entry) for key, entry in two.items() if key not in renamed.values()
    ]
    pairs += [(one[old], two[new]) for old, new in renamed.items()]
    pairs += [(entry, None) for entry in lone_base if entry.key not in renamed]
    pairs.sort(key=lambda pair: min(entry.start for entry in pair if entry))
    by_name: dict[str, list[ResourceChange]] = {}
    for change in changes:
        by_name.setdefault(change.name, []).append(change)
    compared = base is not None
    rows = [_row(a, b, by_name, compared=compared) for a, b in pairs]
    document = _document(base, head)
    return [document, *rows] if document and rows else rows


def _row(
    base: Entry | None,
    head: Entry | None,
    changes: dict[str, list[ResourceChange]],
    *,
    compared: bool,
) -> WaterfallRow:
    entry = head or base
    assert entry is not None
    name = entry.name
    if base and head and base.name != head.name:
        name = f"{base.name} → {head.name}"
    found = changes.get(entry.name, []) if compared else []
    note = _note(found, entry)
    return WaterfallRow(
        name=cut_middle(name, LONGEST_NAME),
        type=entry.type,
        base=_timing(base),
        head=_timing(head),
        note=note,
        differs=bool(found),
    )


def _note(changes: Sequence[ResourceChange], entry: Entry) -> str:
    size = value_text(entry.size, "byte") if entry.size else ""
    notes = []
    for change in changes:
        if change.what in ("new", "gone"):
            notes.append(f"{change.what} · {size}" if size else change.what)
        elif change.what == "size":
            notes.append(pair_text(change.base_size, change.head_size, "byte"))
        elif change.effect is not None:
            notes.append(change_text(change.effect.value, "ms"))
    return ", ".join(notes[:2]) or size


def _document(base: Loaded | None, head: Loaded) -> WaterfallRow | None:
    """The page itself, which resource timing leaves out.

    From the start of the view to its last byte.
    """
    timings = [_page_time(load) if load else None for load in (base, head)]
    if timings[1] is None:
        return None
    url = _page_url(head)
    return WaterfallRow(
        name=cut_middle(clean(short_url(url, url)), LONGEST_NAME),
        type="document",
        base=timings[0],
        head=timings[1],
        note=_page_size(head),
        differs=False,
    )


def _page_time(load: Loaded) -> Timing | None:
    ttfb = load.view.metric("ttfb") if load.view else None
    if ttfb is None:
        return None
    phases = load.beacon.get("phases") or {}
    response = phases.get("response")
    return Timing(0.0, significant(ttfb + (response if isinstance(response, (int, float)) else 0)))


def _page_size(load: Loaded) -> str:
    size = (load.beacon.get("phases") or {}).get("transfer_size")
    return value_text(size, "byte") if isinstance(size, (int, float)) and size else ""


def _page_url(load: Loaded) -> str:
    return str((load.beacon.get("page") or {}).get("url", ""))


def _fold(rows: list[WaterfallRow]) -> list[WaterfallRow]:
    slowest = sorted(rows, key=lambda row: -_longest(row))[:SLOWEST_SHOWN]
    if len(rows) > MOST_ROWS:
        return [row for row in rows if row.differs or row in slowest]
    alike = [row for row in rows if not row.differs]
    if len(alike) <= MOST_ALIKE:
        return rows
    kept = sorted(alike, key=lambda row: -_longest(row))[:MOST_ALIKE]
    return [row for row in rows if row.differs or row in kept]


def _longest(row: WaterfallRow) -> float:
    return max(timing.duration for timing in (row.base, row.head) if timing)


def _table(rows: Sequence[WaterfallRow]) -> TableView:
    return TableView(
        ("Request", "Base from", "Base took", "Head from", "Head took", "Size or difference"),
        tuple(
            (row.name, *_times(row.base), *_times(row.head), row.note) for row in rows[:MOST_ROWS]
        ),
    )


def _times(timing: Timing | None) -> tuple[str, str]:
    if timing is None:
        return "–", "–"
    return value_text(timing.start, "ms"), value_text(timing.duration, "ms")


def _timing(entry: Entry | None) -> Timing | None:
    return Timing(significant(entry.start), significant(entry.duration)) if entry else None


def _mark(load: Loaded | None, metric: str) -> float | None:
    value = load.view.metric(metric) if load and load.view else None
    return None if value is None else significant(value)


def _load_name(side: str, load: Loaded) -> str:
    return f"{side}, iteration {load.iteration.iteration}"


def _nearest(loads: Sequence[Loaded]) -> Loaded | None:
    if not loads:
        return None
    middle = _middle([load.value or 0.0 for load in loads])
    return min(loads, key=lambda load: abs((load.value or 0.0) - middle))


def _middle(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]
