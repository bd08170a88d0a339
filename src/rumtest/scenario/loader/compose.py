"""YAML text → positioned tree: the one place that knows YAML.

The tree is built from the parser's events, so that types are ours (YAML 1.2: `no` is text),
duplicate keys are seen, and aliases are counted: a file that expands beyond the limits is refused
before it takes memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import yaml

from rumtest.scenario.sheet import Sheet
from rumtest.scenario.tree import ListNode, MapNode, Node, Scalar, Spot, kind_of

__all__ = ["compose", "split_lines"]

# A scenario of a thousand steps has about 20 000 nodes; an alias counts with all it stands for.
MOST_NODES: Final = 50_000
# A scenario is about eight levels deep; Python's own stack bears much more than this.
DEEPEST: Final = 40

# Those that YAML's reader counts as line breaks.
_BREAK: Final = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
# Control characters and halves of surrogate pairs, which escapes in quotes can smuggle in.
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class _Refused(Exception):  # noqa: N818  (never leaves this file)
    """What follows cannot be read; the reason has been noted."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    size: int
    height: int


def split_lines(text: str) -> tuple[str, ...]:
    """The lines as YAML counts them."""
    return tuple(_BREAK.split(text))


def compose(text: str, sheet: Sheet) -> Node | None:
    """The document as a tree; None, with the reason noted, where it cannot be read at all."""
    try:
        # Built of events rather than nodes: nodes have lost which scalars bore a tag.
        return _Composer(sheet, yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = (error.problem or "this is not YAML").replace("could not found", "could not find")
        if error.context:
            what = f"{error.context}: {what}"
        sheet.add(_spot(mark) if mark else Spot(1, 1), "yaml", f"{what}{_advice(what)}")
    except yaml.reader.ReaderError as error:
        before = split_lines(text[: error.position])
        what = f"the character {error.character!r} may not stand in a text file"
        sheet.add(Spot(len(before), len(before[-1]) + 1), "yaml", what)
    except (yaml.YAMLError, ValueError, OverflowError, LookupError, RecursionError) as error:
        # The parser meets numbers it cannot hold in escapes and directives.
        sheet.add(Spot(1, 1), "yaml", f"this is not YAML: {error}")
    return None


def _advice(what: str) -> str:
    if "\\t" in what:
        return "; indent with blanks, not tabs"
    if "mapping values are not allowed" in what:
        return "; a text with `: ` in it needs quotes"
    return ""


def _spot(start: Any, end: Any = None) -> Spot:
    same_line = end is not None and end.line == start.line
    width = end.column - start.column if end is not None and same_line else 1
    return Spot(start.line + 1, start.column + 1, max(1, width))


@dataclass(slots=True)
class _Composer:
    sheet: Sheet
    events: Iterator[yaml.Event]
    anchors: dict[str, _Anchored | None] = field(default_factory=dict)
    nodes: int = 0

    def document(self) -> Node | None:
        """The one document of the stream."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse(
                        _spot(event.start_mark),
                        "a second document begins; one file is one scenario",
                    )
                root = self.node(next(self.events), 1).node
        if root is None:
            self.refuse(Spot(1, 1), "the file is empty")
        return root

    def node(self, event: yaml.Event, depth: int) -> _Anchored:
        """The node that begins with this event, with its whole size and height."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if depth > DEEPEST:
            self.refuse(_spot(event.start_mark), f"more than {DEEPEST} levels lie in one another")
        anchor = event.anchor if isinstance(event, yaml.NodeEvent) else None
        if anchor is not None:
            self.anchors[anchor] = None  # until it is closed, an alias to it would be endless
        self.refuse_tag(event)
        before = self.nodes
        self.count(event, 1)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node, height = self.scalar(event), 1
        elif isinstance(event, yaml.SequenceStartEvent):
            node, height = self.sequence(event, depth)
        else:
            node, height = self.mapping(event, depth)
        whole = _Anchored(node, self.nodes - before, height)
        if anchor is not None:
            self.anchors[anchor] = whole
        return whole

    def alias(self, event: yaml.AliasEvent, depth: int) -> _Anchored:
        """What the alias stands for, counted once more."""
        spot = _spot(event.start_mark, event.end_mark)
        name = str(event.anchor)
        if name not in self.anchors:
            self.refuse(spot, f"`*{name}` is not anchored above")
        found = self.anchors[name]
        if found is None:
            self.refuse(spot, f"`*{name}` stands within itself")
        if depth + found.height - 1 > DEEPEST:
            self.refuse(spot, f"more than {DEEPEST} levels lie in one another")
        self.count(event, found.size)
        return found

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        """One value; only those without quotes have a type."""
        spot = _spot(event.start_mark, event.end_mark)
        text = str(event.value)
        unfit = _UNFIT.search(text)
        if unfit is not None:
            what = f"the character {unfit.group()!r} may not stand in a text"
            self.sheet.add(spot, "bad-character", what)
            return Scalar(spot, _UNFIT.sub("·", text), "broken")
        return Scalar(spot, text, kind_of(text) if event.style is None else "text")

    def sequence(self, event: yaml.Event, depth: int) -> tuple[ListNode, int]:
        """A list, with its height."""
        items: list[Node] = []
        height = 0
        for inner in self.events:
            if isinstance(inner, yaml.SequenceEndEvent):
                return ListNode(_around(event, inner), tuple(items)), height + 1
            item = self.node(inner, depth + 1)
            items.append(item.node)
            height = max(height, item.height)
        raise AssertionError

    def mapping(self, event: yaml.Event, depth: int) -> tuple[MapNode, int]:
        """A mapping, with its height; keys given twice are told here and both kept."""
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, Scalar] = {}
        height = 0
        for inner in self.events:
            if isinstance(inner, yaml.MappingEndEvent):
                return MapNode(_around(event, inner), tuple(entries)), height + 1
            key = self.node(inner, depth + 1).node
            value = self.node(next(self.events), depth + 1)
            height = max(height, value.height)
            if isinstance(key, Scalar):
                self.tell_repeat(key, first)
                entries.append((key, _visible(value.node, key)))
            else:
                self.sheet.add(key.spot, "bad-key", "a list or a mapping cannot be a key")
        raise AssertionError

    def tell_repeat(self, key: Scalar, first: dict[str, Scalar]) -> None:
        """Note a key that was given before in the same mapping."""
        earlier = first.setdefault(key.text, key)
        if earlier is not key:
            text = f"'{key.text}' is given twice (first on line {earlier.spot.line})"
            self.sheet.add(key.spot, "duplicate-key", text)

    def refuse_tag(self, event: yaml.Event) -> None:
        """Note a tag: a value's type is what it looks like."""
        tag = getattr(event, "tag", None)
        if tag is not None:
            text = f"the tag `{tag}` has no meaning here; leave it out"
            self.sheet.add(_spot(event.start_mark), "yaml-tag", text)

    def count(self, event: yaml.Event, nodes: int) -> None:
        """Count nodes, as they stand after every alias has been put in."""
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            text = f"the file comes to more than {MOST_NODES} values once its aliases are put in"
            self.refuse(_spot(event.start_mark, event.end_mark), text)

    def refuse(self, spot: Spot, text: str) -> NoReturn:
        """Note what makes the rest unreadable, and stop."""
        self.sheet.add(spot, "yaml", text)
        raise _Refused


def _around(start: yaml.Event, end: yaml.Event) -> Spot:
    flow = getattr(start, "flow_style", False)
    return _spot(start.start_mark, end.end_mark if flow else None)


def _visible(value: Node, key: Scalar) -> Node:
    """An empty value has no place of its own; it stands where its key does."""
    if isinstance(value, Scalar) and value.kind == "nothing" and not value.text:
        return Scalar(key.spot, "", "nothing")
    return value
