"""The document of the commands names every command, every option and every exit status."""

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from rumtest.cli.root import COMMANDS
from rumtest.errors import ExitStatus

TEXT = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text("utf-8")
COMMANDS_PART = TEXT.partition("## Commands")[2]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_document_names_the_command_and_all_its_options(name: str) -> None:
    command = import_module(f"rumtest.cli.{name}").command
    options = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts[:1]
    }

    assert f"`rumtest {name}" in COMMANDS_PART
    assert {option for option in options if option not in COMMANDS_PART} <= {"--quiet"}


def test_the_document_lists_every_exit_status() -> None:
    table = COMMANDS_PART.partition("### Exit status")[2]

    statuses = re.findall(r"^\| (\d) \|", table, re.MULTILINE)

    assert [int(status) for status in statuses] == [int(status) for status in ExitStatus]
