"""The shop's own command line, light enough to answer within 0.2 s of its start."""

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from threading import Event
from typing import NoReturn

from rumtest.errors import ExitStatus, MachineError
from rumtest.shop.knobs import Knobs
from rumtest.shop.server import serve

__all__ = ["main", "serve_until_ended"]


class _Parser(argparse.ArgumentParser):
    """Ends with the documented status where argparse would end with another."""

    def error(self, message: str) -> NoReturn:
        self.exit(ExitStatus.USAGE, f"{self.format_usage()}{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the shop until SIGTERM or Ctrl-C; the exit status."""
    chosen = vars(_parser().parse_args(arguments))
    return serve_until_ended(chosen.pop("port"), Knobs(**chosen))


def serve_until_ended(port: int, knobs: Knobs) -> int:
    """Serve, print one line with the address, and wait for SIGTERM or Ctrl-C; the exit status.

    Only for the main thread of a process, since only that one hears signals.
    """
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        shop = serve(port, knobs)
    except MachineError as error:
        sys.stderr.write(f"rumtest shop: {error}\n")
        return error.exit_status
    with shop:
        sys.stdout.write(f"The shop is open at {shop.url}/\n")
        sys.stdout.flush()
        ended.wait()
    return ExitStatus.FINE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="rumtest shop", description="Serve the bundled shop on loopback.")
    parser.add_argument(
        "--port", type=_port, default=0, help="where to listen; 0 takes a free one"
    )
    for knob in fields(Knobs):
        option = f"--{knob.name.replace('_', '-')}"
        told = knob.metadata["help"]
        if knob.type is bool:
            parser.add_argument(option, action="store_true", help=told)
        else:
            unit = "N" if knob.name == "hero_bytes" else "MS"
            parser.add_argument(
                option, type=_amount, default=knob.default, metavar=unit, help=told
            )
    return parser


def _amount(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 0")
    return int(text)


def _port(text: str) -> int:
    port = _amount(text)
    if port > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: they end at 65535")
    return port
