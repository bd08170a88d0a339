"""The root command: global options, lazily loaded commands, and how each way of ending ends."""

import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import click

from rumtest.errors import ExitStatus, RumtestError

__all__ = ["Globals", "root", "run_command"]

# The help text stands here so that `rumtest --help` imports no command.
COMMANDS: Final = {
    "ab": "Compare two builds: base and head interleaved in real browsers.",
    "check": "Validate scenarios without running them.",
    "compare": "Compare two stored runs.",
    "demo": "The whole story on the bundled shop.",
    "doctor": "What is installed, what is missing, and the exact command for it.",
    "report": "Make the report of a stored run again.",
    "run": "Run scenarios in real browsers and judge their thresholds.",
    "shop": "Serve the bundled shop alone.",
}


@dataclass(frozen=True, slots=True)
class Globals:
    """What stands before the command: the config file, how much is said, and whether in colour."""

    config: Path | None = None
    verbose: bool = False
    quiet: bool = False
    color: bool | None = None


class _LazyGroup(click.Group):
    """A group that imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"rumtest.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from rumtest import __version__

    click.echo(f"rumtest {__version__}")
    ctx.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The rumtest.toml to use instead of the one found beside the scenario.",
)
@click.option("-v", "--verbose", is_flag=True, help="Tell of every load while working.")
@click.option("-q", "--quiet", is_flag=True, help="Say only the result.")
@click.option("--no-color", is_flag=True, help="No colours, whatever the terminal can show.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="The version, and nothing else.",
)
@click.pass_context
def root(
    ctx: click.Context, *, config: Path | None, verbose: bool, quiet: bool, no_color: bool
) -> None:
    """Make the lab and the field speak one language.

    Exit status: 0 fine, 1 a threshold missed or something regressed, 2 interrupted, 3 a bug in
    rumtest, 4 a bad scenario or usage, 5 nothing selected, 6 inconclusive (with
    --inconclusive=fail), 7 target unreachable or machine unfit.
    """
    ctx.obj = Globals(config, verbose, quiet, False if no_color else None)


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; an error about the outside world ends as its text and status."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal's encoding lacks must not end a run of ten minutes.
        sys.stdout.reconfigure(errors="replace")
    try:
        status = root.main(
            args=None if arguments is None else list(arguments),
            prog_name="rumtest",
            standalone_mode=False,
        )
    except RumtestError as error:
        click.echo(str(error), err=True)
        return int(error.exit_status)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return int(ExitStatus.USAGE)
    except click.ClickException as error:
        error.show()
        return int(ExitStatus.USAGE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return int(ExitStatus.INTERRUPTED)
    except SystemExit:
        # Click's way of ending when nobody reads a help text on (`rumtest --help | head`).
        return int(ExitStatus.FINE)
    except Exception:  # noqa: BLE001  (the outermost edge: a bug becomes its documented exit status)
        traceback.print_exc()
        click.echo("This is a bug in rumtest; the lines above tell where.", err=True)
        return int(ExitStatus.INTERNAL)
    return status if isinstance(status, int) else int(ExitStatus.FINE)
