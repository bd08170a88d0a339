"""`rumtest ab`: base and head interleaved in pairs, judged by what changed."""

from typing import Any

import click

from rumtest.cli.options import end, measuring, outputs, outputs_of, selection_of, selects
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("ab")
@selects
@click.option("--base-url", help="Where head stands.")
@click.option("--against", help="Where base stands: the address that head is compared against.")
@click.option("--serve", metavar="CMD", help="Start head with this command; {port} is filled in.")
@click.option("--against-serve", metavar="CMD", help="Start base with this command.")
@measuring
@outputs
@click.pass_obj
def command(settings: Globals, /, **values: Any) -> int:
    """Compare two builds: base and head interleaved in real browsers.

    Give two addresses (--base-url, --against), or two commands (--serve, --against-serve); rumtest
    then starts both anew for every block of five pairs, which sees smaller changes.
    """
    from rumtest.cli.face import command_line, progress, style
    from rumtest.pipeline.options import AbOptions
    from rumtest.pipeline.run_ab import run_ab

    head_url = values.pop("base_url")
    options = AbOptions(
        selection=selection_of(settings, values),
        outputs=outputs_of(values),
        head_url=head_url,
        base_url=values["against"],
        head_serve=values["serve"],
        base_serve=values["against_serve"],
        seed=values["seed"],
        headed=values["headed"],
        command=command_line(),
    )
    return end(run_ab(options, progress=progress(settings), style=style(settings)))
