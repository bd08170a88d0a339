"""The view as a JSON document.

The same for `--json` and for what the HTML report carries inside.
"""

import msgspec

from rumtest.report.view import ReportView

__all__ = ["document_json", "document_schema"]


def document_json(view: ReportView, *, indent: int = 0) -> str:
    """The whole view, numbers at full precision, sentences as spans.

    Keys in the order of the dataclasses.
    """
    text = msgspec.json.encode(view).decode()
    return msgspec.json.format(text, indent=indent) if indent else text


def document_schema() -> dict[str, object]:
    """The JSON Schema of that document, made from the dataclasses."""
    schema = msgspec.json.schema(ReportView)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "rumtest report, format 1",
        **schema,
    }
