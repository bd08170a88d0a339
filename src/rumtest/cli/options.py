"""Options that several commands share, and their reading into the pipeline's values."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rumtest.cli.root import Globals
from rumtest.errors import UsageError
from rumtest.pipeline.options import Answer, Outputs, Selection

__all__ = ["end", "measuring", "outputs", "outputs_of", "selection_of", "selects"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


def _apply(command: Callable[..., Any], options: tuple[Any, ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def selects(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what selects scenarios and parts of them."""
    return _apply(
        command,
        (
            click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
            click.option(
                "-k", "keyword", help="Only gates whose names hold these words (`a and b`)."
            ),
            click.option("--tag", "tags", multiple=True, help="Only scenarios with this tag."),
            click.option("--profile", "profiles", multiple=True, help="These profiles instead."),
            click.option(
                "-n",
                "--iterations",
                type=click.IntRange(min=1),
                help="Exactly so many iterations (or pairs), one look.",
            ),
            click.option(
                "--var",
                "variables",
                multiple=True,
                metavar="K=V",
                help="Fix the variable ${K} of the scenario for the whole run.",
            ),
        ),
    )


def measuring(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a command that drives browsers knows."""
    return _apply(
        command,
        (
            click.option("--headed", is_flag=True, help="Show the browser."),
            click.option("--seed", type=click.IntRange(min=0), help="Repeat the same choices."),
        ),
    )


def outputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add where results go and whether an open gate fails."""
    return _apply(
        command,
        (
            click.option("--runs", type=_FOLDER, help="Folder of the run folders."),
            click.option("--html", type=_FILE, help="Where the report goes."),
            click.option("--json", "json_file", type=_FILE, help="The report as data, too."),
            click.option(
                "--inconclusive",
                type=click.Choice(["pass", "fail"]),
                default="pass",
                show_default=True,
                help="Whether a gate that could not rule a regression out fails.",
            ),
        ),
    )


def selection_of(settings: Globals, values: dict[str, Any]) -> Selection:
    """The selection from the options of `selects`."""
    variables: dict[str, str] = {}
    for text in values["variables"]:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(
                f"`--var {text}` is not of the form K=V.", "Write `--var product=kettle`."
            )
        variables[name] = value
    return Selection(
        paths=tuple(values["paths"]),
        config=settings.config,
        keyword=values["keyword"],
        tags=tuple(values["tags"]),
        profiles=tuple(values["profiles"]),
        base_url=values.get("base_url"),
        iterations=values["iterations"],
        variables=variables,
    )


def outputs_of(values: dict[str, Any]) -> Outputs:
    """The outputs from the options of `outputs`."""
    return Outputs(
        runs=values["runs"],
        html=values["html"],
        json=values["json_file"],
        fail_inconclusive=values["inconclusive"] == "fail",
    )


def end(answer: Answer) -> int:
    """Print what the use case has to say and give its status to the shell."""
    try:
        if answer.text:
            click.echo(answer.text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away (`rumtest … | head`), which changes nothing about the answer.
        # Python's own flush at the end must not meet the broken pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.status
