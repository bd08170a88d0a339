"""The JSON Schema of a beacon, made from the model: what the snippet's types are held to."""

from typing import Any

import msgspec

from rumtest.beacon.model import Beacon

__all__ = ["json_schema"]


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of what a client may send: lengths are those a client cuts to."""
    schema = msgspec.json.schema(Beacon)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rumtest beacon, version 1",
        "$comment": "Whole numbers are written without a fraction: 1, not 1.0.",
        "$ref": schema["$ref"],
        "$defs": {name: _absent_not_null(part) for name, part in schema["$defs"].items()},
    }


def _absent_not_null(node: Any) -> Any:
    """Our `None` means "not sent": on the wire there is no null, and no default worth naming."""
    if isinstance(node, list):
        return [_absent_not_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _absent_not_null(value) for key, value in node.items() if key != "default"}
    choices = kept.pop("anyOf", None)
    if choices is None:
        return kept
    (only,) = (choice for choice in choices if choice != {"type": "null"})
    return {**kept, **only}
