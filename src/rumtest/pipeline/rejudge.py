"""Makes the comparison of a stored run again: the same loads and seed, the same verdicts."""

from collections.abc import Sequence

from rumtest.compare.lab import judge
from rumtest.compare.model import Comparison, Gate
from rumtest.compare.policy import POLICY
from rumtest.compare.schedule import LabSchedule
from rumtest.compare.thresholds import ThresholdSchedule, judge_thresholds
from rumtest.pipeline.collect import loads_for
from rumtest.pipeline.header import gates_in
from rumtest.run.model import Run, Schedule

__all__ = ["lab_schedule", "rejudge"]


def lab_schedule(gates: Sequence[Gate], declared: Schedule) -> LabSchedule:
    """The schedule of the gates from its beginning."""
    return LabSchedule(
        gates,
        declared.streams,
        policy=POLICY,
        restarts=declared.restarts,
        until={
            stream: "decided" if stream in declared.decided else "screened"
            for stream in declared.streams
        },
    )


def rejudge(run: Run) -> Comparison:
    """The comparison of a stored run, from its declared gates, its looks and its loads.

    An interrupted run is judged with what there is.
    """
    gates = gates_in(run.header)
    loads = {gate.id: loads_for(run, gate) for gate in gates}
    if run.header.kind == "run":
        schedule = ThresholdSchedule(gates, run.header.schedule.streams)
        return judge_thresholds(schedule, gates, loads, seed=run.header.seed)
    pairs = lab_schedule(gates, run.header.schedule)
    return judge(pairs, gates, loads, seed=run.header.seed)
