"""The parent's side of measuring: start the child, pass its messages on, leave nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from typing import IO, Final

import msgspec

from rumtest.errors import BrowserFailed
from rumtest.synthetic.masking import make_mask
from rumtest.synthetic.order import MESSAGE, Broken, Finished, Message, Order, error_of

__all__ = ["measure", "messages_of"]

# How long (s) the child may take to end its browser and its servers; SIGTERM and SIGKILL of a
# stubborn server alone take 5.
FAREWELL: Final = 25.0
# Enough of a traceback to report it.
LAST_LINES: Final = 20


def measure(order: Order, *, environ: Mapping[str, str] | None = None) -> Iterator[Message]:
    """The child's messages as they come, up to Finished.

    Raises the RumtestError that ended the order, or BrowserFailed when the child died. Closing
    the iterator, an exception and Ctrl-C end the child and all that it started.
    """
    child = subprocess.Popen(
        # -P: a `random.py` in the user's folder must not stand in for the library's.
        (sys.executable, "-P", "-m", "rumtest.synthetic"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environ is None else dict(environ),
        # Its own group: Ctrl-C in the terminal reaches us alone, and we end it in order.
        start_new_session=True,
    )
    hide = make_mask(
        (name for scenario in order.scenarios for name in scenario.secrets),
        os.environ if environ is None else environ,
    )
    last_words: deque[str] = deque(maxlen=LAST_LINES)
    listener = threading.Thread(target=_listen, args=(child.stderr, last_words), daemon=True)
    listener.start()
    try:
        finished = yield from messages_of(child, order)
    finally:
        _end(child)
        listener.join(FAREWELL)
        for pipe in (child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()
    if not finished:
        raise _died(child.returncode, hide("\n".join(last_words)))


def messages_of(child: "subprocess.Popen[bytes]", order: Order) -> Generator[Message, None, bool]:
    """What the child says when it gets this order; returns whether it said so to the end."""
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(msgspec.json.encode(order) + b"\n")
        child.stdin.flush()
    for line in child.stdout:
        if not line.endswith(b"\n"):
            return False  # it died over this word
        message = MESSAGE.decode(line)
        if isinstance(message, Broken):
            raise error_of(message)
        yield message
        if isinstance(message, Finished):
            return True
    return False


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Close its stdin, which it takes as the word to stop; kill it when it does not."""
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
    try:
        child.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        # The browser and the servers notice this death by themselves: see guard.py.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _listen(stderr: IO[bytes] | None, last_words: deque[str]) -> None:
    """Keep the last lines of stderr, so that its pipe never fills."""
    if stderr is not None:
        with contextlib.suppress(ValueError):  # closed under us
            for line in stderr:
                last_words.append(line.decode(errors="replace").rstrip())


def _died(status: int, last_words: str) -> BrowserFailed:
    how = f"by signal {-status}" if status < 0 else f"with status {status}"
    said = last_words.replace("\n", "\n    ") or "nothing"
    return BrowserFailed(
        f"The measuring process ended {how} before its work was done. Its last words:\n    {said}"
    )
