"""What loaded differently: requests that appeared, vanished, changed size or took another time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final, Literal

from rumtest.report.evidence import Evidence, Loaded, short_url
from rumtest.report.resample import FEWEST, median_difference
from rumtest.report.strangers import clean
from rumtest.report.view import Estimate

__all__ = ["Entry", "ResourceChange", "entries_of", "match_renamed", "resource_changes"]

# A change of time below this is under what one request varies by on a quiet loopback.
SMALLEST_TIME: Final = 10.0
# Sizes are compared as bytes are gated: 2 % and more is a change, less is a header's length.
SMALLEST_SIZE: Final = 0.02
_HASH: Final = re.compile(r"[.\-_][0-9a-f]{6,}(?=\.|$)")
# A folder that is such a hash, as it is or as the snippet writes what looks like an id.
_HASHED_FOLDER: Final = re.compile(r"(?<=/)(?:[0-9a-f]{6,}|:id)(?=/)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One request of one load. `blocking` tells whether it held back the first paint."""

    key: str
    name: str
    type: str
    start: float
    duration: float
    size: float | None
    blocking: bool


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """How a request differs between the sides. `exact` when every single load agrees."""

    what: Literal["new", "gone", "size", "time"]
    name: str
    was: str
    type: str
    exact: bool
    base_size: float | None = None
    head_size: float | None = None
    start: float = 0.0
    blocking: bool = False
    effect: Estimate | None = None


def entries_of(load: Loaded) -> tuple[Entry, ...]:
    """The requests of a load in start order; a URL asked for twice is told apart by its turn."""
    page = load.beacon.get("page")
    page_url = str(page.get("url", "")) if isinstance(page, Mapping) else ""
    seen: dict[str, int] = {}
    entries = []
    for raw in sorted(_slowest(load), key=lambda item: _number(item.get("start")) or 0.0):
        name = clean(short_url(str(raw.get("url", "")), page_url))
        turn = seen[name] = seen.get(name, 0) + 1
        entries.append(
            Entry(
                key=name if turn == 1 else f"{name} ({turn})",
                name=name,
                type=clean(str(raw.get("type", "other")), 20),
                start=_number(raw.get("start")) or 0.0,
                duration=_number(raw.get("duration")) or 0.0,
                size=_number(raw.get("size")),
                blocking=raw.get("blocking") is True,
            )
        )
    return tuple(entries)


def resource_changes(evidence: Evidence, *, seed: int) -> tuple[ResourceChange, ...]:
    """What differs beyond doubt, exact changes first; nothing where a side has no page views."""
    base = [{entry.key: entry for entry in entries_of(load)} for load in evidence.base]
    head = [{entry.key: entry for entry in entries_of(load)} for load in evidence.head]
    if not base or not head:
        return ()
    keys_base, keys_head = _always(base), _always(head)
    renamed = match_renamed(
        [_first(base, key) for key in sorted(keys_base - _ever(head))],
        [_first(head, key) for key in sorted(keys_head - _ever(base))],
    )
    both = [(key, key) for key in sorted(_ever(base) & _ever(head))] + sorted(renamed.items())
    changes = [
        change
        for old, new in both
        for change in _differences(old, new, base, head, evidence, seed=seed, tests=len(both))
    ]
    # A list that was cut short cannot show that a request is missing.
    if not any(_cut_short(load) for load in evidence.base):
        fresh = sorted(keys_head - _ever(base) - set(renamed.values()))
        changes += [_lone("new", key, head) for key in fresh]
    if not any(_cut_short(load) for load in evidence.head):
        vanished = sorted(keys_base - _ever(head) - set(renamed))
        changes += [_lone("gone", key, base) for key in vanished]
    return tuple(sorted(changes, key=_rank))


def match_renamed(gone: Sequence[Entry], new: Sequence[Entry]) -> dict[str, str]:
    """Requests that changed their extension or content hash only: old key to new key."""
    free = list(new)
    matched = {}
    for old in gone:
        twin = next(
            (e for e in free if e.type == old.type and _stem(e.name) == _stem(old.name)), None
        )
        if twin is not None:
            matched[old.key] = twin.key
            free.remove(twin)
    return matched


def _differences(
    old: str,
    new: str,
    base: list[dict[str, Entry]],
    head: list[dict[str, Entry]],
    evidence: Evidence,
    *,
    seed: int,
    tests: int,
) -> list[ResourceChange]:
    one, two, paired = _matched(old, new, base, head, paired=evidence.paired)
    if not one or not two:
        return []
    effect = median_difference(
        [entry.duration for entry in one],
        [entry.duration for entry in two],
        seed=seed,
        paired=paired,
        level=0.05 / tests,  # one of many looked at: together they err in at most 5 %
    )
    sure = effect if effect is not None and _beyond_doubt(effect) else None
    name, was, kind, start = two[0].name, one[0].name, two[0].type, two[0].start
    sizes_one, sizes_two = _sizes(one), _sizes(two)
    if sizes_one and sizes_two:
        before, after = median(sizes_one), median(sizes_two)
        apart = max(sizes_one) < min(sizes_two) or min(sizes_one) > max(sizes_two)
        if apart and abs(after - before) > SMALLEST_SIZE * before:
            exact = len(set(sizes_one)) == 1 and len(set(sizes_two)) == 1
            change = ResourceChange("size", name, was, kind, exact, before, after, start=start)
            return [replace(change, effect=sure)]
    if sure is None or min(len(one), len(two)) < FEWEST:
        return []
    return [ResourceChange("time", name, was, kind, False, start=start, effect=sure)]


def _matched(
    old: str,
    new: str,
    base: list[dict[str, Entry]],
    head: list[dict[str, Entry]],
    *,
    paired: bool,
) -> tuple[list[Entry], list[Entry], bool]:
    if paired and len(base) == len(head):
        whole = [
            (a[old], b[new]) for a, b in zip(base, head, strict=True) if old in a and new in b
        ]
        return [a for a, _ in whole], [b for _, b in whole], True
    return [a[old] for a in base if old in a], [b[new] for b in head if new in b], False


def _lone(what: Literal["new", "gone"], key: str, side: list[dict[str, Entry]]) -> ResourceChange:
    entries = [load[key] for load in side]
    sizes = _sizes(entries)
    size = median(sizes) if sizes else None
    return ResourceChange(
        what,
        entries[0].name,
        entries[0].name,
        entries[0].type,
        exact=True,
        base_size=size if what == "gone" else None,
        head_size=size if what == "new" else None,
        start=median(entry.start for entry in entries),
        blocking=any(entry.blocking for entry in entries),
    )


def _rank(change: ResourceChange) -> tuple[int, float, str]:
    order = {"size": 0, "new": 1, "gone": 1, "time": 2}[change.what]
    bytes_moved = abs((change.head_size or 0) - (change.base_size or 0))
    time_moved = abs(change.effect.value) if change.effect else 0.0
    return (order, -(bytes_moved + time_moved), change.name)


def _beyond_doubt(effect: Estimate) -> bool:
    if effect.low is None or effect.high is None:
        return False
    return (effect.low > 0 or effect.high < 0) and abs(effect.value) >= SMALLEST_TIME


def _always(side: list[dict[str, Entry]]) -> set[str]:
    return set.intersection(*(set(load) for load in side))


def _ever(side: list[dict[str, Entry]]) -> set[str]:
    return set.union(*(set(load) for load in side))


def _first(side: list[dict[str, Entry]], key: str) -> Entry:
    return side[0][key]


def _sizes(entries: list[Entry]) -> list[float]:
    return [entry.size for entry in entries if entry.size]


def _stem(name: str) -> str:
    folder, _, file = name.rpartition("/")
    folder = _HASHED_FOLDER.sub("", f"{folder}/")
    return f"{folder}{_HASH.sub('', file).partition('.')[0]}"


def _slowest(load: Loaded) -> list[Mapping[str, Any]]:
    resources = load.beacon.get("resources")
    slowest = resources.get("slowest") if isinstance(resources, Mapping) else None
    return [item for item in slowest or () if isinstance(item, Mapping)]


def _cut_short(load: Loaded) -> bool:
    resources = load.beacon.get("resources")
    by_type = resources.get("by_type") if isinstance(resources, Mapping) else None
    if not isinstance(by_type, Mapping):
        return True
    return sum(int(row[0]) for row in by_type.values()) > len(_slowest(load))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
