"""`rumtest check`: validates scenarios without running them."""

from pathlib import Path
from typing import Literal

import click

from rumtest.cli.options import end
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations in a workflow.",
)
@click.pass_obj
def command(
    settings: Globals, /, *, paths: tuple[Path, ...], form: Literal["text", "json", "github"]
) -> int:
    """Validate scenarios without running them: all mistakes at once, each with its place.

    PATHS are scenario files or folders of them (default: scenarios).
    """
    from rumtest.pipeline.check_scenarios import check_scenarios
    from rumtest.pipeline.options import Selection

    return end(check_scenarios(Selection(paths=paths, config=settings.config), form))
