"""A run as rows: one for each value that was measured, with where it belongs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rumtest.iteration import Iteration
from rumtest.run.kept import Kept

__all__ = ["COLUMNS", "rows_of"]

COLUMNS: Final = (
    "scenario",
    "journey",
    "profile",
    "cache",
    "phase",
    "arm",
    "pair",
    "iteration",
    "failed",
    "step",
    "metric",
    "value",
)


def rows_of(
    iterations: Iterable[Iteration], beacons: Mapping[str, Kept]
) -> Iterator[tuple[Any, ...]]:
    """The values of all iterations in running order, in the order of `COLUMNS`."""
    for iteration in iterations:
        where = (
            iteration.scenario,
            iteration.journey,
            iteration.profile,
            iteration.cache,
            iteration.phase,
            iteration.arm,
            iteration.pair,
            iteration.iteration,
            iteration.failed.code if iteration.failed else None,
        )
        views = [beacons[view] for view in iteration.views if view in beacons]
        for step, metric, value in (*_of_views(views), *_of_steps(iteration)):
            yield (*where, step, metric, value)


def _of_views(views: list[Kept]) -> Iterator[tuple[str | None, str, float]]:
    for view in views:
        step = view.beacon.get("lab", {}).get("step")
        for metric in view.beacon.get("metrics", {}):
            value = view.metric(metric)
            # The view's INP covers its whole life; a step's own stands in its record.
            if value is not None and metric != "inp":
                yield step, metric, value


def _of_steps(iteration: Iteration) -> Iterator[tuple[str | None, str, float]]:
    for record in iteration.steps:
        for metric, value in (("duration", record.duration), ("inp", record.inp)):
            if value is not None:
                yield record.step, metric, value
