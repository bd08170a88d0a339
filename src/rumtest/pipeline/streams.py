"""The streams of scenarios: which loads go together, and how many are wanted at each look."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from rumtest.compare.model import Gate
from rumtest.compare.policy import POLICY
from rumtest.iteration import Cache, stream_key
from rumtest.run.model import Schedule
from rumtest.scenario.model import Scenario
from rumtest.synthetic.order import StreamOrder

__all__ = ["StreamOrders", "schedule_of"]


def schedule_of(
    scenarios: Sequence[Scenario],
    gates: Sequence[Gate],
    *,
    restarts: Literal["block", "look", "none"],
    looks: Callable[[int, int], tuple[int, ...]],
) -> Schedule:
    """The schedule as declared before the run: the looks of every stream that has a gate.

    `looks` makes a stream's looks from its fewest and its most iterations.
    """
    by_name = {scenario.name: scenario.sampling for scenario in scenarios}
    streams = {
        gate.stream: looks(by_name[gate.scenario].min, by_name[gate.scenario].max)
        for gate in gates
    }
    decided = {gate.stream for gate in gates if by_name[gate.scenario].until == "decided"}
    return Schedule(
        looks=max(streams.values(), key=len),
        restarts=restarts,
        streams=streams,
        decided=tuple(sorted(decided)),
    )


class StreamOrders:
    """Turns "these streams up to so many pairs" into orders that go on from the last one."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self._scenarios = tuple(scenarios)
        self._done: dict[str, int] = {}
        self._blocks: dict[str, int] = {}

    def up_to(self, wanted: Mapping[str, int]) -> tuple[StreamOrder, ...]:
        """Orders that bring each stream from what it has to what is wanted."""
        orders = self._orders({key: (self._done.get(key, 0), n) for key, n in wanted.items()})
        self._done |= wanted
        return orders

    def afresh(self, wanted: Mapping[str, int]) -> tuple[StreamOrder, ...]:
        """Orders for so many fresh pairs of each stream."""
        return self._orders({key: (0, n) for key, n in wanted.items()})

    def _orders(self, spans: Mapping[str, tuple[int, int]]) -> tuple[StreamOrder, ...]:
        orders = []
        for scenario, journey, profile, cache in _streams(self._scenarios):
            key = stream_key(scenario, journey, profile, cache)
            first, upto = spans.get(key, (0, 0))
            if upto <= first:
                continue
            block = self._blocks.get(key, 0)
            self._blocks[key] = block + -(-(upto - first) // POLICY.pairs_a_block)
            orders.append(
                StreamOrder(scenario, journey, profile, cache, first, upto - first, block)
            )
        return tuple(orders)


def _streams(scenarios: Sequence[Scenario]) -> Iterator[tuple[str, str, str, Cache]]:
    for scenario in scenarios:
        for profile in scenario.profiles:
            for cache in scenario.sampling.cache:
                for journey in scenario.journeys:
                    yield scenario.name, journey.name, profile.name, cache
