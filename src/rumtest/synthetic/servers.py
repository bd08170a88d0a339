"""The servers under test that we start ourselves, each in a process group of its own."""

import contextlib
import http.client
import os
import shlex
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import IO, Final, Self

from rumtest.errors import MachineError, PortTaken, TargetUnreachable, UsageError

__all__ = ["Server", "Servers", "free_port"]

# Ready when the address answers below 500, within 30 s; ended by SIGTERM, after 5 s by SIGKILL.
READY_LIMIT: Final = 30.0
STOP_LIMIT: Final = 5.0
# How often readiness is asked for: our own shop answers 0.2 s after its start.
ASK_EVERY: Final = 0.02
# What a server said last is what a person needs to see, and no more than fits a terminal.
LAST_LINES: Final = 12
LAST_BYTES: Final = 8 * 1024
# How runtimes tell that a port is in use: Linux and Python, Node, Windows.
TAKEN: Final = ("Address already in use", "EADDRINUSE", "Only one usage of each socket address")


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One running server; `with` starts it, waits until it answers, and ends it."""

    def __init__(
        self,
        command: str,
        port: int,
        *,
        name: str,
        started: Callable[[int], None] = lambda _: None,
        ended: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = command
        self._words = split_command(command, port)
        self._port = port
        self._name = name
        self._told = (started, ended)
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    def __enter__(self) -> Self:
        # A file without a name: a pipe would fill, and a name would stay behind if we were killed.
        self._output = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                self._words,
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=self._output,
                start_new_session=True,
            )
        except OSError as problem:
            self._output.close()
            raise UsageError(
                f"The command of {self._name} cannot be started: {self._command!r}: "
                f"{problem.strerror}.",
                "It is started without a shell; write `sh -c '…'` where you need one.",
            ) from problem
        self._told[0](self._process.pid)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            _end_group(self._process)
            self._told[1](self._process.pid)
        if self._output is not None:
            self._output.close()

    def wait_until_ready(self, path: str = "/", *, seconds: float = READY_LIMIT) -> None:
        """Return when the address answers below 500; else raises with what the server said."""
        deadline = time.monotonic() + seconds
        answer = "nothing"
        while time.monotonic() < deadline:
            if self.exit_status is not None:
                raise self._why_it_ended()
            status = _ask(self._port, path)
            if status is not None and status < 500:
                return
            answer = answer if status is None else f"{status}"
            time.sleep(ASK_EVERY)
        raise TargetUnreachable(
            f"The server of {self._name} ({self._command!r}) is not ready after {seconds:g} s: "
            f"{self.url}{path} answers {answer}.{self._last_words()}",
            "Ready means an answer below 500 on the port that is put in place of {port}.",
        )

    @property
    def exit_status(self) -> int | None:
        """The status it ended with; None while it runs."""
        return None if self._process is None else self._process.poll()

    def how_it_ended(self) -> str:
        """What to add to a failure: nothing while it runs, else how it ended and its words."""
        if self.exit_status is None:
            return ""
        return f" The server ended with status {self.exit_status}.{self._last_words()}"

    def _why_it_ended(self) -> MachineError:
        said = self._last_words()
        if any(word in said for word in TAKEN):
            return PortTaken(
                f"The server of {self._name} ({self._command!r}) could not listen: "
                f"a port is in use.{said}",
                "Let it listen on {port}, which is free, or end the other program.",
            )
        return TargetUnreachable(
            f"The server of {self._name} ({self._command!r}) ended with status "
            f"{self.exit_status} before it answered.{said}"
        )

    def _last_words(self) -> str:
        if self._output is None:
            return ""
        # The server writes at the file's own position, which pread leaves alone.
        handle = self._output.fileno()
        size = os.fstat(handle).st_size
        words = os.pread(handle, LAST_BYTES, max(size - LAST_BYTES, 0))
        lines = words.decode(errors="replace").splitlines()
        kept = [line for line in lines if line.strip()][-LAST_LINES:]
        return " It said:\n    " + "\n    ".join(kept) if kept else " It said nothing."


class Servers:
    """Two ports for both arms over a whole order, swapped from block to block."""

    def __init__(self, count: int) -> None:
        self._ports: list[int] = []
        while len(self._ports) < count:
            self._ports.append(self._another())

    def ports(self, *, swapped: bool) -> Iterator[int]:
        """The ports in the order of the sides; one that somebody took meanwhile is replaced."""
        for index, port in enumerate(self._ports):
            if not _is_free(port):
                self._ports[index] = self._another()
        return iter(self._ports[::-1] if swapped else self._ports)

    def _another(self) -> int:
        """A free port that is not one of ours: what is closed may be given out again at once."""
        while (port := free_port()) in self._ports:
            continue
        return port


def split_command(command: str, port: int) -> list[str]:
    """The command's words with the port put in, for a start without a shell."""
    if "{port}" not in command:
        raise UsageError(
            f"The command {command!r} does not say where its port goes.",
            "Write {port} in its place: --serve 'python -m http.server {port}'.",
        )
    try:
        words = shlex.split(command)
    except ValueError as problem:
        raise UsageError(f"The command {command!r} cannot be read: {problem}.") from problem
    return [word.replace("{port}", str(port)) for word in words]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port of the server before may still wait for late packets; servers allow for that too.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _ask(port: int, path: str) -> int | None:
    """The status of a GET; None where nobody answers. No proxy stands before loopback."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """End the process and all it started: politely, then not. A group outlives its leader."""
    _signal_group(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_LIMIT)
    _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
