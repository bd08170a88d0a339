"""Scenario → gates: what is judged is declared before anything is measured."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rumtest.compare.model import Gate
from rumtest.iteration import stream_key
from rumtest.scenario.defaults import default_metrics, tolerance_for
from rumtest.scenario.model import Journey, Profile, Scenario, Step, Threshold

__all__ = ["gates_of", "notes_of", "only"]

# These a step has by what is done in it; all others belong to the page view that it opens.
_OF_A_STEP = frozenset({"inp", "duration"})


def gates_of(scenarios: Sequence[Scenario], *, against_base: bool) -> tuple[Gate, ...]:
    """Every gate of the scenarios in reading order: regression gates only against a base.

    Ids are readable and the same in every report; a short hash is added only where two clash.
    """
    gates = tuple(gate for scenario in scenarios for gate in _gates(scenario, against_base))
    seen = Counter(gate.id for gate in gates)
    return tuple(
        gate if seen[gate.id] == 1 else replace(gate, id=f"{gate.id}.{_hash(gate)}")
        for gate in gates
    )


def only(gates: Sequence[Gate], keyword: str | None) -> tuple[Gate, ...]:
    """The gates whose scenario, journey, step, metric, profile and text hold every word.

    Words are joined by ` and ` and compared without case; no keyword keeps all.
    """
    if not keyword:
        return tuple(gates)
    words = [word.strip().casefold() for word in re.split(r"\s+and\s+", keyword)]
    return tuple(gate for gate in gates if all(word in _haystack(gate) for word in words))


def notes_of(
    scenarios: Sequence[Scenario], gates: Sequence[Gate], *, against_base: bool
) -> Iterator[str]:
    """What a person should hear beforehand: what is not measured, and what is not judged."""
    measured = {gate.scenario for gate in gates}
    judged = {gate.scenario for gate in gates if against_base or gate.kind == "threshold"}
    for scenario in scenarios:
        if scenario.name not in measured:
            yield f"{scenario.name} has no gate left, so it is not measured."
        elif scenario.name not in judged:
            yield (
                f"{scenario.name} has no thresholds left: it is measured and kept for "
                "`rumtest compare`, but not judged."
            )


def _haystack(gate: Gate) -> str:
    parts = (gate.id, gate.scenario, gate.journey, gate.step, gate.metric, gate.profile, gate.text)
    return "\n".join(parts).casefold()


def _gates(scenario: Scenario, against_base: bool) -> Iterator[Gate]:
    for profile in scenario.profiles:
        for cache in scenario.sampling.cache:
            for journey in scenario.journeys:
                for number, step in enumerate(journey.steps):
                    blank = _blank(scenario, journey, step, profile, cache)
                    yield from _thresholds(blank, scenario, step)
                    if against_base and not scenario.regression.off:
                        yield from _regressions(blank, scenario, step, first=number == 0)


def _blank(scenario: Scenario, journey: Journey, step: Step, profile: Profile, cache: str) -> Gate:
    return Gate(
        id="",
        kind="threshold",
        stream=stream_key(scenario.name, journey.name, profile.name, cache),
        scenario=scenario.name,
        journey=journey.name,
        step=step.name,
        page_group=step.name,
        metric="",
        profile=profile.name,
        cache=cache,
        file=step.place.file,
        line=step.place.line,
    )


def _thresholds(blank: Gate, scenario: Scenario, step: Step) -> Iterator[Gate]:
    own = {threshold.metric for threshold in step.thresholds}
    inherited = [t for t in scenario.thresholds if t.metric not in own and _applies(t, step)]
    for threshold in (*step.thresholds, *inherited):
        yield replace(
            blank,
            id=_gate_id(blank, threshold.metric, _short(threshold)),
            metric=threshold.metric,
            aggregation=threshold.aggregation,
            quantile=0.75 if threshold.quantile is None else threshold.quantile,
            operator=threshold.operator,
            limit=threshold.limit,
            text=f"{threshold.metric} {threshold.text}",
            file=threshold.place.file,
            line=threshold.place.line,
        )


def _applies(threshold: Threshold, step: Step) -> bool:
    """Whether a threshold written for the whole file means this step."""
    if threshold.metric == "duration" and step.until is not None:
        return True
    return _has(threshold.metric, step)


def _has(metric: str, step: Step) -> bool:
    """Whether the step can have the metric: by acting on a page, or by opening a view."""
    return step.acts if metric in _OF_A_STEP else step.opens_view


def _regressions(blank: Gate, scenario: Scenario, step: Step, *, first: bool) -> Iterator[Gate]:
    regression = scenario.regression
    for metric in _gated_metrics(scenario, step, first=first):
        tolerance = tolerance_for(regression, metric)
        place = regression.places.get(metric, step.place)
        yield replace(
            blank,
            id=_gate_id(blank, metric, ""),
            kind="regression",
            metric=metric,
            relative=tolerance.relative,
            absolute=tolerance.absolute,
            text=f"{metric} against base",
            file=place.file,
            line=place.line,
        )


def _gated_metrics(scenario: Scenario, step: Step, *, first: bool) -> tuple[str, ...]:
    chosen = scenario.regression.metrics
    if chosen is None:
        return default_metrics(step, first)
    return tuple(metric for metric in chosen if _has(metric, step))


def _short(threshold: Threshold) -> str:
    if threshold.aggregation == "quantile" and threshold.quantile is not None:
        return f"p{threshold.quantile * 100:g}"
    return threshold.aggregation


def _gate_id(gate: Gate, metric: str, what: str) -> str:
    parts = (_slug(gate.step), metric, what, _slug(gate.profile), gate.cache)
    return ".".join(part for part in parts if part)


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-") or "page"


def _hash(gate: Gate) -> str:
    text = f"{gate.stream}\n{gate.step}\n{gate.text}"
    return hashlib.sha256(text.encode()).hexdigest()[:6]
