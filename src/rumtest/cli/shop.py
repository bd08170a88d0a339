"""`rumtest shop`: serves the bundled shop alone."""

import click

__all__ = ["command"]


@click.command(
    "shop",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(*, arguments: tuple[str, ...]) -> int:
    """Serve the bundled shop alone, with its knobs (`rumtest shop --help` lists them)."""
    from rumtest.shop.__main__ import main

    try:
        return main(list(arguments))
    except SystemExit as ended:  # argparse's way of ending, with the status of shop/command.py
        return int(ended.code or 0)
