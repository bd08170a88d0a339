"""Beacons for tests: the smallest one, and a strategy of everything a beacon may say."""

import json
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from rumtest.beacon.model import Beacon

SMALLEST: dict[str, Any] = {
    "beacon": 1,
    "app": "shop",
    "view": "AAAAAAAAAAAA",
    "n": 1,
    "page": {"url": "https://shop.example/", "navigation": "navigate"},
    "time": {"origin": 1_700_000_000_000, "age": 1000},
}


def body(**changes: Any) -> bytes:
    """The smallest beacon with some keys changed, as it is sent."""
    return json.dumps({**SMALLEST, **changes}).encode()


def beacons() -> st.SearchStrategy[dict[str, Any]]:
    """Any JSON object that is a right beacon, made after the model's own types."""
    return _strategy(inspect.type_info(Beacon))


def json_values() -> st.SearchStrategy[Any]:
    """Any JSON value, with the model's own keys among the names: almost a beacon."""
    names = st.sampled_from([*SMALLEST, "metrics", "lcp", "lab", "run", "errors"]) | st.text()
    scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    return st.recursive(
        scalars, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=30
    )


def _strategy(kind: inspect.Type) -> st.SearchStrategy[Any]:  # noqa: C901  (one case a kind)
    match kind:
        case inspect.StructType(fields=fields):
            required = {item.name: _strategy(item.type) for item in fields if item.required}
            optional = {item.name: _strategy(item.type) for item in fields if not item.required}
            return st.fixed_dictionaries(required, optional=optional)
        case inspect.UnionType(types=types):
            return _strategy(next(item for item in types if type(item) is not inspect.NoneType))
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType(ge=low, le=high):
            return st.integers(low, high)
        case inspect.FloatType(gt=above, ge=low, le=high):
            return st.floats(above if low is None else low, high, exclude_min=low is None)
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern.strip("^$"), fullmatch=True)
        case inspect.StrType(min_length=low, max_length=high):
            return st.text(
                st.characters(exclude_categories=["Cs"]), min_size=low or 0, max_size=high
            )
        case inspect.VarTupleType(item_type=item, max_length=high):
            return st.lists(_strategy(item), max_size=min(high or 3, 3))
        case inspect.TupleType(item_types=items):
            return st.tuples(*map(_strategy, items)).map(list)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(_strategy(key), _strategy(value), max_size=3)
        case _:
            raise AssertionError(f"no strategy for {kind}")
