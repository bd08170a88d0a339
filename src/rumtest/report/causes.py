"""What may have caused a change: exact counters first, then timings, then what only coincides."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rumtest.charts.sentence import Sentence
from rumtest.report.evidence import Evidence, Loaded, short_url
from rumtest.report.parts import PartChange, parts_of
from rumtest.report.resample import median_difference
from rumtest.report.resources import ResourceChange, resource_changes
from rumtest.report.strangers import clean
from rumtest.report.view import Cause, Estimate, GateView
from rumtest.report.wording_causes import (
    Explained,
    element_cause,
    part_cause,
    resource_cause,
    script_cause,
    shift_cause,
    ttfb_cause,
)

__all__ = ["Explanation", "explain"]

MOST_CAUSES = 5
# A part that carries half of the change or more is likely where it comes from.
SHARE_OF_LIKELY = 0.5
# An element that is the largest in so many loads of one side, and in none of the other, has
# changed.
NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the page views tell about a gate.

    Parts, requests that differ, ranked causes, the main resource.
    """

    parts: tuple[PartChange, ...]
    changes: tuple[ResourceChange, ...]
    causes: tuple[Cause, ...]
    title: Sentence
    brief: Sentence
    resource: str


def explain(gate: GateView, evidence: Evidence, *, seed: int) -> Explanation:
    """The explanation of the gate's change, as far as its page views bear it out."""
    metric = gate.metric.name
    parts = parts_of(metric, evidence, seed=seed)
    changes = resource_changes(evidence, seed=seed)
    resource = _main_resource(evidence) if metric == "lcp" else ""
    found = [
        *_resources(gate, changes, resource, evidence),
        *_elements(metric, evidence),
        *_parts(gate, parts, resource),
        *_server(gate, evidence, seed=seed),
        *_scripts(gate, evidence, seed=seed),
    ]
    ranked = sorted(found, key=_rank)[:MOST_CAUSES]
    strongest = next((e for e in ranked if e.cause.confidence != "possible"), None)
    return Explanation(
        parts,
        changes,
        tuple(item.cause for item in ranked),
        strongest.title if strongest else (),
        strongest.brief if strongest else (),
        resource,
    )


def _rank(item: Explained) -> tuple[int, float]:
    order = {"exact": 0, "likely": 1, "possible": 2}[item.cause.confidence]
    return order, -item.weight


def _resources(
    gate: GateView, changes: Sequence[ResourceChange], resource: str, evidence: Evidence
) -> list[Explained]:
    """A changed size of the very resource the metric waits for is exact.

    Other requests only coincide, and only those that went the way of the metric.
    """
    # Nothing the page asks for comes before its own first byte; shifts, input and errors have
    # causes of their own.
    if gate.metric.name in ("ttfb", "cls", "inp", "errors"):
        return []
    first, last = _span(gate, evidence)
    change = gate.change.absolute if gate.change else 0.0
    found = []
    for request in changes:
        if not first <= request.start <= last or _moved(request) * change < 0:
            continue
        is_main = bool(resource) and request.name == resource
        if request.what == "time" and is_main:
            continue  # told by the parts, and better
        found.append(resource_cause(request, main=is_main, worse=gate.standing != "improved"))
    return found


def _span(gate: GateView, evidence: Evidence) -> tuple[float, float]:
    """When a request must begin to have a part in the metric, on the page view's clock."""
    if gate.metric.name == "duration":
        # A step is done on a page that has long been there: what the page itself loads is before.
        ends = [load.view.metric("load") for load in evidence.head if load.view]
        known = [end for end in ends if end is not None]
        return (median(known) if known else math.inf), math.inf
    timed = gate.head is not None and gate.metric.kind == "ms"
    return 0.0, gate.head.value if gate.head and timed else math.inf


def _moved(request: ResourceChange) -> float:
    """Above zero where the request became heavier or slower, below where lighter or faster."""
    if request.what == "size":
        return (request.head_size or 0.0) - (request.base_size or 0.0)
    return request.effect.value if request.what == "time" and request.effect else 0.0


def _elements(metric: str, evidence: Evidence) -> list[Explained]:
    if metric not in ("lcp", "cls"):
        return []
    one, two = _targets(evidence.base, metric), _targets(evidence.head, metric)
    if metric == "cls" and two and not one:
        after, count = two.most_common(1)[0]
        every = count >= NEARLY_ALL * len(evidence.head)
        return [shift_cause("", after, count, len(evidence.head))] if every else []
    if not one or not two:
        return []
    (before, count_before), (after, count_after) = one.most_common(1)[0], two.most_common(1)[0]
    sure = (
        before != after
        and count_before >= NEARLY_ALL * one.total()
        and count_after >= NEARLY_ALL * two.total()
        and not two[before]
        and not one[after]
    )
    if not sure:
        return []
    if metric == "cls":
        return [shift_cause(before, after, count_after, two.total())]
    return [element_cause(before, after, count_after, two.total())]


def _parts(gate: GateView, parts: Sequence[PartChange], resource: str) -> list[Explained]:
    change = gate.change.absolute if gate.change else None
    moved = [
        part
        for part in parts
        if part.moved and part.effect and change and part.effect.value * change > 0
    ]
    moved.sort(key=lambda part: -abs(part.effect.value) if part.effect else 0.0)
    still = [part for part in parts if not part.moved]
    return [
        part_cause(
            part,
            still,
            gate.metric,
            resource,
            likely=_carries(part.effect, change),
        )
        for part in moved[:2]
    ]


def _server(gate: GateView, evidence: Evidence, *, seed: int) -> list[Explained]:
    """For paints without parts of their own: whether the first byte came later."""
    if gate.metric.name not in ("fcp", "load", "dom_interactive", "dom_content_loaded"):
        return []
    effect = _effect(evidence, lambda load: load.view.metric("ttfb") if load.view else None, seed)
    if effect is None or not _sure(effect):
        return []
    change = gate.change.absolute if gate.change else None
    return [ttfb_cause(effect, likely=_carries(effect, change))]


def _scripts(gate: GateView, evidence: Evidence, *, seed: int) -> list[Explained]:
    """For what the main thread does: scripts in long frames that ran longer."""
    if gate.metric.name not in ("tbt", "script_time", "inp", "duration"):
        return []
    names = {name for load in (*evidence.base, *evidence.head) for name in _script_times(load)}
    change = gate.change.absolute if gate.change else None
    found = []
    for name in sorted(names):
        effect = _effect(evidence, _time_of(name), seed, level=0.05 / len(names))
        if effect is None or not _sure(effect) or abs(effect.value) < 5:
            continue
        before = median(_script_times(load).get(name, 0.0) for load in evidence.base)
        after = median(_script_times(load).get(name, 0.0) for load in evidence.head)
        found.append(script_cause(name, before, after, effect, likely=_carries(effect, change)))
    return found


def _time_of(name: str) -> Callable[[Loaded], float | None]:
    return lambda load: _script_times(load).get(name, 0.0) if load.view else None


def _effect(
    evidence: Evidence,
    read: Callable[[Loaded], float | None],
    seed: int,
    *,
    level: float = 0.05,
) -> Estimate | None:
    one, two = [read(load) for load in evidence.base], [read(load) for load in evidence.head]
    if evidence.paired:
        whole = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
        return median_difference(
            [a for a, _ in whole], [b for _, b in whole], seed=seed, paired=True, level=level
        )
    return median_difference(
        [a for a in one if a is not None],
        [b for b in two if b is not None],
        seed=seed,
        paired=False,
        level=level,
    )


def _sure(effect: Estimate) -> bool:
    if effect.low is None or effect.high is None:
        return False
    return effect.low > 0 or effect.high < 0


def _carries(effect: Estimate | None, change: float | None) -> bool:
    if effect is None or not change:
        return False
    return effect.value / change >= SHARE_OF_LIKELY


def _targets(loads: Sequence[Loaded], metric: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for load in loads:
        target = _attribution(load, metric).get("target")
        if isinstance(target, str) and target:
            found[clean(target)] += 1
    return found


def _main_resource(evidence: Evidence) -> str:
    """The URL of head's largest element where nearly all its loads agree; empty for text."""
    urls: Counter[str] = Counter()
    for load in evidence.head:
        url = _attribution(load, "lcp").get("url")
        page = load.beacon.get("page")
        if isinstance(url, str) and url and isinstance(page, Mapping):
            urls[clean(short_url(url, str(page.get("url", ""))))] += 1
    if not urls:
        return ""
    url, count = urls.most_common(1)[0]
    return url if count >= NEARLY_ALL * len(evidence.head) else ""


def _attribution(load: Loaded, metric: str) -> Mapping[str, object]:
    attribution = load.beacon.get("attribution")
    found = attribution.get(metric) if isinstance(attribution, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _script_times(load: Loaded) -> dict[str, float]:
    frames = load.beacon.get("frames")
    scripts = frames.get("scripts") if isinstance(frames, Mapping) else None
    page = load.beacon.get("page")
    page_url = str(page.get("url", "")) if isinstance(page, Mapping) else ""
    found: dict[str, float] = {}
    for script in scripts or ():
        url, duration = script.get("url"), script.get("duration")
        if isinstance(url, str) and isinstance(duration, (int, float)):
            name = clean(short_url(url, page_url))
            found[name] = found.get(name, 0.0) + float(duration)
    return found
