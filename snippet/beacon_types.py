"""The beacon's TypeScript types, written from the model: `python snippet/beacon_types.py`.

The snippet compiles against `src/beacon.ts`, so a field that the model renames or narrows stops
`tsc`; a test compares the file with what this script would write, so it cannot be forgotten.
"""

import json
from pathlib import Path
from typing import Any

from rumtest.beacon.schema import json_schema

TYPES = Path(__file__).resolve().parent / "src" / "beacon.ts"

HEAD = """\
// The shape of a beacon, written by `python snippet/beacon_types.py` from the Python model.
"""


def typescript() -> str:
    """The text of `src/beacon.ts`."""
    parts = json_schema()["$defs"]
    written = [_interface(name, part) for name, part in sorted(parts.items())]
    return HEAD + "\n" + "\n".join(written)


def _interface(name: str, part: dict[str, Any]) -> str:
    required = set(part.get("required", ()))
    lines = [f"/** {part['description'].splitlines()[0]} */", f"export interface {name} {{"]
    for key, kind in part["properties"].items():
        # `undefined` is what JSON.stringify leaves out, so it may be assigned.
        lines.append(
            f"  {key}: {_type(kind)};"
            if key in required
            else f"  {key}?: {_type(kind)} | undefined;"
        )
    return "\n".join([*lines, "}", ""])


def _type(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        return str(kind["$ref"]).rpartition("/")[2]
    if "enum" in kind:
        return " | ".join(json.dumps(value) for value in kind["enum"])
    if kind["type"] == "object":
        return f"Record<string, {_type(kind['additionalProperties'])}>"
    if "prefixItems" in kind:
        return f"[{', '.join(_type(item) for item in kind['prefixItems'])}]"
    if kind["type"] == "array":
        return f"{_type(kind['items'])}[]"
    return {"integer": "number"}.get(kind["type"], str(kind["type"]))


if __name__ == "__main__":
    TYPES.write_text(typescript())
