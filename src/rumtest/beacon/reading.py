"""Reading a stranger's object after the model: keep what is right, drop and count what is not.

The model's own types say what is right, so a field is described once. Nothing is coerced: a
number in quotes is not a number. A wrong field drops itself; if it was required, the part it
belongs to; if that was required too, the beacon. Descent ends where the model ends, whatever
the depth of what was sent.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from msgspec import inspect

from rumtest.beacon.model import Beacon, Lab

__all__ = ["Wrong", "read_beacon"]

# Characters beyond the limit that are forgiven, as a factor (see `fields`).
FORGIVEN_LENGTH: Final = 2


class Wrong(Exception):  # noqa: N818  (never leaves this package)
    """A value its field cannot hold: where, and what would be right; never the value."""

    def __init__(self, path: str, expected: str) -> None:
        self.path = path
        self.expected = expected
        super().__init__(f"{path}: {expected}")


class Tally:
    """How many fields and entries of one beacon were dropped."""

    dropped = 0


def read_beacon(raw: Any) -> tuple[Beacon, int]:
    """The beacon in a decoded JSON value, and how many of its entries were dropped.

    Raises `Wrong` for a beacon that must be refused.
    """
    tally = Tally()
    beacon = _read(_model(), raw, "", tally)
    assert isinstance(beacon, Beacon)
    return beacon, tally.dropped


@cache
def _model() -> inspect.Type:
    # Looking into the types takes some ms, and whoever reads no beacon should not wait for it.
    return inspect.type_info(Beacon)


def _read(kind: inspect.Type, raw: Any, path: str, tally: Tally) -> Any:
    return _READERS[type(kind)](kind, raw, path, tally)


def _read_struct(kind: inspect.StructType, raw: Any, path: str, tally: Tally) -> Any:
    if type(raw) is not dict:
        raise Wrong(path or "beacon", "an object is expected")
    kept: dict[str, Any] = {}
    known = 0
    for field in kind.fields:
        if field.name not in raw:
            if field.required:
                raise Wrong(_under(path, field.name), "required")
            continue
        known += 1
        try:
            kept[field.name] = _read(field.type, raw[field.name], _under(path, field.name), tally)
        except Wrong:
            if field.required or _must_not_vanish(field.type):
                raise
            tally.dropped += 1
    tally.dropped += len(raw) - known
    return kind.cls(**kept)


def _must_not_vanish(kind: inspect.Type) -> bool:
    """A beacon of our own runs that lost its tag would count as a user's: refuse it instead."""
    return isinstance(kind, inspect.UnionType) and any(
        isinstance(item, inspect.StructType) and item.cls is Lab for item in kind.types
    )


def _read_union(kind: inspect.UnionType, raw: Any, path: str, tally: Tally) -> Any:
    # The model's only unions are "this or unknown", and unknown is said by leaving the key out.
    (present,) = (item for item in kind.types if not isinstance(item, inspect.NoneType))
    return _read(present, raw, path, tally)


def _read_number(kind: inspect.FloatType, raw: Any, path: str, _: Tally) -> float:
    if type(raw) not in (int, float):
        raise Wrong(path, "a number is expected")
    _check_range(kind, raw, path)
    return float(raw)


def _read_whole(kind: inspect.IntType, raw: Any, path: str, _: Tally) -> int:
    if type(raw) is not int:
        raise Wrong(path, "a whole number is expected")
    _check_range(kind, raw, path)
    return int(raw)


def _check_range(kind: inspect.IntType | inspect.FloatType, raw: float, path: str) -> None:
    low = -math.inf if kind.ge is None else kind.ge
    high = math.inf if kind.le is None else kind.le
    above = kind.gt is None or raw > kind.gt
    # Written so that NaN, which compares with nothing, falls through.
    if above and low <= raw <= high and raw not in (math.inf, -math.inf):
        return
    raise Wrong(path, "out of range")


def _read_text(kind: inspect.StrType, raw: Any, path: str, _: Tally) -> str:
    if type(raw) is not str:
        raise Wrong(path, "text is expected")
    if len(raw) > FORGIVEN_LENGTH * (kind.max_length or len(raw)):
        raise Wrong(path, f"longer than twice {kind.max_length} characters")
    if len(raw) < (kind.min_length or 0):
        raise Wrong(path, "empty")
    # fullmatch, since `$` would let a final line break through.
    if kind.pattern and not re.fullmatch(kind.pattern, raw):
        raise Wrong(path, f"does not match {kind.pattern}")
    if not raw.isascii() and any("\ud800" <= character <= "\udfff" for character in raw):
        raise Wrong(path, "half a character")  # a lone surrogate cannot be written as UTF-8
    return raw


def _read_bool(_: inspect.BoolType, raw: Any, path: str, __: Tally) -> bool:
    if type(raw) is not bool:
        raise Wrong(path, "true or false is expected")
    return raw


def _read_word(kind: inspect.LiteralType, raw: Any, path: str, _: Tally) -> Any:
    # By type as well: `True == 1` and `1.0 == 1`.
    if any(type(raw) is type(value) and raw == value for value in kind.values):
        return raw
    raise Wrong(path, f"one of {', '.join(map(str, kind.values))} is expected")


def _read_list(kind: inspect.VarTupleType, raw: Any, path: str, tally: Tally) -> tuple[Any, ...]:
    if type(raw) is not list:
        raise Wrong(path, "a list is expected")
    kept: list[Any] = []
    for item in raw:
        if kind.max_length is not None and len(kept) == kind.max_length:
            break
        try:
            kept.append(_read(kind.item_type, item, f"{path}[]", tally))
        except Wrong:
            continue
    tally.dropped += len(raw) - len(kept)
    return tuple(kept)


def _read_row(kind: inspect.TupleType, raw: Any, path: str, tally: Tally) -> tuple[Any, ...]:
    if type(raw) is not list or len(raw) != len(kind.item_types):
        raise Wrong(path, f"a list of {len(kind.item_types)} is expected")
    return tuple(
        _read(item, value, f"{path}[]", tally)
        for item, value in zip(kind.item_types, raw, strict=True)
    )


def _read_named(kind: inspect.DictType, raw: Any, path: str, tally: Tally) -> dict[str, Any]:
    if type(raw) is not dict:
        raise Wrong(path, "an object is expected")
    kept: dict[str, Any] = {}
    for name, value in raw.items():
        if kind.max_length is not None and len(kept) == kind.max_length:
            break
        try:
            _read(kind.key_type, name, f"{path}.*", tally)
            kept[name] = _read(kind.value_type, value, f"{path}.*", tally)
        except Wrong:
            continue
    tally.dropped += len(raw) - len(kept)
    return kept


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


_READERS: Final[Mapping[type, Callable[[Any, Any, str, Tally], Any]]] = {
    inspect.StructType: _read_struct,
    inspect.UnionType: _read_union,
    inspect.FloatType: _read_number,
    inspect.IntType: _read_whole,
    inspect.StrType: _read_text,
    inspect.BoolType: _read_bool,
    inspect.LiteralType: _read_word,
    inspect.VarTupleType: _read_list,
    inspect.TupleType: _read_row,
    inspect.DictType: _read_named,
}
