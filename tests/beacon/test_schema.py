"""The published schema says what the reader keeps."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from rumtest.beacon.reading import Wrong, read_beacon
from rumtest.beacon.schema import json_schema
from tests.support.beacon import SMALLEST, beacons

VALIDATOR = Draft202012Validator(json_schema())


def test_the_schema_is_a_right_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@given(beacons())
def test_every_beacon_the_reader_keeps_whole_fits_the_schema(value: Any) -> None:
    assert VALIDATOR.is_valid(value)


# Right for some fields and wrong for most. What the schema cannot say is not among them: a whole
# number with a fraction of nothing, half a character, and the length that the reader forgives.
SCALARS = st.sampled_from(
    (0, 1, -1, 99, 600, 0.5, 10**15, 10**16, True, None, "", "AAAAAAAAAAAA", "a-b", "script")
)


@given(value=beacons(), odd=SCALARS | st.just([]) | st.just({}) | st.just([1, 2]), dice=st.data())
def test_what_fits_the_schema_is_kept_whole_and_what_does_not_is_dropped(
    value: Any, odd: Any, dice: st.DataObject
) -> None:
    parent, key = dice.draw(st.sampled_from(list(places(value))))
    parent[key] = odd

    try:
        kept = read_beacon(value)[1] == 0
    except Wrong:
        kept = False

    assert kept == VALIDATOR.is_valid(value)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with every key in it, at any depth."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        yield value, key
        if isinstance(item, dict | list):
            yield from places(item)


def test_the_schema_names_what_is_required() -> None:
    for key in SMALLEST:
        assert not VALIDATOR.is_valid({name: SMALLEST[name] for name in SMALLEST if name != key})


def test_on_the_wire_there_is_no_null() -> None:
    assert "null" not in json.dumps(json_schema())
