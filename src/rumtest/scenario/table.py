"""The tables of keys and defaults in the documentation, made of the shapes that read them.

`python -m rumtest.scenario.table docs/scenarios.md` brings the tables of that file up to date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rumtest.metric import METRICS
from rumtest.scenario.containers import ByKind, ListOf, MapOf, OneKey
from rumtest.scenario.grammar.gates import THRESHOLDS
from rumtest.scenario.grammar.whole import SCENARIO
from rumtest.scenario.record import Key, Record, default_text
from rumtest.scenario.settings import SETTINGS
from rumtest.scenario.shape import Made, Shape
from rumtest.scenario.tolerance import default_tolerance, format_tolerance

__all__ = ["TABLES", "key_table", "with_tables"]

# The tables by the word that marks their place: `<!-- table scenario -->` to `<!-- end -->`.
TABLES: Final[dict[str, Record[Any]]] = {"scenario": SCENARIO, "rumtest.toml": SETTINGS}


def key_table(record: Record[Any]) -> str:
    """A Markdown table of every key below the record: its path, its default, what it is for."""
    rows = dict.fromkeys(_rows(record, ""))
    lines = (f"| `{path}` | {default} | {about} |" for path, default, about in rows)
    return "\n".join(("| key | default | |", "|---|---|---|", *lines))


def with_tables(text: str) -> str:
    """The text of a document with its marked tables as they are today."""
    for name, record in TABLES.items():
        before, begin, rest = text.partition(f"<!-- table {name} -->\n")
        _, end, after = rest.partition("\n<!-- end -->")
        if end:
            text = f"{before}{begin}{key_table(record)}{end}{after}"
    return text


def _rows(record: Record[Any], prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, key in record.keys.items():
        if name in METRICS:
            yield f"{prefix}METRIC", _tolerances(), "the tolerance of one metric"
            continue
        suffix, inner = _within(key.shape)
        if key.about:
            yield prefix + name, _default(key), key.about
        if inner is not None and inner is not THRESHOLDS:
            yield from _rows(inner, f"{prefix}{name}{suffix}.")


def _within(shape: Shape[Any]) -> tuple[str, Record[Any] | None]:
    """The record inside a shape, and how the path goes there: `[]` an item, `.NAME` a name."""
    match shape:
        case Record():
            return "", None if "max_increase" in shape.keys else shape
        case Made():
            return _within(shape.shape)
        case ListOf():
            suffix, inner = _within(shape.item)
            return f"[]{suffix}", inner
        case MapOf():
            suffix, inner = _within(shape.value)
            return f".NAME{suffix}", inner
        case ByKind(mapping=None) | OneKey():
            return "", None
        case ByKind():
            return _within(shape.sequence or shape.mapping or shape)
        case _:
            inner_shape = getattr(shape, "inner", None)
            return ("", None) if inner_shape is None else _within(inner_shape)


def _default(key: Key) -> str:
    if key.required:
        return "required"
    text = default_text(key)
    if not text:
        return "–"
    return text if key.default_words else f"`{text}`"


def _tolerances() -> str:
    """The default tolerances, each with the metrics it is for."""
    groups: dict[str, list[str]] = {}
    for name in METRICS:
        groups.setdefault(format_tolerance(default_tolerance(name), name), []).append(name)
    largest = max(groups, key=lambda text: len(groups[text]))
    special = [f"{', '.join(names)} `{text}`" for text, names in groups.items() if text != largest]
    return "; ".join((f"`{largest}`", *special))


if __name__ == "__main__":
    for document in map(Path, sys.argv[1:]):
        document.write_text(with_tables(document.read_text("utf-8")), "utf-8")
