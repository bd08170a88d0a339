"""`rumtest compare`: two stored runs against each other."""

from typing import Any

import click

from rumtest.cli.options import end, outputs, outputs_of
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("compare")
@click.argument("base")
@click.argument("head")
@outputs
@click.pass_obj
def command(settings: Globals, /, *, base: str, head: str, **values: Any) -> int:
    """Compare two stored runs; BASE and HEAD are run folders, run ids, or `latest`.

    The two were not measured in pairs, so the answer is advice and never fails a build alone. Use
    `rumtest ab` for a verdict.
    """
    from rumtest.cli.face import command_line, style
    from rumtest.pipeline.compare_runs import compare_runs
    from rumtest.pipeline.select import config_here

    return end(
        compare_runs(
            base,
            head,
            outputs_of(values),
            style(settings),
            config=config_here(settings.config),
            command=command_line(),
        )
    )
