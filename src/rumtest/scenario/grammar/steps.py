"""Steps and journeys: named transactions in order, and pages as journeys of one step."""

from typing import Final
from urllib.parse import urlsplit

from rumtest.metric import Milliseconds
from rumtest.scenario.containers import ByKind, ListOf, MapOf
from rumtest.scenario.grammar.actions import ACTION, CONDITION
from rumtest.scenario.grammar.addresses import address_mistake
from rumtest.scenario.grammar.gates import THRESHOLDS
from rumtest.scenario.grammar.names import LONGEST_NAME, NAME_PATTERN, name_mistake
from rumtest.scenario.model import Action, Journey, Step, Think
from rumtest.scenario.quantity import DURATION_PATTERN, RANGE_PATTERN, parse_range
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Parsed
from rumtest.scenario.shape import At, Bad, Made
from rumtest.scenario.text import Text
from rumtest.scenario.tree import ListNode, Node

__all__ = ["JOURNEYS", "PAGES", "think_of"]


def think_of(text: str) -> Think | None:
    """`none`, a duration or a range of them as think time; ValueError for anything else."""
    if text.strip() == "none":
        return None
    low, high = parse_range(text)
    return Think(Milliseconds(low), Milliseconds(high))


_THINK: Final = Parsed(
    "a duration (2s), a range (2s..6s) or `none`",
    lambda text: (think_of(text),),
    rf"none|{DURATION_PATTERN}|{RANGE_PATTERN}",
    terse=True,
    later=("rum",),
)

_NAME: Final = Text("a name", name_mistake, longest=LONGEST_NAME)


def _step(given: Given, at: At) -> Step:
    (think,) = given["think"]
    return Step(
        name=given["step"],
        place=at.place(given.nodes["step"]),
        do=given["do"],
        expect=given["expect"] or (),
        until=given["until"],
        think=think,
        thresholds=given["thresholds"] or (),
    )


STEP: Final = Record(
    keys={
        "step": Key(_NAME, "its name", required=True),
        "do": Key(ListOf(ACTION, "a list of actions"), "what the user does", required=True),
        "expect": Key(ListOf(CONDITION, "a list of conditions"), "what must hold afterwards"),
        "until": Key(CONDITION, "what ends the clock of a step without a navigation"),
        "think": Key(_THINK, "pause after the step, drawn evenly from a range", "none"),
        "thresholds": Key(THRESHOLDS, "promises for this step"),
    },
    build=_step,
    words="a step ({step: Home, do: [{goto: /}]})",
    later=("http",),
)


def _opens_a_page(steps: tuple[Step, ...], node: Node, at: At) -> tuple[Step, ...] | Bad:
    first: Action = steps[0].do[0]
    if first.verb == "goto":
        return steps
    spot = node.items[0].spot if isinstance(node, ListNode) else node.spot
    text = f"the journey begins with `{first.verb}` on no page; its first action must be `goto`"
    return at.item(0).bad(spot, "no-page", text)


_STEPS: Final = Made(
    ListOf(STEP, "a list of steps", unique=("step name", lambda step: step.name)), _opens_a_page
)

_JOURNEY: Final = ByKind(
    words="a list of steps, or a mapping with `steps`",
    sequence=_STEPS,
    mapping=Record(
        keys={"steps": Key(_STEPS, "the steps in order", required=True)},
        build=lambda given, _at: given["steps"],
        words="a journey",
        later=("start",),
    ),
)


def _journeys(
    entries: tuple[tuple[str, Node, tuple[Step, ...]], ...], _node: Node, at: At
) -> tuple[Journey, ...]:
    return tuple(Journey(name, at.place(key), steps) for name, key, steps in entries)


JOURNEYS: Final = Made(
    MapOf(
        Text("a journey's name", name_mistake, longest=LONGEST_NAME, pattern=NAME_PATTERN),
        _JOURNEY,
        "a mapping of journeys ({home: [{step: Home, do: [{goto: /}]}]})",
    ),
    _journeys,
)


def _page(address: str, node: Node, at: At) -> Journey:
    place = at.place(node)
    name = _path_of(address)
    step = Step(name, place, do=(Action("goto", place, value=address),))
    return Journey(name, place, (step,))


def _path_of(address: str) -> str:
    """What a page is called: its path with the query, whatever the host."""
    if not address.startswith("http"):
        return address
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return (parts.path or "/") + query


def _page_mistake(text: str) -> str | None:
    return address_mistake(text) or name_mistake(text)


PAGES: Final = ListOf(
    Made(Text("a page's address", _page_mistake, longest=LONGEST_NAME), _page),
    "a list of pages ([/, /login])",
    unique=("page", lambda journey: journey.name),
)
