"""What to measure next: looks at pairs, streams that stop early, and the re-run of what is red.

    schedule = LabSchedule(gates, looks, policy=POLICY, restarts="block")
    while not isinstance(step := schedule.next(loads), Done):
        loads = ...                      # measure what `step` asks for

A schedule keeps no state: it reads from the loads what has been measured, so the same loads give
the same step. The levels of the looks add up to q whatever makes a stream stop; so stopping
early, running out of time or pressing Ctrl-C costs power, never validity.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from rumtest.compare.evidence import Evidence
from rumtest.compare.looks import Plan, Seen, Standing, follow
from rumtest.compare.model import Gate
from rumtest.compare.policy import Policy, Restarts
from rumtest.loads import Loads

__all__ = ["Done", "LabSchedule", "Measure", "Rerun", "Step", "Until", "looks_of"]

Until = Literal["screened", "decided"]


@dataclass(frozen=True, slots=True)
class Measure:
    """Measure each of these streams up to so many pairs in all. `look` counts from 1."""

    look: int
    streams: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rerun:
    """Measure so many fresh pairs (in all) of each of these streams, on servers started anew."""

    streams: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more is to be measured."""


Step = Measure | Rerun | Done


def looks_of(minimum: int, maximum: int) -> tuple[int, ...]:
    """The looks, in pairs, between the two; the middle one at their geometric mean, made even."""
    if not 1 <= minimum <= maximum:
        raise ValueError(f"looks from {minimum} to {maximum} pairs; give 1 <= min <= max")
    middle = 2 * round(math.sqrt(minimum * maximum) / 2)
    between = (middle,) if minimum < middle < maximum else ()
    return tuple(dict.fromkeys((minimum, *between, maximum)))


@dataclass(frozen=True, slots=True)
class Reading:
    """The loads, where their gates stand, and what was seen at each look."""

    evidence: Evidence
    standing: Standing
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class LabSchedule:
    """The schedule of one comparison of interleaved pairs.

    `looks` gives each stream its looks; streams with fewer than the longest are judged again on
    the same data at the later levels. Threshold gates have no part in it. `until` says per stream
    whether it goes on while something could still be red ("screened") or until every gate is
    red or known to be unchanged ("decided").
    """

    gates: Sequence[Gate]
    looks: Mapping[str, tuple[int, ...]]
    policy: Policy = field(kw_only=True)
    restarts: Restarts = field(kw_only=True)
    until: Mapping[str, Until] | None = field(default=None, kw_only=True)

    @property
    def regressions(self) -> tuple[Gate, ...]:
        """The gates that are compared; they are the family, whatever becomes of them."""
        return tuple(gate for gate in self.gates if gate.kind == "regression")

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams in the order of their looks."""
        return tuple(self.looks)

    @property
    def plan(self) -> Plan:
        """The schedule as numbers: whose stream each gate is of, and what each look may spend."""
        index = {stream: at for at, stream in enumerate(self.streams)}
        longest = max((len(looks) for looks in self.looks.values()), default=1)
        weights = self.policy.weights_of(longest)
        return Plan(
            np.array([index[gate.stream] for gate in self.regressions], dtype=np.intp),
            len(self.streams),
            tuple(self.policy.q * weight for weight in weights),
            tuple(self.policy.q_improved * weight for weight in weights),
        )

    def next(self, loads: Mapping[str, Loads]) -> Step:
        """What to measure now, given all loads so far by the id of their gate."""
        measured = self.measured(loads)
        lacking: dict[str, int] = {}

        def see(look: int, standing: Standing) -> Seen | None:
            for stream, is_open in zip(self.streams, standing.open[0], strict=True):
                wanted = self.pairs_at(stream, look)
                if is_open and measured[stream] < wanted:
                    lacking[stream] = wanted
            return None if lacking else self._seen(evidence, look)

        evidence = self._evidence(loads)
        standing = follow(self.plan, see)
        if lacking:
            return Measure(standing.looks + 1, lacking)
        fresh = self._unconfirmed(standing, loads)
        return Rerun(fresh) if fresh else Done()

    def read(self, loads: Mapping[str, Loads]) -> Reading:
        """Where the gates stand with the loads there are, be they all that was wanted or not."""
        evidence = self._evidence(loads)
        seen: list[Seen] = []

        def see(look: int, _: Standing) -> Seen:
            seen.append(self._seen(evidence, look))
            return seen[-1]

        return Reading(evidence, follow(self.plan, see), tuple(seen))

    def _evidence(self, loads: Mapping[str, Loads]) -> Evidence:
        """The loads of the regression gates, on scales that the first look fixes."""
        gates = self.regressions
        first = [self.pairs_at(gate.stream, 0) for gate in gates]
        return Evidence(gates, loads, first, policy=self.policy, restarts=self.restarts)

    def measured(self, loads: Mapping[str, Loads]) -> dict[str, int]:
        """The pairs that each stream has so far."""
        return _longest(self.gates, loads, self.streams, rerun=False)

    def pairs_at(self, stream: str, look: int) -> int:
        """How many pairs of the stream that look, counted from 0, is taken at."""
        looks = self.looks[stream]
        return looks[min(look, len(looks) - 1)]

    def rerun_of(self, stream: str) -> int:
        """How many fresh pairs a red gate of the stream asks for."""
        return min(self.policy.rerun_pairs, self.looks[stream][-1])

    def _seen(self, evidence: Evidence, look: int) -> Seen:
        gates = self.regressions
        pairs = evidence.pairs([self.pairs_at(gate.stream, look) for gate in gates])
        sizes = dict.fromkeys(self.streams, 0)
        for gate in gates:
            sizes[gate.stream] += 1
        until = self.until or {}
        screens = [
            None
            if until.get(gate.stream) == "decided"
            else self.policy.screen_of(sizes[gate.stream])
            for gate in gates
        ]
        return evidence.seen(pairs, screens)

    def _unconfirmed(self, standing: Standing, loads: Mapping[str, Loads]) -> dict[str, int]:
        fresh = _longest(self.gates, loads, self.streams, rerun=True)
        red = {gate.stream for at, gate in enumerate(self.regressions) if standing.red[0, at]}
        wanted = {stream: self.rerun_of(stream) for stream in self.streams if stream in red}
        return {stream: pairs for stream, pairs in wanted.items() if fresh[stream] < pairs}


def _longest(
    gates: Sequence[Gate], loads: Mapping[str, Loads], streams: Sequence[str], *, rerun: bool
) -> dict[str, int]:
    """The pairs of each stream, read from whichever of its gates has most."""
    pairs = dict.fromkeys(streams, 0)
    for gate in gates:
        its = loads.get(gate.id)
        if its is not None:
            base, head = (its.rerun_base, its.rerun_head) if rerun else (its.base, its.head)
            pairs[gate.stream] = max(pairs[gate.stream], min(len(base), len(head)))
    return pairs
