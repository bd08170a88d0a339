"""Evidence by page: the requests of the pair nearest the median, and what repeats exactly."""

from collections.abc import Mapping, Sequence
from typing import Final

from rumtest.charts.sentence import Sentence, sentence
from rumtest.compare.model import GateResult
from rumtest.report.chart_waterfall import nearest_median, waterfall_chart
from rumtest.report.compose_gates import RANK, worst_of
from rumtest.report.evidence import Evidence, Loaded, evidence_of
from rumtest.report.resources import resource_changes
from rumtest.report.view import CounterRow, GateView, PageEvidence
from rumtest.report.wording_causes import resource_row
from rumtest.run.model import Run

__all__ = ["page_evidence"]

# The metric whose median picks the pair to show: what the page is for, as far as it has it.
PREFERRED: Final = ("lcp", "fcp", "load", "ttfb")
# A quantity that repeats over so many loads of a side is called exact.
LOADS_TO_REPEAT = 3
TYPE_NAMES: Final = {
    "script": "script",
    "style": "style",
    "image": "image",
    "font": "font",
    "fetch": "fetch",
    "media": "media",
    "document": "document",
    "other": "other",
}


def page_evidence(
    gates: Sequence[tuple[GateResult, GateView]], head: Run, base: Run | None
) -> tuple[PageEvidence, ...]:
    """One entry a page, profile and cache that has requests to show, those with news first."""
    groups: dict[tuple[str, ...], list[tuple[GateResult, GateView]]] = {}
    for result, gate in gates:
        key = (gate.scenario, gate.place, gate.profile, gate.cache)
        groups.setdefault(key, []).append((result, gate))
    pages = [_page(group, head, base) for group in groups.values()]
    found = [page for page in pages if page is not None]
    return tuple(sorted(found, key=lambda page: RANK[page.standing]))


def _page(
    group: Sequence[tuple[GateResult, GateView]], head: Run, base: Run | None
) -> PageEvidence | None:
    leading = _leading(group)
    if leading is None:
        return None
    result, gate = leading
    evidence = evidence_of(result, head, base)
    one, two = nearest_median(evidence)
    if two is None:
        return None
    standing = worst_of([gate.standing for _, gate in group])
    changes = resource_changes(evidence, seed=head.header.seed)
    chart = waterfall_chart(one, two, changes, standing)
    if chart is None:
        return None
    counters = _counters(evidence)
    alone = not evidence.base
    differing = counters if alone else tuple(row for row in counters if row.base != row.head)
    equal = [] if alone else [row.name for row in counters if row.base == row.head]
    return PageEvidence(
        place=gate.place,
        profile=gate.profile,
        cache=gate.cache,
        standing=standing,
        gate_id=gate.id,
        requests=chart,
        counters=differing,
        counters_heading=_heading(counters, differing, alone=alone),
        counters_equal=_equal(equal),
        resources=tuple(resource_row(change) for change in changes),
    )


def _leading(
    group: Sequence[tuple[GateResult, GateView]],
) -> tuple[GateResult, GateView] | None:
    """The gate whose median iteration stands for the page: of a view the step opened."""
    for metric in PREFERRED:
        for result, gate in group:
            if gate.metric.name == metric:
                return result, gate
    return next(((r, g) for r, g in group if g.metric.name not in ("inp", "duration")), None)


def _counters(evidence: Evidence) -> tuple[CounterRow, ...]:
    """Requests and bytes by type that were the same in every load of a side, on both sides."""
    base = [_by_type(load) for load in evidence.base]
    head = [_by_type(load) for load in evidence.head]
    if len(head) < LOADS_TO_REPEAT or (base and len(base) < LOADS_TO_REPEAT):
        return ()
    names = sorted({name for load in (*base, *head) for name in load})
    rows = []
    for name in names:
        one = {load.get(name, 0.0) for load in base}
        two = {load.get(name, 0.0) for load in head}
        if len(one) > 1 or len(two) > 1:
            continue
        kind = "byte" if name.endswith("bytes") or name.startswith("Bytes") else "count"
        rows.append(
            CounterRow(
                name,
                "byte" if kind == "byte" else "count",
                one.pop() if one else None,
                two.pop(),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.kind == "count", row.name)))


def _by_type(load: Loaded) -> dict[str, float]:
    resources = load.beacon.get("resources")
    by_type = resources.get("by_type") if isinstance(resources, Mapping) else None
    if not isinstance(by_type, Mapping):
        return {}
    found: dict[str, float] = {"Requests": 0.0, "Bytes transferred": 0.0}
    for key, row in by_type.items():
        kind = TYPE_NAMES.get(str(key), "other")
        found["Requests"] += float(row[0])
        found["Bytes transferred"] += float(row[1])
        for name, value in (
            (f"{kind.capitalize()} requests", row[0]),
            (f"{kind.capitalize()} bytes", row[1]),
        ):
            found[name] = found.get(name, 0.0) + float(value)
    return found


def _heading(
    counters: Sequence[CounterRow], differing: Sequence[CounterRow], *, alone: bool
) -> Sentence:
    if not counters:
        return sentence("No counter repeated exactly in every load")
    if alone:
        return sentence(f"{len(counters)} counters were the same in every load")
    if not differing:
        return sentence(f"All {len(counters)} counters that repeat are equal")
    verb = "counter" if len(counters) == 1 else "counters"
    return sentence(f"{len(differing)} of {len(counters)} {verb} changed")


def _equal(names: Sequence[str]) -> Sentence:
    if not names:
        return sentence()
    shown = [name[:1].lower() + name[1:] for name in names]
    if len(shown) > 6:
        told = f"{', '.join(shown[:5])} and {len(shown) - 5} more"
    else:
        told = ", ".join(shown)
    return sentence(f"Equal on both sides: {told}. Each was the same in every load of its side.")
