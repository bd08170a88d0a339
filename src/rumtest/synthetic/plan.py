"""The order of the loads: blocks of pairs, a fair coin within each pair, warm-ups before."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rumtest.iteration import Arm, Cache, Phase
from rumtest.scenario.model import Journey, Profile, Scenario
from rumtest.synthetic.order import Order, StreamOrder

__all__ = ["Block", "Load", "Stream", "dice", "plan_blocks"]


@dataclass(frozen=True, slots=True)
class Stream:
    """What is loaded: the scenario, the journey, the profile, and whether the cache is warm."""

    scenario: Scenario
    journey: Journey
    profile: Profile
    cache: Cache

    @property
    def key(self) -> str:
        """The stream's readable key, the same as that of its iterations."""
        return "/".join((self.scenario.name, self.journey.name, self.profile.name, self.cache))


@dataclass(frozen=True, slots=True)
class Load:
    """One iteration to come; `order` is 0 for the load of a pair that goes first."""

    arm: Arm
    phase: Phase
    pair: int
    order: int


@dataclass(frozen=True, slots=True)
class Block:
    """Loads of one stream between two starts of the servers. `swapped`: the arms change ports."""

    stream: Stream
    number: int
    swapped: bool
    loads: tuple[Load, ...]


def plan_blocks(order: Order) -> Iterator[Block]:
    """The order's blocks one after the other; the same order always gives the same plan."""
    arms = tuple(side.arm for side in order.sides)
    restarted = any(side.serve for side in order.sides)
    for wanted in order.streams:
        stream = _find_stream(order, wanted)
        size = order.pairs_a_block
        for index, start in enumerate(range(0, wanted.pairs, size)):
            # Where nothing is restarted, the first loads of the stream warm up for all.
            warmups = stream.scenario.sampling.warmup if restarted or index == 0 else 0
            number = wanted.first_block + index
            pairs = range(wanted.first + start, wanted.first + min(start + size, wanted.pairs))
            loads: list[Load] = []
            # By chance as well: whoever were always first here would always be colder.
            for turn in range(number * warmups, (number + 1) * warmups):
                in_turn = _toss(order, stream, "warmup", turn, arms)
                loads += [Load(arm, "warmup", turn, place) for place, arm in enumerate(in_turn)]
            for pair in pairs:
                in_turn = _toss(order, stream, order.phase, pair, arms)
                loads += [Load(arm, order.phase, pair, place) for place, arm in enumerate(in_turn)]
            yield Block(stream, number, number % 2 == 1, tuple(loads))


def dice(order: Order, stream: Stream, phase: Phase, pair: int, use: str) -> np.random.Generator:
    """A generator for one use in one pair: both arms draw the same, whatever came before."""
    told = f"{order.seed}\n{stream.key}\n{phase}\n{pair}\n{use}"
    return np.random.default_rng(list(hashlib.sha256(told.encode()).digest()))


def _toss(
    order: Order, stream: Stream, phase: Phase, pair: int, arms: tuple[Arm, ...]
) -> tuple[Arm, ...]:
    """Who goes first in this pair."""
    heads = dice(order, stream, phase, pair, "turn").random() < 0.5
    return arms[::-1] if heads else arms


def _find_stream(order: Order, wanted: StreamOrder) -> Stream:
    scenario = _named(order.scenarios, wanted.scenario)
    return Stream(
        scenario,
        _named(scenario.journeys, wanted.journey),
        _named(scenario.profiles, wanted.profile),
        wanted.cache,
    )


def _named(things: tuple[Any, ...], name: str) -> Any:
    """The one thing of that name; an order that names another one is a mistake of ours."""
    return next(thing for thing in things if thing.name == name)
