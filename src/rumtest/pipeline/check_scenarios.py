"""Validates scenarios: every mistake of every file at once, and what a threshold cannot keep."""

from typing import Literal

from rumtest.errors import ConfigError, ExitStatus, Problem, ScenarioError
from rumtest.pipeline.options import Answer, Selection
from rumtest.pipeline.select import load_selected, selected_config
from rumtest.scenario.loader import warnings
from rumtest.scenario.problems import Level, as_github, as_json, as_text

__all__ = ["Format", "check_scenarios"]

Format = Literal["text", "json", "github"]


def check_scenarios(selection: Selection, form: Format) -> Answer:
    """Load the scenarios without running them: status 4 with all problems, or 0."""
    try:
        scenarios = load_selected(selection, selected_config(selection))
    except (ScenarioError, ConfigError) as error:
        count = len(error.problems)
        text = _formatted(error.problems, form, level="error")
        if form == "text":
            text += f"\n\n{count} mistake{'s' if count != 1 else ''}"
        return Answer(int(ExitStatus.USAGE), text)
    notes = tuple(problem for scenario in scenarios for problem in warnings(scenario))
    told = [_formatted(notes, form, level="warning")] if notes or form != "text" else []
    if form == "text":
        told += [f"{s.file}: {s.name}: {_contents(len(s.journeys))}, fine" for s in scenarios]
    return Answer(int(ExitStatus.FINE), "\n".join(told))


def _contents(journeys: int) -> str:
    return f"{journeys} journey{'s' if journeys != 1 else ''}"


def _formatted(problems: tuple[Problem, ...], form: Format, *, level: Level) -> str:
    write = {"text": as_text, "json": as_json, "github": as_github}[form]
    return write(problems, level=level)
