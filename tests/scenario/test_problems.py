"""Mistakes as text, JSON and annotations."""

import json

from rumtest.errors import Place, Problem
from rumtest.scenario.problems import as_github, as_json, as_text

PROBLEM = Problem(Place("a,b.yaml", 12, 11), "unknown-key", "50% 'fil'", "        - fil: x", 3)
WHOLE_LINE = Problem(Place("c.yaml", 4), "encoding", "not UTF-8")


def test_text_has_a_caret_below_what_is_meant() -> None:
    lines = as_text([PROBLEM, WHOLE_LINE]).split("\n")

    assert lines[0] == "a,b.yaml:12:11: unknown-key: 50% 'fil'"
    assert lines[2].index("^^^") == lines[1].index("fil")
    assert lines[3] == "c.yaml:4: encoding: not UTF-8"


def test_a_warning_says_so_in_every_form() -> None:
    assert "c.yaml:4: warning: encoding" in as_text([WHOLE_LINE], level="warning")
    assert '"level": "warning"' in as_json([WHOLE_LINE], level="warning")
    assert as_github([WHOLE_LINE], level="warning").startswith("::warning ")


def test_json_holds_every_field() -> None:
    first, second = json.loads(as_json([PROBLEM, WHOLE_LINE]))["problems"]

    assert first == {
        "level": "error",
        "file": "a,b.yaml",
        "line": 12,
        "column": 11,
        "width": 3,
        "code": "unknown-key",
        "message": "50% 'fil'",
    }
    assert second["column"] is None


def test_an_annotation_escapes_what_the_workflow_would_read() -> None:
    assert as_github([PROBLEM]) == (
        "::error file=a%2Cb.yaml,line=12,col=11,endColumn=14,"
        "title=rumtest%3A unknown-key::50%25 'fil'"
    )
