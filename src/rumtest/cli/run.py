"""`rumtest run`: scenarios in real browsers, judged by their thresholds."""

from typing import Any

import click

from rumtest.cli.options import end, measuring, outputs, outputs_of, selection_of, selects
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("run")
@selects
@click.option("--base-url", help="Where the site stands, instead of the scenario's base_url.")
@measuring
@outputs
@click.pass_obj
def command(settings: Globals, /, **values: Any) -> int:
    """Run scenarios in real browsers and judge their thresholds.

    PATHS are scenario files or folders of them (default: scenarios).
    """
    from rumtest.cli.face import command_line, progress, style
    from rumtest.pipeline.options import RunOptions
    from rumtest.pipeline.run_scenarios import run_scenarios

    options = RunOptions(
        selection=selection_of(settings, values),
        outputs=outputs_of(values),
        seed=values["seed"],
        headed=values["headed"],
        command=command_line(),
    )
    return end(run_scenarios(options, progress=progress(settings), style=style(settings)))
