"""The loads of one gate, taken out of a run in the order in which they were measured."""

from collections.abc import Iterable, Mapping
from typing import Final

from rumtest.iteration import Arm, Iteration, Phase
from rumtest.loads import Loads
from rumtest.run.model import Kept, Run

__all__ = ["loads_of"]

# These two are known of the step itself; every other metric belongs to a page view.
STEP_METRICS: Final = ("duration", "inp")
# Errors of scripts; failed images, CSP reports and what a site reports by hand are kept apart.
SCRIPT_ERRORS: Final = ("error", "rejection")


def loads_of(run: Run, *, stream: str, step: str, metric: str, paired: bool) -> Loads:
    """The values of one metric of one step; None where a load has none.

    With `paired` value i of both arms is the i-th pair, and a pair that lost a side to an
    interruption is left out; without, the head's iterations in order.
    """
    loads = [iteration for iteration in run.iterations if iteration.stream == stream]
    measured, rerun = _in_phase(loads, "measured"), _in_phase(loads, "rerun")
    values = _Values(run.beacons, step, metric)
    if not paired:
        heads = _of_arm(measured, "head")
        return Loads(
            base=(),
            head=values.of(heads),
            failed_head=_failures(heads),
            rerun_head=values.of(_of_arm(rerun, "head")),
        )
    base, head = _pairs(measured)
    again_base, again_head = _pairs(rerun)
    return Loads(
        base=values.of(base),
        head=values.of(head),
        failed_base=_failures(base),
        failed_head=_failures(head),
        head_first=tuple(load.order == 0 for load in head),
        # A failed load has no value, so that the re-run drops its pair like the first pass does.
        rerun_base=values.of(again_base, keep_failed=False),
        rerun_head=values.of(again_head, keep_failed=False),
    )


def _in_phase(loads: Iterable[Iteration], phase: Phase) -> list[Iteration]:
    return [load for load in loads if load.phase == phase]


def _of_arm(loads: Iterable[Iteration], arm: Arm) -> list[Iteration]:
    return sorted((load for load in loads if load.arm == arm), key=lambda load: load.pair)


def _pairs(loads: list[Iteration]) -> tuple[list[Iteration], list[Iteration]]:
    """Both arms by pair number, whole pairs only."""
    base = {load.pair: load for load in loads if load.arm == "base"}
    head = {load.pair: load for load in loads if load.arm == "head"}
    whole = sorted(base.keys() & head.keys())
    return [base[pair] for pair in whole], [head[pair] for pair in whole]


def _failures(loads: Iterable[Iteration]) -> tuple[bool, ...]:
    return tuple(load.failed is not None for load in loads)


class _Values:
    """Looks a metric of one step up in iterations and in the page views they left."""

    def __init__(self, beacons: Mapping[str, Kept], step: str, metric: str) -> None:
        self._beacons = beacons
        self._step = step
        self._metric = metric

    def of(
        self, loads: Iterable[Iteration], *, keep_failed: bool = True
    ) -> tuple[float | None, ...]:
        return tuple(
            self._of_one(load) if keep_failed or load.failed is None else None for load in loads
        )

    def _of_one(self, load: Iteration) -> float | None:
        if self._metric in STEP_METRICS:
            for record in load.steps:
                if record.step == self._step:
                    return record.duration if self._metric == "duration" else record.inp
            return None
        views = self._views_of_step(load)
        if not views:
            return None
        if self._metric == "errors":
            return float(sum(map(_script_errors, views)))
        # A step that opens several views ends on the last one: that is the page it leads to.
        return views[-1].metric(self._metric)

    def _views_of_step(self, load: Iteration) -> list[Kept]:
        kept = (self._beacons.get(view) for view in load.views)
        return [
            view
            for view in kept
            if view is not None and view.beacon.get("lab", {}).get("step") == self._step
        ]


def _script_errors(view: Kept) -> int:
    groups = view.beacon.get("errors", ())
    return sum(group["count"] for group in groups if group["kind"] in SCRIPT_ERRORS)
