"""The measuring child: a JSON order on stdin, JSON lines on stdout; it ends when stdin does."""

import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import BinaryIO, Final

import msgspec

from rumtest.errors import RumtestError
from rumtest.synthetic.masking import make_mask
from rumtest.synthetic.measuring import carry_out
from rumtest.synthetic.order import ORDER, Message, broken

# What is left to be cleaned up when we are told to stop gets that long (s); then we go anyway.
FAREWELL: Final = 20.0


def main() -> None:
    """Measure what stdin orders."""
    # Ctrl-C goes to the parent, which ends us by closing stdin; a second way would race with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    messages = _take_stdout()
    order = ORDER.decode(sys.stdin.buffer.readline())
    hide = make_mask(
        (name for scenario in order.scenarios for name in scenario.secrets), os.environ
    )

    def tell(message: Message) -> None:
        messages.write(msgspec.json.encode(message) + b"\n")
        messages.flush()

    async def work() -> None:
        task = asyncio.create_task(carry_out(order, tell, os.environ))
        _stop_when_left_alone(task)
        try:
            await task
        except RumtestError as problem:
            tell(broken(problem, hide=hide))
        except asyncio.CancelledError:
            return

    try:
        asyncio.run(work())
    except BrokenPipeError:
        os._exit(1)  # nobody listens any more


def _take_stdout() -> BinaryIO:
    """Keep the pipe for messages alone: whatever else prints goes to stderr."""
    messages = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return messages


def _stop_when_left_alone(task: "asyncio.Task[None]") -> None:
    """Cancel the work when stdin closes: the parent wants it so, or is no more."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        # Not through sys.stdin: Python aborts when a thread holds that at the end of the process.
        while os.read(0, 4096):
            pass
        with suppress(RuntimeError):  # the loop is closed: the work was done already
            loop.call_soon_threadsafe(task.cancel)
        threading.Event().wait(FAREWELL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()
