"""Shapes of lists and mappings: of one shape, of one key out of several, of either kind."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from rumtest.scenario.record import unknown_key
from rumtest.scenario.scalars import not_yet
from rumtest.scenario.shape import BAD, At, Bad, Schema, Shape
from rumtest.scenario.text import Text
from rumtest.scenario.tree import ListNode, MapNode, Node, Scalar

__all__ = ["ByKind", "ListOf", "MapOf", "OneKey"]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list of at least `least` items; `unique` names what may not repeat, and finds it."""

    item: Shape[T]
    words: str
    least: int = 1
    unique: tuple[str, Callable[[T], Hashable]] | None = None

    def read(self, node: Node, at: At) -> tuple[T, ...] | Bad:
        """All items, or BAD if one of them is."""
        if not isinstance(node, ListNode):
            return at.not_a(node, self.words)
        if len(node.items) < self.least:
            return at.bad(node.spot, "bad-value", f"the empty list is not {self.words}")
        values = [self.item.read(item, at.item(i)) for i, item in enumerate(node.items)]
        alone = self._repeats_nothing(node, values, at)
        whole = tuple(value for value in values if value is not BAD)
        return whole if alone and len(whole) == len(values) else BAD

    def schema(self) -> Schema:
        """An array."""
        return {"type": "array", "items": self.item.schema(), "minItems": self.least}

    def _repeats_nothing(self, node: ListNode, values: list[T | Bad], at: At) -> bool:
        if self.unique is None:
            return True
        name, key = self.unique
        first: dict[Hashable, Node] = {}
        alone = True
        for index, (item, value) in enumerate(zip(node.items, values, strict=True)):
            if isinstance(value, Bad):
                continue
            earlier = first.setdefault(key(value), item)
            if earlier is not item:
                text = (
                    f"the {name} '{key(value)}' is given twice (first on line {earlier.spot.line})"
                )
                at.item(index).bad(item.spot, "duplicate", text)
                alone = False
        return alone


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T]):
    """A mapping from names of a kind to values of one shape."""

    name: Text
    value: Shape[T]
    words: str

    def read(self, node: Node, at: At) -> tuple[tuple[str, Scalar, T], ...] | Bad:
        """Name, its node and value of every entry, in order."""
        if not isinstance(node, MapNode):
            return at.not_a(node, self.words)
        if not node.entries:
            return at.bad(node.spot, "bad-value", f"the empty mapping is not {self.words}")
        entries: list[tuple[str, Scalar, T]] = []
        bad = False
        for key, item in node.entries:
            name = self.name.read(Scalar(key.spot, key.text), at)
            value = self.value.read(item, at.key(key.text))
            if isinstance(name, Bad) or isinstance(value, Bad):
                bad = True
            else:
                entries.append((name, key, value))
        return BAD if bad else tuple(entries)

    def schema(self) -> Schema:
        """An object with any names of that pattern."""
        pattern = self.name.pattern or ".+"
        return {
            "type": "object",
            "patternProperties": {f"^(?:{pattern})$": self.value.schema()},
            "additionalProperties": False,
            "minProperties": 1,
        }


@dataclass(frozen=True, slots=True)
class OneKey(Generic[T]):
    """A mapping of exactly one key, which decides the shape of its value, as an action has."""

    kinds: Mapping[str, Shape[Any]]
    build: Callable[[str, Scalar, Any, At], T]
    words: str
    later: tuple[str, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)

    def read(self, node: Node, at: At) -> T | Bad:
        """What the one key says."""
        if not isinstance(node, MapNode):
            return at.not_a(node, self.words)
        values = [self._read_entry(key, item, at) for key, item in node.entries]
        if len(values) == 1:
            return values[0]
        names = ", ".join(key.text for key, _ in node.entries) or "none"
        spot = node.entries[1][0].spot if node.entries else node.spot
        return at.bad(spot, "bad-value", f"one key is wanted here, not {len(values)} ({names})")

    def schema(self) -> Schema:
        """An object with exactly one of the keys."""
        return {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in self.kinds.items()},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }

    def _read_entry(self, key: Scalar, node: Node, at: At) -> T | Bad:
        if key.text in self.kinds:
            value = self.kinds[key.text].read(node, at.key(key.text))
            return BAD if isinstance(value, Bad) else self.build(key.text, key, value, at)
        if key.text in self.later:
            return not_yet(key.spot, key.text, at)
        if key.text in self.hints:
            return at.bad(key.spot, "unknown-key", self.hints[key.text])
        unknown_key(key, self.kinds, at, self.words)
        return BAD


@dataclass(frozen=True, slots=True)
class ByKind(Generic[T]):
    """A value that may be a scalar, a list or a mapping, with a shape for each."""

    words: str
    scalar: Shape[T] | None = None
    sequence: Shape[T] | None = None
    mapping: Shape[T] | None = None

    def read(self, node: Node, at: At) -> T | Bad:
        """What the shape of that kind reads."""
        shape = self._shape_for(node)
        return at.not_a(node, self.words) if shape is None else shape.read(node, at)

    def schema(self) -> Schema:
        """Any of the ways."""
        shapes = (self.scalar, self.sequence, self.mapping)
        ways = [shape.schema() for shape in shapes if shape is not None]
        return ways[0] if len(ways) == 1 else {"anyOf": ways}

    def _shape_for(self, node: Node) -> Shape[T] | None:
        match node:
            case Scalar(kind="nothing"):
                return None
            case Scalar():
                return self.scalar
            case ListNode():
                return self.sequence
            case MapNode():
                return self.mapping
