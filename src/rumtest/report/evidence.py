"""Which loads and page views stand behind a gate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from rumtest.compare.model import Gate, GateResult, Side
from rumtest.iteration import Iteration
from rumtest.run.model import Kept, Run

__all__ = ["Evidence", "Loaded", "evidence_of", "gate_value", "short_url", "with_base_side"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load behind a gate: the page view it is about, if any, and the gate's metric in it."""

    iteration: Iteration
    view: Kept | None
    value: float | None

    @property
    def beacon(self) -> Mapping[str, Any]:
        """The page view's beacon; empty where there is none."""
        return self.view.beacon if self.view else {}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The loads of both sides; when `paired`, entry i of both is one pair."""

    base: tuple[Loaded, ...]
    head: tuple[Loaded, ...]
    paired: bool


def evidence_of(result: GateResult, head: Run, base: Run | None) -> Evidence:
    """The measured loads that took part in the gate, in running order."""
    gate = result.gate
    wanted = set(result.pair_numbers) if result.pairs else None
    if base is None and head.header.kind == "ab":
        return _of_pairs(gate, head, wanted)
    loads_head = _loads(gate, head, _measured(gate, head, "head"))
    loads_base = _loads(gate, base, _measured(gate, base, "head")) if base else ()
    return Evidence(loads_base, loads_head, paired=False)


def with_base_side(result: GateResult, head: Run, base: Run | None) -> GateResult:
    """A limit is judged on head alone.

    What base had of the same metric is added, to say whether it kept it.
    """
    if result.gate.kind != "threshold" or result.base is not None:
        return result
    if result.gate.aggregation != "quantile":
        return result
    loads = evidence_of(result, head, base).base
    values = tuple(load.value for load in loads if load.value is not None)
    if not values:
        return result
    middle, upper = (float(q) for q in np.quantile(values, [0.5, 0.75]))
    return replace(result, base=Side(values, middle, upper))


def _of_pairs(gate: Gate, run: Run, wanted: set[int] | None) -> Evidence:
    sides = {arm: {i.pair: i for i in _measured(gate, run, arm)} for arm in ("base", "head")}
    numbers = sorted(sides["base"].keys() & sides["head"].keys())
    if wanted is not None:
        numbers = [number for number in numbers if number in wanted]
    base, head = (
        _loads(gate, run, [sides[arm][number] for number in numbers]) for arm in ("base", "head")
    )
    return Evidence(base, head, paired=True)


def _measured(gate: Gate, run: Run, arm: str) -> list[Iteration]:
    return [
        iteration
        for iteration in run.iterations
        if iteration.stream == gate.stream
        and iteration.phase == "measured"
        and iteration.arm == arm
        and iteration.failed is None
    ]


def _loads(gate: Gate, run: Run, iterations: Iterable[Iteration]) -> tuple[Loaded, ...]:
    return tuple(_load(gate, run, iteration) for iteration in iterations)


def _load(gate: Gate, run: Run, iteration: Iteration) -> Loaded:
    views = [run.beacons[view] for view in iteration.views if view in run.beacons]
    value = gate_value(gate, iteration, views)
    own = next((view for view in views if _step_of(view) == gate.step), None)
    if gate.metric in ("inp", "duration"):
        # What a step does happens on the page that was open when it began, which an earlier step
        # may have opened.
        own = _view_with(views, gate, iteration, value) or own
    return Loaded(iteration, own, value)


def gate_value(gate: Gate, iteration: Iteration, views: Iterable[Kept]) -> float | None:
    """The gate's metric in this load.

    Of the step for what a step does, else of the view it opened.
    """
    if gate.metric in ("inp", "duration"):
        step = next((step for step in iteration.steps if step.step == gate.step), None)
        value = getattr(step, gate.metric) if step else None
        if value is not None:
            return float(value)
    view = next((view for view in views if _step_of(view) == gate.step), None)
    return view.metric(gate.metric) if view else None


def _view_with(
    views: list[Kept], gate: Gate, iteration: Iteration, value: float | None
) -> Kept | None:
    """The view the step acted on.

    For INP the one that reports this very value, else the one open at its start.
    """
    if gate.metric == "inp" and value is not None:
        same = [view for view in views if view.metric("inp") == value]
        if same:
            return same[-1]
    names = [step.step for step in iteration.steps]
    before = set(names[: names.index(gate.step) + 1]) if gate.step in names else set()
    opened = [view for view in views if _step_of(view) in before]
    return opened[-1] if opened else None


def _step_of(view: Kept) -> str | None:
    lab = view.beacon.get("lab")
    step = lab.get("step") if isinstance(lab, Mapping) else None
    return step if isinstance(step, str) else None


def short_url(url: str, page_url: str) -> str:
    """The path for a request to the page's own origin, host and path for others.

    So ports do not tell sides apart.
    """
    parts, page = urlsplit(url), urlsplit(page_url)
    path = parts.path or "/"
    if not parts.netloc or parts.netloc == page.netloc:
        return path
    return f"{parts.netloc}{path}"
