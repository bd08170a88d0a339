"""Run against run: two runs that were taken one after the other, not interleaved.

Whatever differed between the two hours (another job on the machine, a warmer cache, a server
started once) is in the difference, and no re-run can tell it from the build. So the result is
advice: it never fails a build by itself, and where the two environments differ it is not even
that.
"""

from collections.abc import Mapping, Sequence

from rumtest.compare.lab import compared
from rumtest.compare.model import Comparison, Gate
from rumtest.compare.policy import POLICY, Policy
from rumtest.compare.regressions import Manner
from rumtest.compare.schedule import LabSchedule
from rumtest.loads import Loads

__all__ = ["judge_runs"]


def judge_runs(
    gates: Sequence[Gate],
    loads: Mapping[str, Loads],
    *,
    same_environment: bool,
    policy: Policy = POLICY,
    seed: int | None = None,
) -> Comparison:
    """The second run (`head`) against the first (`base`), every result marked advisory.

    Loads are paired by their number; the margin is that of two addresses (2 %), there is one look
    that may spend all of q, and no re-run. `same_environment` tells whether the fingerprints
    match; if not, every regression gate is inconclusive for that reason, its numbers still shown.
    Threshold gates judge the second run alone and are no advice.
    """
    pairs: dict[str, int] = {}
    for gate in gates:
        its = loads.get(gate.id, Loads((), ()))
        both = min(len(its.base), len(its.head))
        pairs[gate.stream] = max(pairs.get(gate.stream, 1), both)
    schedule = LabSchedule(
        gates,
        {stream: (count,) for stream, count in pairs.items()},
        policy=policy,
        restarts="none",
    )
    manner = Manner(asked_again=False, advisory=True, environment_differs=not same_environment)
    return compared(schedule, gates, loads, manner, seed=seed)
