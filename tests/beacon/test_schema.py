"""The published schema says what the reader keeps."""

import json
from typing import Any

from hypothesis import given
from jsonschema import Draft202012Validator

from rumtest.beacon.schema import json_schema
from tests.support.beacon import SMALLEST, beacons

VALIDATOR = Draft202012Validator(json_schema())


def test_the_schema_is_a_right_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@given(beacons())
def test_every_beacon_the_reader_keeps_whole_fits_the_schema(value: Any) -> None:
    assert VALIDATOR.is_valid(value)


def test_the_schema_names_what_is_required() -> None:
    for key in SMALLEST:
        assert not VALIDATOR.is_valid({name: SMALLEST[name] for name in SMALLEST if name != key})


def test_on_the_wire_there_is_no_null() -> None:
    assert "null" not in json.dumps(json_schema())
