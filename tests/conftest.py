"""Fixtures that many rooms share."""

import signal
import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def free_port() -> int:
    """A TCP port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_works() -> Iterator[None]:
    """Let the commands we start hear Ctrl-C, wherever the tests themselves were started.

    A shell that starts a job in the background makes it ignore SIGINT, and children inherit that.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, before)
