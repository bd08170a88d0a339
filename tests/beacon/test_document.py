"""What docs/beacon.md lists is what a beacon holds."""

import re
from pathlib import Path

import msgspec

from rumtest.beacon.model import Beacon

DOCUMENT = Path(__file__).parents[2] / "docs" / "beacon.md"


def test_the_document_lists_every_field_and_marks_those_that_must_be_there() -> None:
    listed = re.findall(r"^\| `(\w+)`(!?) \|", DOCUMENT.read_text(), re.MULTILINE)

    fields = msgspec.structs.fields(Beacon)
    assert dict(listed) == {field.name: "!" if field.required else "" for field in fields}
