"""The shape of a mapping of known keys: which are there, what each is for, and its default."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Final, Generic, TypeVar

from rumtest.scenario.scalars import not_yet
from rumtest.scenario.shape import BAD, At, Bad, Schema, Shape
from rumtest.scenario.sheet import nearest
from rumtest.scenario.tree import MapNode, Node, Scalar, Spot, node_of

__all__ = ["Given", "Key", "Record", "default_text", "unknown_key"]

T = TypeVar("T")
_UNSEEN: Final = Spot(1, 1)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its shape, the default in plain values, and what it is for.

    `default_words` tells a default that is not a plain value.
    """

    shape: Shape[Any]
    about: str = ""
    default: Any = None
    default_words: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """The values of a record that has been read, defaults filled in, and where they stand."""

    spot: Spot
    values: Mapping[str, Any]
    nodes: Mapping[str, Node] = field(default_factory=dict)
    keys: Mapping[str, Scalar] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def __contains__(self, key: str) -> bool:
        """Whether the file itself gives the key."""
        return key in self.nodes

    def __iter__(self) -> Iterator[str]:
        """The keys the file gives, in its order."""
        places = {name: (key.spot.line, key.spot.column) for name, key in self.keys.items()}
        return iter(sorted(places, key=places.__getitem__))


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping of known keys.

    `later` are globs of keys of the language that this version does not run yet, `first` keys
    that are read before the others, which may refer to them. `build` makes the value, or notes
    what is wrong between the keys and returns BAD.
    """

    keys: Mapping[str, Key]
    build: Callable[[Given, At], T | Bad]
    words: str
    later: tuple[str, ...] = ()
    first: tuple[str, ...] = ()

    def read(self, node: Node, at: At) -> T | Bad:
        """The built value, or BAD if any key is bad."""
        if not isinstance(node, MapNode):
            return at.not_a(node, self.words)
        known = [self._is_known(key, at) for key, _ in node.entries]
        given = self._read_keys(node, at)
        if isinstance(given, Bad) or not all(known):
            return BAD
        return self.build(given, at)

    def schema(self) -> Schema:
        """An object of these keys and no others."""
        properties = {}
        for name, key in self.keys.items():
            schema = key.shape.schema()
            if key.about:
                schema = {"description": _sentence(key), **schema}
            properties[name] = schema
        required = [name for name, key in self.keys.items() if key.required]
        schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, "required": required} if required else schema

    def _is_known(self, key: Scalar, at: At) -> bool:
        if key.text in self.keys:
            return True
        if any(fnmatchcase(key.text, glob) for glob in self.later):
            not_yet(key.spot, key.text, at)
        else:
            unknown_key(key, self.keys, at, self.words)
        return False

    def _read_keys(self, node: MapNode, at: At) -> Given | Bad:
        values: dict[str, Any] = {}
        nodes: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        bad = False
        for name in sorted(self.keys, key=lambda name: name not in self.first):
            key = self.keys[name]
            for entry, item in node.entries:
                if entry.text != name:
                    continue
                value = key.shape.read(item, at.key(name))
                bad |= isinstance(value, Bad)
                if name not in nodes:
                    values[name], nodes[name], keys[name] = value, item, entry
            if name not in nodes:
                bad |= not self._has_default(name, key, node, at, values)
        return BAD if bad else Given(node.spot, values, nodes, keys)

    def _has_default(
        self, name: str, key: Key, node: MapNode, at: At, values: dict[str, Any]
    ) -> bool:
        if key.required:
            at.bad(node.spot, "missing-key", f"'{name}' is missing{_example(name, key)}")
            return False
        values[name] = None
        if key.default is not None:
            values[name] = key.shape.read(node_of(key.default, _UNSEEN), at.key(name))
        return values[name] is not BAD


def unknown_key(key: Scalar, known: Mapping[str, Any], at: At, words: str) -> None:
    """Note a key that means nothing here, with the one that was probably meant."""
    near = nearest(key.text, known)
    where = at.path or words
    hint = f"did you mean '{near}'?" if near else f"known are {', '.join(known)}"
    text = f"'{key.text}' is not a key of {where}; {hint}"
    at.sheet.add(key.spot, "unknown-key", text)


def _example(name: str, key: Key) -> str:
    return f"; it is {key.shape.words}" if key.shape.words else f"; add `{name}: …`"


def _sentence(key: Key) -> str:
    default = default_text(key)
    return f"{key.about}. Default: {default}" if default else key.about


def default_text(key: Key) -> str:
    """The default as it would be written in a scenario, or in words; empty where there is none."""
    if key.default_words:
        return key.default_words
    return "" if key.default is None else _flow(key.default)


def _flow(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Mapping():
            return "{" + ", ".join(f"{name}: {_flow(item)}" for name, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_flow(item) for item in value) + "]"
        case _:
            return str(value)
