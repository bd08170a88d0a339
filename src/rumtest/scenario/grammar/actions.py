"""What the user does and what is waited for: mappings of one key, in Playwright's words."""

from typing import Any, Final, cast

from rumtest.scenario.containers import ByKind, OneKey
from rumtest.scenario.grammar.addresses import address_mistake
from rumtest.scenario.grammar.locators import LOCATOR, LOCATOR_KEYS, WAYS, locator_of
from rumtest.scenario.model import Action, Condition, Locator
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.shape import At, Bad, Made
from rumtest.scenario.text import Text
from rumtest.scenario.tree import Node, Scalar

__all__ = ["ACTION", "CONDITION"]

# What a verb's value comes to: the element it acts on, its text, the state it waits for.
_Parts = tuple[Locator | None, str | None, Condition | None]

_LATER_VERBS: Final = ("check", "hover", "select")


def _condition(kind: str, key: Scalar, value: Any, at: At) -> Condition:
    locator = value if isinstance(value, Locator) else None
    text = value if isinstance(value, str) else None
    return Condition(cast("Any", kind), at.place(key), locator, text)


_WRITE_VISIBLE: Final = "a condition is wanted here: put the element below `visible`"

CONDITION: Final = OneKey(
    kinds={
        "visible": LOCATOR,
        "hidden": LOCATOR,
        "text": Text("text on the page", run_time=True),
        "url": Text("a URL with `*` and `**`", run_time=True),
        "title": Text("a page title", run_time=True),
    },
    build=_condition,
    words="a condition ({visible: …}, hidden, text, url or title)",
    hints={way: _WRITE_VISIBLE for way in (*WAYS, "name") if way != "text"},
)


def _fill(given: Given, at: At) -> _Parts | Bad:
    locator = locator_of(given, at)
    return locator if isinstance(locator, Bad) else (locator, given["value"], None)


def _press(given: Given, at: At) -> _Parts | Bad:
    locator = locator_of(given, at, optional=True)
    return locator if isinstance(locator, Bad) else (locator, given["key"], None)


def _text_part(text: str, _node: Node, _at: At) -> _Parts:
    return None, text, None


def _locator_part(locator: Locator, _node: Node, _at: At) -> _Parts:
    return locator, None, None


def _condition_part(condition: Condition, _node: Node, _at: At) -> _Parts:
    return None, None, condition


def _visible_part(selector: str, node: Node, at: At) -> _Parts:
    return None, None, Condition("visible", at.place(node), Locator(selector=selector))


def _action(verb: str, key: Scalar, parts: _Parts, at: At) -> Action:
    locator, value, condition = parts
    return Action(cast("Any", verb), at.place(key), locator, value, condition)


_KEY: Final = Text("a key (Enter, Control+A)", longest=50)

ACTION: Final = OneKey(
    kinds={
        "goto": Made(Text("an address", address_mistake, run_time=True), _text_part),
        "fill": Record(
            keys={
                **LOCATOR_KEYS,
                "value": Key(Text("text", run_time=True), "what to type", required=True),
            },
            build=_fill,
            words="a field and its value ({label: Email, value: me@example.org})",
        ),
        "click": Made(LOCATOR, _locator_part),
        "press": ByKind(
            words="a key (Enter), or {key: Enter, label: Search}",
            scalar=Made(_KEY, _text_part),
            mapping=Record(
                {**LOCATOR_KEYS, "key": Key(_KEY, "the key", required=True)}, _press, "a key press"
            ),
        ),
        "wait_for": ByKind(
            words="a selector or a condition ({visible: …})",
            scalar=Made(Text("a selector", run_time=True), _visible_part),
            mapping=Made(CONDITION, _condition_part),
        ),
    },
    build=_action,
    words="an action (goto, fill, click, press or wait_for)",
    later=_LATER_VERBS,
)
