"""Shapes of single values: words of a list, numbers, flags, text with its own grammar."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rumtest.scenario.shape import At, Bad, Schema, or_variable
from rumtest.scenario.sheet import nearest
from rumtest.scenario.tree import Node, Scalar, Spot

__all__ = ["Choice", "Flag", "Number", "Parsed", "Whole", "not_yet"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words. `later` are known, but not run yet by this version."""

    options: tuple[str, ...]
    later: tuple[str, ...] = ()
    thing: str = ""

    @property
    def words(self) -> str:
        """The words to choose from."""
        quoted = [f"`{option}`" for option in self.options]
        if self.thing:
            return self.thing
        return " or ".join((", ".join(quoted[:-1]), quoted[-1])) if quoted[1:] else quoted[0]

    def read(self, node: Node, at: At) -> str | Bad:
        """The word."""
        if not isinstance(node, Scalar) or node.kind == "broken":
            return at.not_a(node, self.words)
        if node.text in self.options and (node.kind == "text" or node.substituted):
            return node.text
        if node.text in self.later:
            return not_yet(node.spot, node.text, at)
        near = nearest(node.text, self.options)
        hint = f"; did you mean '{near}'?" if near else ""
        if self.thing and not near:
            hint = f"; known are {', '.join(self.options)}"
        return at.not_a(node, self.words, hint=hint)

    def schema(self) -> Schema:
        """An enumeration."""
        return or_variable({"enum": list(self.options)})


def not_yet(spot: Spot, word: str, at: At) -> Bad:
    """Note that something is part of the language, but not run yet."""
    return at.bad(spot, "not-yet", f"`{word}` is known but not run yet by this version")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """Text with a grammar of its own; `parse` raises ValueError with the words of the mistake.

    `terse` puts `… is not WORDS` in place of the parser's own words. `later` are words of the
    language that are not run yet.
    """

    words: str
    parse: Callable[[str], T]
    pattern: str
    terse: bool = False
    later: tuple[str, ...] = ()
    numbers: bool = False

    def read(self, node: Node, at: At) -> T | Bad:
        """What the text parses to."""
        if not isinstance(node, Scalar) or node.kind in ("nothing", "flag", "broken"):
            return at.not_a(node, self.words)
        if node.text in self.later:
            return not_yet(node.spot, node.text, at)
        try:
            return self.parse(node.text)
        except ValueError as error:
            if self.terse:
                return at.not_a(node, self.words)
            return at.bad(node.spot, "bad-value", str(error))

    def schema(self) -> Schema:
        """A string of that pattern, and a number where one without unit is right."""
        text = {"type": "string", "pattern": f"^ *(?:{self.pattern}) *$"}
        if self.numbers:
            return {"anyOf": [{"type": "number", "minimum": 0}, *or_variable(text)["anyOf"]]}
        return or_variable(text)


@dataclass(frozen=True, slots=True)
class Number:
    """A number within limits, both included."""

    low: float
    high: float
    words_for: str = "a number"

    @property
    def words(self) -> str:
        """The limits in words."""
        return f"{self.words_for} from {self.low:g} to {self.high:g}"

    def read(self, node: Node, at: At) -> float | Bad:
        """The number."""
        if not isinstance(node, Scalar) or node.kind not in ("whole", "number"):
            return at.not_a(node, self.words)
        value = float(node.value or 0)
        inside = math.isfinite(value) and self.low <= value <= self.high
        return value if inside else at.not_a(node, self.words)

    def schema(self) -> Schema:
        """A number within limits."""
        return or_variable({"type": "number", "minimum": self.low, "maximum": self.high})


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits, both included."""

    low: int
    high: int

    @property
    def words(self) -> str:
        """The limits in words."""
        return f"a whole number from {self.low} to {self.high}"

    def read(self, node: Node, at: At) -> int | Bad:
        """The number."""
        if not isinstance(node, Scalar) or node.kind != "whole":
            return at.not_a(node, self.words)
        value = int(node.value or 0)
        return value if self.low <= value <= self.high else at.not_a(node, self.words)

    def schema(self) -> Schema:
        """A whole number within limits."""
        return or_variable({"type": "integer", "minimum": self.low, "maximum": self.high})


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    words: str = "`true` or `false`"

    def read(self, node: Node, at: At) -> bool | Bad:
        """The flag."""
        if isinstance(node, Scalar) and node.kind == "flag":
            return bool(node.value)
        return at.not_a(node, self.words)

    def schema(self) -> Schema:
        """A boolean."""
        return or_variable({"type": "boolean"})
