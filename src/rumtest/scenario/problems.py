"""How mistakes are shown: text with carets, JSON, and annotations of a GitHub workflow."""

import json
from collections.abc import Sequence
from typing import Literal

from rumtest.errors import Problem

__all__ = ["Level", "as_github", "as_json", "as_text"]

Level = Literal["error", "warning"]


def as_text(problems: Sequence[Problem], *, level: Level = "error") -> str:
    """One block a problem: its place, what is wrong, the line with a caret. Warnings say so."""
    return "\n".join(_text(problem, level) for problem in problems)


def as_json(problems: Sequence[Problem], *, level: Level = "error") -> str:
    """A JSON object with `format` 1 and the list of problems, lines and columns counted from 1."""
    listed = [
        {
            "level": level,
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column or None,
            "width": problem.width,
            "code": problem.code,
            "message": problem.message,
        }
        for problem in problems
    ]
    return json.dumps({"format": 1, "problems": listed}, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem], *, level: Level = "error") -> str:
    """Workflow commands that put each problem at its line of the pull request."""
    return "\n".join(_annotation(problem, level) for problem in problems)


def _text(problem: Problem, level: Level) -> str:
    if level == "error":
        return str(problem)
    head, line_break, rest = str(problem).partition("\n")
    marked = head.replace(f": {problem.code}: ", f": warning: {problem.code}: ", 1)
    return f"{marked}{line_break}{rest}"


def _annotation(problem: Problem, level: Level) -> str:
    place = problem.place
    properties = {"file": place.file, "line": str(place.line)}
    if place.column:
        properties["col"] = str(place.column)
        properties["endColumn"] = str(place.column + problem.width)
    properties["title"] = f"rumtest: {problem.code}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {listed}::{_data(problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
