"""Orders for the measuring child, written short."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from rumtest.errors import Place
from rumtest.iteration import Iteration
from rumtest.metric import Milliseconds
from rumtest.scenario.model import (
    Action,
    Condition,
    Journey,
    Locator,
    Profile,
    Sampling,
    Scenario,
    Step,
    Timeouts,
)
from rumtest.synthetic.child import measure
from rumtest.synthetic.order import Captured, Order, Side, StreamOrder

HERE = Place("test.yaml", 1)
DESKTOP = Profile("desktop")
RUN = "20260101T000000Z-0000"
SITE = Path(__file__).with_name("site.py")


def goto(url: str) -> Action:
    return Action("goto", HERE, value=url)


def click(selector: str) -> Action:
    return Action("click", HERE, locator=Locator(selector=selector))


def fill(label: str, value: str) -> Action:
    return Action("fill", HERE, locator=Locator(label=label), value=value)


def text(words: str) -> Condition:
    return Condition("text", HERE, value=words)


def step(name: str, *do: Action, **more: Any) -> Step:
    return Step(name, HERE, do=do, **more)


def scenario(*steps: Step, **more: Any) -> Scenario:
    """A scenario of one journey `main`; no warm-ups and short patience unless told otherwise."""
    defaults: dict[str, Any] = {
        "profiles": (DESKTOP,),
        "sampling": Sampling(warmup=0),
        "timeouts": Timeouts(
            expect=Milliseconds(3000), step=Milliseconds(5000), iteration=Milliseconds(20_000)
        ),
    }
    return Scenario(
        file="test.yaml",
        sha256="0" * 64,
        name="test",
        app="default",
        base_url=None,
        journeys=(Journey("main", HERE, steps),),
        **(defaults | more),
    )


def order(asked: Scenario, *sides: Side, pairs: int = 1, **more: Any) -> Order:
    """An order of one stream, the scenario's first profile and cache."""
    stream = StreamOrder(
        scenario=asked.name,
        journey=asked.journeys[0].name,
        profile=asked.profiles[0].name,
        cache=asked.sampling.cache[0],
        first=0,
        pairs=pairs,
    )
    defaults: dict[str, Any] = {"run": RUN, "seed": 7, "phase": "measured"}
    return Order(scenarios=(asked,), sides=sides, streams=(stream,), **(defaults | more))


def order_of(asked: Mapping[str, Scenario], *sides: Side, **more: Any) -> Order:
    """One order of many scenarios, a pair of each, named by their keys."""
    named = [replace(one_of, name=name) for name, one_of in asked.items()]
    parts = [order(one_of, *sides, **more) for one_of in named]
    return replace(
        parts[0],
        scenarios=tuple(named),
        streams=tuple(stream for part in parts for stream in part.streams),
    )


def head(url: str) -> Side:
    return Side("head", url=url)


def captured(asked: Order, *, environ: Mapping[str, str] | None = None) -> list[Captured]:
    """Everything that was measured."""
    return [said for said in measure(asked, environ=environ) if isinstance(said, Captured)]


def one(asked: Order, *, environ: Mapping[str, str] | None = None) -> Captured:
    """The only iteration of the order."""
    (only,) = captured(asked, environ=environ)
    return only


def beacons(told: Captured) -> list[dict[str, Any]]:
    """The page views of an iteration, as `beacons.jsonl` keeps them."""
    return [msgspec.json.decode(raw) for raw in told.beacons]


def in_order(told: Iterable[Captured]) -> list[Iteration]:
    return [message.iteration for message in told]


__all__ = [
    "DESKTOP",
    "HERE",
    "RUN",
    "SITE",
    "beacons",
    "captured",
    "click",
    "fill",
    "goto",
    "head",
    "in_order",
    "one",
    "order",
    "order_of",
    "replace",
    "scenario",
    "step",
    "text",
]
