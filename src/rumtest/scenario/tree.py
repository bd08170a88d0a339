"""The positioned tree: what a file says, before anyone asks whether it makes sense.

YAML and TOML are both turned into it, so that one validator serves both and every mistake has a
line and a column. Scalars are typed by YAML 1.2's core schema: `no`, `on` and `12:30` are text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

__all__ = ["ListNode", "MapNode", "Node", "Scalar", "Spot", "kind_of", "node_of", "plain"]

# `other` is a type that only TOML has (a date), `broken` a value whose mistake has been told.
ScalarKind = Literal["text", "whole", "number", "flag", "nothing", "other", "broken"]

_NOTHING: Final = re.compile(r"|~|null|Null|NULL")
_FLAG: Final = re.compile(r"true|True|TRUE|false|False|FALSE")
# Eighteen digits fit a 64-bit integer; longer ones are read as numbers, which every limit refuses.
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_NUMBER: Final = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A position counted from 1, and how many characters of its line are meant."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written.

    `substituted` tells that a variable was put in, so that quotes around it say nothing about
    its type.
    """

    spot: Spot
    text: str
    kind: ScalarKind = "text"
    substituted: bool = False

    @property
    def value(self) -> str | int | float | bool | None:
        """The plain value that the text stands for."""
        match self.kind:
            case "whole":
                return int(self.text, 0 if self.text[:2] in ("0x", "0o") else 10)
            case "number":
                return float(self.text.replace(".inf", "inf").replace(".nan", "nan").lower())
            case "flag":
                return self.text.lower() == "true"
            case "nothing":
                return None
            case _:
                return self.text


@dataclass(frozen=True, slots=True)
class ListNode:
    """Items in order."""

    spot: Spot
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys with their values in order; a key that was given twice stands here twice."""

    spot: Spot
    entries: tuple[tuple[Scalar, "Node"], ...]

    def get(self, key: str) -> "Node | None":
        """The first value of that key."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | ListNode | MapNode


def kind_of(text: str) -> ScalarKind:
    """What an unquoted scalar of that text is."""
    if _NOTHING.fullmatch(text):
        return "nothing"
    if _FLAG.fullmatch(text):
        return "flag"
    if _WHOLE.fullmatch(text):
        return "whole"
    return "number" if _NUMBER.fullmatch(text) else "text"


def plain(node: Node) -> Any:
    """The same as dicts, lists and plain values, without positions."""
    match node:
        case Scalar():
            return node.value
        case ListNode():
            return [plain(item) for item in node.items]
        case MapNode():
            return {key.text: plain(value) for key, value in reversed(node.entries)}


def node_of(value: Any, spot: Spot) -> Node:
    """Plain values as a tree, everything at one spot."""
    match value:
        case str():
            return Scalar(spot, value)
        case bool():
            return Scalar(spot, str(value).lower(), "flag")
        case int() | float():
            return Scalar(spot, repr(value), "whole" if isinstance(value, int) else "number")
        case Mapping():
            return MapNode(
                spot,
                tuple(
                    (Scalar(spot, str(key)), node_of(item, spot)) for key, item in value.items()
                ),
            )
        case Sequence():
            return ListNode(spot, tuple(node_of(item, spot) for item in value))
        case _:
            return Scalar(spot, str(value), "other")
