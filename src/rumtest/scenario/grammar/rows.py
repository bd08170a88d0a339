"""Data: rows of a CSV file beside the scenario, or values written in it."""

import csv
import io
import re
from pathlib import Path
from typing import Any, Final, Literal

from rumtest.scenario.containers import ListOf, MapOf
from rumtest.scenario.model import DataSource
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Choice
from rumtest.scenario.shape import BAD, At, Bad, Made
from rumtest.scenario.text import Text
from rumtest.scenario.tree import MapNode, Node, Scalar

__all__ = ["DATA", "SECRETS"]

# Rows travel to the measuring process with the scenario, with every order of work.
LARGEST_CSV: Final = 4 * 1024 * 1024
_SOURCE: Final = r"[A-Za-z_][A-Za-z0-9_]*"
# These stand before the dot of a variable already.
_TAKEN: Final = frozenset({"env", "secret", "var"})
Rows = tuple[dict[str, str], ...]
_Source = tuple[Rows, Literal["cycle", "random"]]


def _source_mistake(text: str) -> str | None:
    if text in _TAKEN:
        return f"'{text}' is taken: `${{{text}.…}}` means something else"
    return None if re.fullmatch(_SOURCE, text) else f"'{text}' is not a name of letters and digits"


def _secret_mistake(text: str) -> str | None:
    if re.fullmatch(_SOURCE, text):
        return None
    return f"'{text}' is not the name of an environment variable"


def _note_secret(name: str, _node: Node, at: At) -> str:
    at.known.secrets.add(name)
    return name


SECRETS: Final = ListOf(
    Made(Text("the name of an environment variable", _secret_mistake), _note_secret),
    "a list of names ([SHOP_PASSWORD])",
    unique=("secret", str),
)


class _Value:
    """One value: text, or a number as it is written."""

    words = "text or a number"

    def read(self, node: Node, at: At) -> str | Bad:
        """The text as written."""
        if isinstance(node, Scalar) and node.kind in ("text", "whole", "number"):
            return node.text
        return at.not_a(node, self.words)

    def schema(self) -> dict[str, Any]:
        """A string or a number."""
        return {"type": ["string", "number"]}


def _rows(given: Given, at: At) -> _Source | Bad:
    if ("file" in given) == ("values" in given):
        return at.bad(given.spot, "bad-value", "give either `file` or `values`")
    if "values" in given:
        return tuple({"": value} for value in given["values"]), given["take"]
    rows = _csv_rows(at.known.folder / given["file"], given.nodes["file"], at.key("file"))
    return rows if isinstance(rows, Bad) else (rows, given["take"])


def _csv_rows(path: Path, node: Node, at: At) -> Rows | Bad:
    try:
        if path.stat().st_size > LARGEST_CSV:
            return at.bad(node.spot, "bad-data", f"{path} is larger than {LARGEST_CSV} bytes")
        text = path.read_bytes().decode("utf-8-sig")
        return _checked_rows(list(csv.reader(io.StringIO(text), strict=True)), path, node, at)
    except UnicodeDecodeError:
        return at.bad(node.spot, "bad-data", f"{path} is not UTF-8")
    except csv.Error as error:
        return at.bad(node.spot, "bad-data", f"{path} is not CSV: {error}")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return at.bad(node.spot, "bad-data", f"{path} cannot be read: {why}")


def _checked_rows(lines: list[list[str]], path: Path, node: Node, at: At) -> Rows | Bad:
    filled = [(number, line) for number, line in enumerate(lines, 1) if line]
    if len(filled) < 2:
        return at.bad(node.spot, "bad-data", f"{path} has no row below its header")
    header = filled[0][1]
    if len(set(header)) < len(header) or not all(re.fullmatch(_SOURCE, name) for name in header):
        text = f"the header of {path} is not a row of different names: {', '.join(header)}"
        return at.bad(node.spot, "bad-data", text)
    for number, line in filled[1:]:
        if len(line) != len(header):
            text = f"row {number} of {path} has {len(line)} columns, its header {len(header)}"
            return at.bad(node.spot, "bad-data", text)
    return tuple(dict(zip(header, line, strict=True)) for _, line in filled[1:])


_SOURCE_RECORD: Final = Record(
    keys={
        "file": Key(Text("a file name"), "a CSV file with a header, relative to the scenario"),
        "values": Key(ListOf(_Value(), "a list of values"), "values in place of a file"),
        "take": Key(Choice(("cycle", "random")), "in order, or drawn by the seed", "cycle"),
    },
    build=_rows,
    words="data ({file: users.csv} or {values: [a, b]})",
)


class _Data:
    """All sources; the columns of each are noted for whoever refers to them."""

    words = "a mapping of data ({user: {file: users.csv}})"
    inner: Final = MapOf(
        Text("a data source's name", _source_mistake, pattern=_SOURCE), _SOURCE_RECORD, words
    )

    def read(self, node: Node, at: At) -> tuple[DataSource, ...] | Bad:
        """The sources."""
        if isinstance(node, MapNode):
            # A source with a mistake is still known by name, so that its uses are no mistakes.
            at.known.data.update((key.text, None) for key, _ in node.entries)
        entries = self.inner.read(node, at)
        if isinstance(entries, Bad):
            return BAD
        for name, _key, (rows, _take) in entries:
            at.known.data[name] = frozenset(rows[0])
        return tuple(DataSource(name, rows, take) for name, _key, (rows, take) in entries)

    def schema(self) -> dict[str, Any]:
        """That of the mapping."""
        return self.inner.schema()


DATA: Final = _Data()
