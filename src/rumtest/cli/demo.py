"""`rumtest demo`: the whole story on the bundled shop."""

from pathlib import Path

import click

from rumtest.cli.options import end
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("demo")
@click.option("--seed", type=click.IntRange(min=0), help="Repeat the same choices.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("reports/demo.html"),
    show_default=True,
    help="Where the report goes.",
)
@click.option("--unchanged", is_flag=True, help="Plant nothing: the shop against itself.")
@click.pass_obj
def command(settings: Globals, /, *, seed: int | None, html: Path, unchanged: bool) -> int:
    """Measure the bundled shop against a build of it whose hero image is late, and tell.

    Ends with 0 when the planted regression, and nothing else, is found.
    """
    from rumtest.cli.face import progress, style
    from rumtest.pipeline.demo import demo

    answer = demo(
        html=html,
        seed=seed,
        unchanged=unchanged,
        progress=progress(settings),
        style=style(settings),
    )
    return end(answer)
