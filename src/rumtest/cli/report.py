"""`rumtest report`: makes the report of a stored run again."""

from typing import Any

import click

from rumtest.cli.options import end, outputs, outputs_of
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("report")
@click.argument("run", default="latest")
@outputs
@click.pass_obj
def command(settings: Globals, /, *, run: str, **values: Any) -> int:
    """Make the report of a stored run again.

    RUN is a run folder, a run id, or `latest` (the default).
    """
    from rumtest.cli.face import style
    from rumtest.pipeline.compare_runs import report_run
    from rumtest.pipeline.select import config_here

    config = config_here(settings.config)
    return end(report_run(run, outputs_of(values), style(settings), config=config))
