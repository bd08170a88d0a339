"""Shapes: small readers that know one type each, say what is wrong, and describe themselves.

A shape reads a node of the tree into a value or notes a mistake and returns `BAD`; its schema is
the same rule for editors. Reading never stops at the first mistake.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, Generic, Protocol, TypeVar

from rumtest.errors import Place
from rumtest.scenario.known import Known
from rumtest.scenario.sheet import LONGEST_QUOTE, Sheet
from rumtest.scenario.tree import ListNode, MapNode, Node, Scalar, Spot

__all__ = ["BAD", "At", "Bad", "Check", "Made", "Schema", "Shape", "described", "or_variable"]

U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]


class Bad(Enum):
    """Says that a value could not be read, and that the reason has been noted."""

    BAD = "bad"


BAD: Final = Bad.BAD


@dataclass(frozen=True, slots=True)
class At:
    """Where in the file we are: the path from the root, the sheet for mistakes, what is known."""

    sheet: Sheet
    path: str = ""
    known: Known = field(default_factory=Known)

    def key(self, name: str) -> "At":
        """Below a key."""
        return replace(self, path=f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> "At":
        """Below an item of a list."""
        return replace(self, path=f"{self.path}[{index}]")

    def place(self, node: Node) -> Place:
        """Where the node stands."""
        return self.sheet.place(node.spot)

    def bad(self, spot: Spot, code: str, text: str) -> Bad:
        """Note a mistake under this path."""
        self.sheet.add(spot, code, f"{self.path}: {text}" if self.path else text)
        return BAD

    def not_a(self, node: Node, words: str, *, hint: str = "") -> Bad:
        """Note that the node is not what was wanted here."""
        if isinstance(node, Scalar) and node.kind == "broken":
            return BAD
        return self.bad(node.spot, "bad-value", f"{described(node)} is not {words}{hint}")


class Shape(Protocol[T_co]):
    """One type of value: how it is read, described in words, and described to an editor."""

    @property
    def words(self) -> str:
        """What is wanted, to follow "is not"."""
        ...

    def read(self, node: Node, at: At) -> T_co | Bad:
        """The value, or BAD once what is wrong has been noted."""
        ...

    def schema(self) -> Schema:
        """The same rule as JSON Schema."""
        ...


def described(node: Node) -> str:
    """The node in a few words: its text, or what kind of thing it is."""
    match node:
        case Scalar(kind="nothing"):
            return "nothing"
        case Scalar(text=text, kind=kind):
            short = text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
            return f"'{short}'" if kind == "text" else short
        case ListNode():
            return "a list"
        case MapNode():
            return "a mapping"


def or_variable(schema: Schema) -> Schema:
    """The schema, or text with a variable in it, whose value an editor cannot know."""
    return {"anyOf": [schema, {"type": "string", "pattern": r"\$\{"}]}


Check = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Made(Generic[U, T_co]):
    """A shape whose value is made into something else; `make` may note a mistake."""

    shape: Shape[U]
    make: Callable[[U, Node, At], T_co | Bad]

    @property
    def words(self) -> str:
        """What the inner shape wants."""
        return self.shape.words

    def read(self, node: Node, at: At) -> T_co | Bad:
        """What `make` makes of it."""
        value = self.shape.read(node, at)
        return BAD if isinstance(value, Bad) else self.make(value, node, at)

    def schema(self) -> Schema:
        """That of the inner shape."""
        return self.shape.schema()
