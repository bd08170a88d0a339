"""A run without a base: how many loads its thresholds need, and what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rumtest.compare.failures import judge_failed_share
from rumtest.compare.limits import judge_threshold
from rumtest.compare.model import Comparison, Gate, Outcome
from rumtest.compare.policy import POLICY, Policy
from rumtest.compare.schedule import Done, Measure
from rumtest.loads import Loads

__all__ = [
    "ThresholdSchedule",
    "judge_thresholds",
    "threshold_looks_of",
]

# With fewer loads a p75 can be missed but never kept: its interval has no upper end.
_FEWEST_FOR_P75: Final = 11


def threshold_looks_of(minimum: int, maximum: int) -> tuple[int, ...]:
    """The looks, in loads, of a run without a base: two at most."""
    return tuple(dict.fromkeys((min(max(minimum, _FEWEST_FOR_P75), maximum), maximum)))


@dataclass(frozen=True)
class ThresholdSchedule:
    """The schedule of a run without a base: a stream goes on while a threshold is undecided.

    `looks` gives each stream its looks in loads (`threshold_looks_of`). It keeps no state, as
    `LabSchedule` does not.
    """

    gates: Sequence[Gate]
    looks: Mapping[str, tuple[int, ...]]
    policy: Policy = field(default=POLICY, kw_only=True)

    def next(self, loads: Mapping[str, Loads]) -> Measure | Done:
        """What to measure now, given all loads so far by the id of their gate."""
        measured = self.measured(loads)
        longest = max((len(looks) for looks in self.looks.values()), default=0)
        for look in range(longest):
            lacking = {
                stream: looks[look]
                for stream, looks in self.looks.items()
                if look < len(looks)
                and measured[stream] < looks[look]
                and (look == 0 or self._is_open(stream, loads))
            }
            if lacking:
                return Measure(look + 1, lacking)
        return Done()

    def measured(self, loads: Mapping[str, Loads]) -> dict[str, int]:
        """The loads that each stream has so far."""
        counts = dict.fromkeys(self.looks, 0)
        for gate in self.gates:
            its = loads.get(gate.id)
            if its is not None:
                counts[gate.stream] = max(counts[gate.stream], len(its.head))
        return counts

    def _is_open(self, stream: str, loads: Mapping[str, Loads]) -> bool:
        return any(
            judge_threshold(gate, loads.get(gate.id, Loads((), ())), policy=self.policy).outcome
            is Outcome.UNDECIDED
            for gate in self.gates
            if gate.kind == "threshold" and gate.stream == stream
        )


def judge_thresholds(
    schedule: ThresholdSchedule,
    gates: Sequence[Gate],
    loads: Mapping[str, Loads],
    *,
    seed: int | None = None,
) -> Comparison:
    """Every threshold gate's result, in the order of `gates`, of a run without a base.

    Streams of which loads failed get one more result each: whether too many did.
    """
    results = tuple(
        judge_threshold(gate, loads.get(gate.id, Loads((), ())), policy=schedule.policy)
        for gate in gates
        if gate.kind == "threshold"
    )
    results += judge_failed_share(gates, loads, policy=schedule.policy)
    looks = max(schedule.looks.values(), key=len, default=())
    measured = schedule.measured(loads)
    return Comparison(
        results, 0, looks, 0.0, schedule.policy.q, seed, design="single", loads=measured
    )
