"""Locators: one Playwright selector, or the arguments of one `get_by_*` call as a mapping."""

from typing import Any, Final

from rumtest.scenario.containers import ByKind
from rumtest.scenario.grammar.roles import ROLES
from rumtest.scenario.model import Locator
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Choice, Flag
from rumtest.scenario.shape import At, Bad, Made
from rumtest.scenario.text import Text

__all__ = ["LOCATOR", "LOCATOR_KEYS", "WAYS", "locator_of"]

WAYS: Final = ("selector", "role", "label", "text", "placeholder", "testid")
# `get_by_test_id` and a selector have no `exact`; only `get_by_role` has a name beside it.
_EXACT_WITH: Final = ("role", "label", "text", "placeholder")

_WORDS: Final = "text"
LOCATOR_KEYS: Final = {
    "selector": Key(
        Text(_WORDS, run_time=True), "a Playwright selector: CSS, `text=…`, `xpath=…`"
    ),
    "role": Key(Choice(ROLES, thing="an ARIA role"), "an ARIA role (get_by_role)"),
    "name": Key(Text(_WORDS, run_time=True), "the accessible name, beside `role`"),
    "label": Key(Text(_WORDS, run_time=True), "the text of a form field's label (get_by_label)"),
    "text": Key(Text(_WORDS, run_time=True), "text in the element (get_by_text)"),
    "placeholder": Key(Text(_WORDS, run_time=True), "a field's placeholder (get_by_placeholder)"),
    "testid": Key(Text(_WORDS, run_time=True), "the value of data-testid (get_by_test_id)"),
    "exact": Key(Flag(), "whole text and upper case matter", default=False),
}


def locator_of(given: Given, at: At, *, optional: bool = False) -> Locator | Bad | None:
    """The locator among the keys of a mapping; None if there is none and that is right."""
    ways = [key for key in given if key in WAYS]
    if not ways:
        rest = [key for key in ("name", "exact") if key in given]
        if optional and not rest:
            return None
        text = f"which element? give one of {', '.join(WAYS)}"
        return at.bad(given.spot, "missing-key", text)
    if len(ways) > 1:
        text = f"an element is found one way, not by {' and '.join(ways)}"
        return at.bad(given.keys[ways[1]].spot, "bad-value", text)
    way = ways[0]
    if "name" in given and way != "role":
        return at.bad(given.keys["name"].spot, "bad-value", "`name` belongs to `role`")
    if "exact" in given and way not in _EXACT_WITH:
        return at.bad(given.keys["exact"].spot, "bad-value", f"`exact` does not go with `{way}`")
    values: dict[str, Any] = {way: given[way], "name": given["name"], "exact": given["exact"]}
    return Locator(**values)


def _build(given: Given, at: At) -> Locator | Bad:
    # The keys were required, so that None cannot come back.
    return locator_of(given, at) or Locator()


LOCATOR: Final = ByKind(
    words="an element (a selector, or {role: button, name: Go})",
    scalar=Made(
        Text("a selector", run_time=True), lambda text, _node, _at: Locator(selector=text)
    ),
    mapping=Record(LOCATOR_KEYS, _build, "an element"),
)
