"""TOML text → positioned tree: values by tomllib, places by walking the text once more.

tomllib keeps no positions. The walk runs only over text that tomllib has accepted, so it need not
judge, only keep count; a value it has no place for takes that of what it lies in.
"""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, Final

from rumtest.scenario.sheet import Sheet
from rumtest.scenario.tree import ListNode, MapNode, Node, Scalar, Spot, node_of

__all__ = ["toml_tree"]

Path = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_ATOM: Final = re.compile(r"[^,\]}#\n]+")
_FAULT: Final = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def toml_tree(text: str, sheet: Sheet) -> MapNode | None:
    """The document as a tree; None, with the reason noted, where it is not TOML."""
    text = text.replace("\r\n", "\n")
    try:
        values = tomllib.loads(text)
        places = _Places(text, _line_starts(text))
        places.walk()
        return _table(values, (), places, Spot(1, 1))
    except RecursionError:
        sheet.add(Spot(1, 1), "toml", "too many levels lie in one another")
    except ValueError as error:  # TOMLDecodeError is one; so are numbers Python cannot hold
        match = _FAULT.fullmatch(str(error))
        what, line, column = match.groups() if match else (str(error), None, None)
        end = Spot(max(1, len(sheet.lines)), 1)
        spot = Spot(int(line), int(column)) if line and column else end
        sheet.add(spot, "toml", f"{what[:1].lower()}{what[1:]}")
    return None


def _table(values: dict[str, Any], path: Path, places: "_Places", around: Spot) -> MapNode:
    spot = places.values.get(path, around)
    entries: list[tuple[Scalar, Node]] = []
    for name, value in values.items():
        key = places.keys.get((*path, name), spot)
        entries.append((Scalar(key, name), _node(value, (*path, name), places, key)))
    return MapNode(spot, tuple(entries))


def _node(value: Any, path: Path, places: "_Places", around: Spot) -> Node:
    if isinstance(value, dict):
        return _table(value, path, places, around)
    spot = places.values.get(path, around)
    if isinstance(value, list):
        items = [_node(item, (*path, i), places, spot) for i, item in enumerate(value)]
        return ListNode(spot, tuple(items))
    return node_of(value, spot)


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


@dataclass(slots=True)
class _Places:
    """Where each key and each value of a valid document stands, by its path."""

    text: str
    starts: tuple[int, ...]
    keys: dict[Path, Spot] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)
    tables: dict[Path, int] = field(default_factory=dict)
    position: int = 0

    def walk(self) -> None:
        """Go through all statements; `[table]` headers set where the pairs below them belong."""
        here: Path = ()
        self.skip(_BLANK)
        while self.position < len(self.text):
            if self.at("[["):
                here = self.header(brackets=2)
            elif self.at("["):
                here = self.header(brackets=1)
            else:
                self.pair(here)
            self.skip(_BLANK)

    def header(self, *, brackets: int) -> Path:
        """A header's path; that of an array of tables ends with the number of its item."""
        start = self.position
        self.position += brackets
        names = self.dotted()
        self.position += brackets
        path: Path = ()
        for number, (name, spot) in enumerate(names, 1):
            path = (*path, name)
            self.keys.setdefault(path, spot)
            if brackets == 2 and number == len(names):
                self.tables[path] = self.tables.get(path, -1) + 1
            if path in self.tables:
                path = (*path, self.tables[path])
        self.values.setdefault(path, self.spot(start, self.position))
        return path

    def pair(self, here: Path) -> None:
        """`key = value` below a path; dotted keys make tables on their way."""
        path = here
        for name, spot in self.dotted():
            path = (*path, name)
            self.keys.setdefault(path, spot)
        self.position += 1  # =
        self.skip(_SPACE)
        self.value(path)

    def value(self, path: Path) -> None:
        """One value with all that lies in it."""
        start = self.position
        if self.at("["):
            self.array(path)
        elif self.at("{"):
            self.inline_table(path)
        elif self.at('"') or self.at("'"):
            self.skip(_STRING)
        else:
            match = _ATOM.match(self.text, self.position)
            self.position += len(match.group().rstrip()) if match else 1
        self.values.setdefault(path, self.spot(start, self.position))

    def array(self, path: Path) -> None:
        """The items between brackets."""
        self.position += 1
        index = 0
        self.skip(_BLANK)
        while not self.at("]") and self.position < len(self.text):
            self.value((*path, index))
            index += 1
            self.skip(_BLANK)
            self.position += self.at(",")
            self.skip(_BLANK)
        self.position += 1

    def inline_table(self, path: Path) -> None:
        """The pairs between braces."""
        self.position += 1
        self.skip(_BLANK)
        while not self.at("}") and self.position < len(self.text):
            self.pair(path)
            self.skip(_BLANK)
            self.position += self.at(",")
            self.skip(_BLANK)
        self.position += 1

    def dotted(self) -> list[tuple[str, Spot]]:
        """The parts of a dotted key, up to what follows it."""
        parts: list[tuple[str, Spot]] = []
        while True:
            self.skip(_SPACE)
            start = self.position
            quoted = self.at('"') or self.at("'")
            self.skip(_STRING if quoted else _BARE)
            raw = self.text[start : self.position]
            name = str(tomllib.loads(f"key = {raw}")["key"]) if quoted else raw
            parts.append((name, self.spot(start, self.position)))
            self.skip(_SPACE)
            if not self.at("."):
                return parts
            self.position += 1

    def at(self, what: str) -> bool:
        """Whether that stands at the position."""
        return self.text.startswith(what, self.position)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go behind what the pattern matches here."""
        match = pattern.match(self.text, self.position)
        self.position = match.end() if match else self.position

    def spot(self, start: int, end: int) -> Spot:
        """The spot from one position to another on the same line."""
        line = bisect_right(self.starts, start)
        end_line = bisect_right(self.starts, end)
        width = end - start if line == end_line else 1
        return Spot(line, start - self.starts[line - 1] + 1, max(1, width))
