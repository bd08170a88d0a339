"""The report as a JSON file for programs."""

from rumtest.report.document import document_json
from rumtest.report.view import ReportView

__all__ = ["render"]


def render(view: ReportView) -> str:
    """The view as JSON, one value a line, `"format": 1`; its schema is `report-1.schema.json`."""
    return document_json(view, indent=1) + "\n"
