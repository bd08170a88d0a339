"""`rumtest doctor`: what is installed, what is missing, and the command for it."""

import click

from rumtest.cli.options import end
from rumtest.cli.root import Globals

__all__ = ["command"]


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Install a browser when there is none.")
@click.option("--quiet", is_flag=True, help="Say something only when something is missing.")
@click.pass_obj
def command(settings: Globals, /, *, fix: bool, quiet: bool) -> int:
    """Tell what is installed and what is missing, with the exact command for it."""
    from rumtest.cli.face import style
    from rumtest.pipeline.doctor import examine

    unicode = style(settings).unicode
    return end(examine(fix=fix, quiet=quiet or settings.quiet, unicode=unicode, say=click.echo))
