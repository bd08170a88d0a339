"""A server that we start is ready when it is handed out, and gone when it is done with."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rumtest.errors import PortTaken, TargetUnreachable, UsageError
from rumtest.synthetic import guard
from rumtest.synthetic.servers import Server, Servers, free_port, split_command
from tests.support.site import Site
from tests.support.synthetic import SITE

SERVE = f"{sys.executable} {SITE} {{port}}"


def python(code: str) -> str:
    """A command that runs this code with the port as its argument."""
    return f"{sys.executable} -c {shlex.quote(code)} {{port}}"


def wait_until(true: Callable[[], bool], *, seconds: float = 5) -> bool:
    """Whether it became true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.01)
    return False


def lives(process: int) -> bool:
    """Whether the process runs; one that nobody has buried does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_server_answers_when_it_is_ready_and_not_after_it_has_ended() -> None:
    port = free_port()

    with Server(SERVE, port, name="head") as server:
        server.wait_until_ready()
        there = answers(port)

    assert there
    assert not answers(port)


def test_what_a_server_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, pathlib;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid)); child.wait()"
    )

    with Server(python(code), free_port(), name="head"):
        assert wait_until(lambda: note.exists() and note.read_text() != "")
    child = int(note.read_text())

    assert wait_until(lambda: not lives(child))


@pytest.mark.slow
def test_a_server_that_ignores_sigterm_is_killed() -> None:
    code = (
        "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "from http.server import *;"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()"
    )
    port = free_port()

    with Server(python(code), port, name="head") as server:
        server.wait_until_ready()

    assert not answers(port)


def test_a_server_that_ends_before_it_answers_is_told_with_its_last_words() -> None:
    code = "import sys; sys.exit('no database here')"

    with (
        Server(python(code), free_port(), name="base") as server,
        pytest.raises(TargetUnreachable, match=r"server of base .* status 1 .*") as raised,
    ):
        server.wait_until_ready()

    assert "no database here" in str(raised.value)


def test_a_port_in_use_is_told_as_such() -> None:
    with Site() as site:
        code = f"import socket; socket.socket().bind(('127.0.0.1', {site.port}))"

        with (
            Server(python(code), free_port(), name="head") as server,
            pytest.raises(PortTaken, match="a port is in use"),
        ):
            server.wait_until_ready()


def test_a_server_that_only_fails_is_not_ready() -> None:
    code = (
        "import sys; from http.server import *\n"
        "class Broken(BaseHTTPRequestHandler):\n"
        "    def do_GET(self): self.send_error(503)\n"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Broken).serve_forever()"
    )

    with (
        Server(python(code), free_port(), name="head") as server,
        pytest.raises(TargetUnreachable, match="answers 503"),
    ):
        server.wait_until_ready(seconds=0.8)


def test_a_page_that_is_missing_is_an_answer() -> None:
    code = (
        "import sys; from http.server import *\n"
        "class Missing(BaseHTTPRequestHandler):\n"
        "    def do_GET(self): self.send_error(404)\n"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Missing).serve_forever()"
    )

    with Server(python(code), free_port(), name="head") as server:
        server.wait_until_ready()


def test_a_command_that_cannot_be_started_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="no-such-program"):
        Server("no-such-program {port}", 1, name="head").__enter__()


@pytest.mark.parametrize(
    ("command", "told"),
    [("serve 8000", "where its port goes"), ("serve '{port}", "cannot be read")],
)
def test_a_command_that_means_nothing_is_refused(command: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        split_command(command, 1)


def test_the_port_is_put_into_every_word_and_no_shell_reads_them() -> None:
    assert split_command("serve --to={port} '$HOME; x' {port}", 81) == [
        "serve",
        "--to=81",
        "$HOME; x",
        "81",
    ]


def test_the_arms_change_ports_when_swapped() -> None:
    servers = Servers(2)

    first, second = servers.ports(swapped=False)

    assert list(servers.ports(swapped=True)) == [second, first]


def test_no_two_servers_get_one_port() -> None:
    ports = list(Servers(200).ports(swapped=False))

    assert len(set(ports)) == 200


def test_a_port_that_somebody_took_meanwhile_is_replaced() -> None:
    servers = Servers(1)
    (port,) = servers.ports(swapped=False)

    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        (replaced,) = servers.ports(swapped=False)

    assert replaced != port


def sleeper() -> "subprocess.Popen[bytes]":
    """A process in a group of its own that would never end."""
    return subprocess.Popen(["sleep", "600"], start_new_session=True)


def test_groups_that_were_not_ended_are_killed_when_their_starter_is_gone() -> None:
    left, ended = sleeper(), sleeper()

    with guard.Guard() as watch:
        watch.started(left.pid)
        watch.started(ended.pid)
        watch.ended(ended.pid)
    status = left.wait(5)
    still = ended.poll() is None
    ended.kill()
    ended.wait()

    assert status == -signal.SIGKILL
    assert still


def test_the_guard_is_not_ended_by_the_signals_of_a_terminal() -> None:
    left = sleeper()
    command = [sys.executable, "-I", "-S", os.fspath(guard.__file__)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True) as watch:
        assert watch.stdin is not None
        watch.stdin.write(f"+{left.pid}\n")
        watch.stdin.flush()
        # The signal may come before Python listens; the list is read only after that.
        assert wait_until(lambda: _ignores(watch.pid, signal.SIGINT))
        watch.send_signal(signal.SIGINT)
        watch.stdin.close()

        assert left.wait(5) == -signal.SIGKILL


def _ignores(process: int, number: signal.Signals) -> bool:
    status = Path(f"/proc/{process}/status").read_text()
    mask = next(line for line in status.splitlines() if line.startswith("SigIgn:"))
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)
