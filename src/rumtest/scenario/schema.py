"""The JSON Schema for editors, made of the same shapes that the loader reads with.

`python -m rumtest.scenario.schema` writes it beside this file.
"""

import json
from pathlib import Path
from typing import Any, Final

from rumtest.scenario.grammar.actions import ACTION, CONDITION
from rumtest.scenario.grammar.gates import THRESHOLDS
from rumtest.scenario.grammar.locators import LOCATOR, LOCATOR_KEYS
from rumtest.scenario.grammar.steps import STEP
from rumtest.scenario.grammar.whole import SCENARIO, VERSION
from rumtest.scenario.shape import Schema, Shape
from rumtest.scenario.tolerance import tolerance_shape

__all__ = ["SCHEMA_FILE", "scenario_schema", "schema_text"]

SCHEMA_FILE: Final = Path(__file__).with_name(f"rumtest-{VERSION}.schema.json")

# Parts that stand in several places: they are written once and referred to.
_PARTS: Final[dict[str, Shape[Any]]] = {
    "step": STEP,
    "action": ACTION,
    "condition": CONDITION,
    "locator": LOCATOR,
    "role": LOCATOR_KEYS["role"].shape,
    "thresholds": THRESHOLDS,
    "tolerance": tolerance_shape(None),
}


def scenario_schema() -> Schema:
    """The schema of a scenario file."""
    names = {_text(shape.schema()): name for name, shape in _PARTS.items()}
    parts = {name: _inside(shape.schema(), names) for name, shape in _PARTS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rumtest scenario",
        **_inside(SCENARIO.schema(), names),
        "$defs": parts,
    }


def schema_text() -> str:
    """The schema as it lies on disk."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def _referring(schema: Schema, names: dict[str, str]) -> Schema:
    """A reference where the schema, apart from its description, is one of the named parts."""
    name = names.get(_text({key: part for key, part in schema.items() if key != "description"}))
    if name is None:
        return _inside(schema, names)
    about = {"description": schema["description"]} if "description" in schema else {}
    return {**about, "$ref": f"#/$defs/{name}"}


def _inside(schema: Schema, names: dict[str, str]) -> Schema:
    """The schema with references in place of the named parts within it."""
    made = dict(schema)
    for keyword in ("properties", "patternProperties"):
        if keyword in schema:
            inner = schema[keyword].items()
            made[keyword] = {key: _referring(part, names) for key, part in inner}
    if "items" in schema:
        made["items"] = _referring(schema["items"], names)
    if "anyOf" in schema:
        made["anyOf"] = [_referring(part, names) for part in schema["anyOf"]]
    return made


def _text(schema: Schema) -> str:
    return json.dumps(schema, sort_keys=True)


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), "utf-8")
