"""`rumtest doctor`: what is installed, what is missing, and the command for it."""

import click

from rumtest.cli.options import end

__all__ = ["command"]


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Install a browser when there is none.")
@click.option("--quiet", is_flag=True, help="Say something only when something is missing.")
def command(*, fix: bool, quiet: bool) -> int:
    """Tell what is installed and what is missing, with the exact command for it."""
    from rumtest.pipeline.doctor import examine

    return end(examine(fix=fix, quiet=quiet, say=click.echo))
