"""Lab against lab, interleaved: from all the loads of an `ab` run to its comparison."""

from collections.abc import Mapping, Sequence

from rumtest.compare.failures import judge_failures
from rumtest.compare.limits import judge_threshold
from rumtest.compare.model import Comparison, Gate
from rumtest.compare.regressions import Manner, judge_regressions
from rumtest.compare.schedule import LabSchedule
from rumtest.loads import Loads

__all__ = ["compared", "judge"]


def judge(
    schedule: LabSchedule,
    gates: Sequence[Gate],
    loads: Mapping[str, Loads],
    *,
    seed: int | None = None,
) -> Comparison:
    """Every gate's result, in the order of `gates`, from the loads there are.

    A run that was interrupted or ran out of time is judged by the same levels; a gate that turned
    red but was not run again stays inconclusive. A gate whose metric neither side ever had is
    left out, yet counts in `family`. `seed` is only passed on, for the report.
    """
    return compared(schedule, gates, loads, Manner(), seed=seed)


def compared(
    schedule: LabSchedule,
    gates: Sequence[Gate],
    loads: Mapping[str, Loads],
    manner: Manner,
    *,
    seed: int | None,
) -> Comparison:
    """`judge` for loads taken in any manner; `runs` uses it for two runs side by side."""
    policy = schedule.policy
    results = judge_regressions(schedule, schedule.read(loads), manner)
    for gate in gates:
        if gate.kind == "threshold":
            its = loads.get(gate.id, Loads((), ()))
            results[gate.id] = judge_threshold(gate, its, policy=policy)
    failures = judge_failures(gates, loads, policy=policy, advisory=manner.advisory)
    longest = max(schedule.looks.values(), key=len, default=())
    return Comparison(
        tuple(results[gate.id] for gate in gates if gate.id in results) + failures,
        len(schedule.regressions),
        longest,
        policy.margin[schedule.restarts],
        policy.q,
        seed,
        "pairs" if manner.asked_again else "runs",
        schedule.restarts,
        manner.advisory,
        schedule.measured(loads),
        policy.q_improved,
    )
