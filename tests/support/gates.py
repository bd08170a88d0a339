"""Gates and loads for tests of the comparison."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from rumtest.compare.model import Gate
from rumtest.compare.policy import POLICY, Policy, Restarts
from rumtest.compare.schedule import Done, LabSchedule, Measure, Until
from rumtest.loads import Loads

Operator = Literal["<", "<=", ">", ">=", "=="]


def regression(
    name: str,
    stream: str = "s",
    *,
    metric: str = "lcp",
    relative: float = 0.05,
    absolute: float = 20.0,
) -> Gate:
    return Gate(
        name,
        "regression",
        stream,
        scenario="shop",
        journey="buy",
        step="Product page",
        page_group="product",
        metric=metric,
        profile="desktop",
        cache="cold",
        relative=relative,
        absolute=absolute,
    )


def threshold(
    name: str,
    limit: float,
    stream: str = "s",
    *,
    metric: str = "lcp",
    aggregation: Literal["quantile", "rate", "count"] = "quantile",
    quantile: float = 0.75,
    operator: Operator = "<",
) -> Gate:
    return Gate(
        name,
        "threshold",
        stream,
        scenario="shop",
        journey="buy",
        step="Product page",
        page_group="product",
        metric=metric,
        profile="desktop",
        cache="cold",
        aggregation=aggregation,
        quantile=quantile,
        operator=operator,
        limit=limit,
    )


def lognormal(
    seed: int, pairs: int, *, ratio: float = 1.0, sd: float = 0.05, middle: float = 1000.0
) -> Loads:
    """Pairs of loads, of about a second, head slower by the ratio, with fresh ones to spare."""
    rng = np.random.default_rng(seed)
    base, head, again, afresh = (middle * np.exp(rng.normal(0, sd, (4, pairs)))).tolist()
    slower = [value * ratio for value in head]
    return Loads(
        tuple(base),
        tuple(slower),
        rerun_base=tuple(again),
        rerun_head=tuple(value * ratio for value in afresh),
    )


def upto(loads: Loads, pairs: int, fresh: int = 0) -> Loads:
    """Only the first pairs, and only the first fresh ones."""
    return Loads(
        loads.base[:pairs],
        loads.head[:pairs],
        loads.failed_base[:pairs],
        loads.failed_head[:pairs],
        loads.head_first[:pairs],
        loads.rerun_base[:fresh],
        loads.rerun_head[:fresh],
    )


def schedule(
    gates: Sequence[Gate],
    looks: Mapping[str, tuple[int, ...]] | tuple[int, ...] = (10, 22, 50),
    *,
    restarts: Restarts = "block",
    policy: Policy = POLICY,
    until: Mapping[str, Until] | None = None,
) -> LabSchedule:
    """A schedule; one tuple of looks is meant for every stream."""
    if isinstance(looks, tuple):
        looks = {gate.stream: looks for gate in gates}
    return LabSchedule(gates, looks, policy=policy, restarts=restarts, until=until)


def measure(plan: LabSchedule, all_loads: Mapping[str, Loads]) -> dict[str, Loads]:
    """Do what the schedule asks for until it is done; what was measured then."""
    taken: dict[str, tuple[int, int]] = dict.fromkeys(plan.looks, (0, 0))

    def so_far() -> dict[str, Loads]:
        return {gate.id: upto(all_loads[gate.id], *taken[gate.stream]) for gate in plan.gates}

    while not isinstance(step := plan.next(so_far()), Done):
        for stream, pairs in step.streams.items():
            first, fresh = taken[stream]
            taken[stream] = (pairs, fresh) if isinstance(step, Measure) else (first, pairs)
    return so_far()


def percent(change: float) -> float:
    """A relative change as a shift in logs."""
    return math.log1p(change / 100)
