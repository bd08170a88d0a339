"""However measuring ends, nothing of it is left: no child, no browser, no server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from rumtest.errors import BrowserFailed
from rumtest.metric import Milliseconds
from rumtest.scenario.model import Sampling, Think
from rumtest.synthetic.child import measure, messages_of
from rumtest.synthetic.order import Captured, Notice, Order, Side
from tests.support.synthetic import SITE, goto, order, scenario, step

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARK = "RUMTEST_TEST_MARK"
# A parent that measures what a file orders, and says so when the first iteration is there.
PARENT = """
import sys
from rumtest.synthetic.child import measure
from rumtest.synthetic.order import ORDER, Captured
for message in measure(ORDER.decode(open(sys.argv[1], "rb").read())):
    if isinstance(message, Captured):
        print("measured", flush=True)
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment that all processes of one test inherit and by which they are found."""
    return {**os.environ, MARK: tmp_path.name}


@pytest.fixture
def endless() -> Order:
    """Work for many minutes, with a server of our own."""
    pause = Think(Milliseconds(100), Milliseconds(100))
    steps = (step("Open", goto("/next"), think=pause), step("Again", goto("/next")))
    journey = scenario(*steps, sampling=Sampling(warmup=0))
    side = Side("head", serve=f"{sys.executable} {SITE} {{port}}")
    return order(journey, side, pairs=10_000)


def left(environ: dict[str, str]) -> dict[int, str]:
    """The processes that bear the mark, with their command lines."""
    wanted = f"{MARK}={environ[MARK]}".encode()
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and wanted in (folder / "environ").read_bytes():
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(folder.name)] = line
        except OSError:
            continue  # it ended while we looked
    return found


def all_gone(environ: dict[str, str], *, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while left(environ):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def kinds(environ: dict[str, str]) -> set[str]:
    """Which of the processes that measuring needs are there now."""
    lines = left(environ).values()
    words = {"rumtest.synthetic": "child", "site.py": "server", "--headless": "browser"}
    return {kind for word, kind in words.items() for line in lines if word in line}


@pytest.fixture
def parent(
    environ: dict[str, str], endless: Order, tmp_path: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that measures; handed out when its first iteration is there."""
    (tmp_path / "order.json").write_bytes(msgspec.json.encode(endless))
    command = [sys.executable, "-c", PARENT, str(tmp_path / "order.json")]
    with subprocess.Popen(
        command,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"measured\n"
        assert kinds(environ) == {"child", "server", "browser"}
        yield process
        process.kill()


def test_closing_the_iterator_ends_everything(environ: dict[str, str], endless: Order) -> None:
    messages = measure(endless, environ=environ)
    while not isinstance(next(messages), Captured):
        pass
    running = kinds(environ)

    messages.close()  # type: ignore[attr-defined]

    assert running == {"child", "server", "browser"}
    assert left(environ) == {}


def test_ctrl_c_ends_everything(
    environ: dict[str, str], parent: "subprocess.Popen[bytes]"
) -> None:
    os.killpg(parent.pid, signal.SIGINT)

    assert parent.wait(60) == -signal.SIGINT
    assert all_gone(environ)


def test_killing_the_parent_ends_everything(
    environ: dict[str, str], parent: "subprocess.Popen[bytes]"
) -> None:
    parent.kill()
    parent.wait()

    assert all_gone(environ)


def test_killing_the_child_is_told_and_ends_everything(
    environ: dict[str, str], endless: Order
) -> None:
    messages = measure(endless, environ=environ)
    while not isinstance(next(messages), Captured):
        pass
    child = next(
        process for process, line in left(environ).items() if "-m rumtest.synthetic" in line
    )

    os.kill(child, signal.SIGKILL)

    with pytest.raises(BrowserFailed, match="ended by signal 9"):
        list(messages)
    assert all_gone(environ)


def test_a_browser_that_dies_is_replaced_and_measuring_goes_on(
    environ: dict[str, str], endless: Order
) -> None:
    messages = measure(endless, environ=environ)
    while not isinstance(next(messages), Captured):
        pass
    (browser,) = browsers(environ)

    os.kill(browser, signal.SIGKILL)
    after = [message for message in islice(messages, 3) if isinstance(message, Captured)]
    (replaced,) = browsers(environ)
    messages.close()  # type: ignore[attr-defined]

    # It may have died in the middle of an iteration, which then is lost with its reason.
    failed = [told.iteration.failed for told in after if told.iteration.failed is not None]
    assert replaced != browser
    assert {failure.code for failure in failed} <= {"browser-died", "browser-failed"}
    assert len(failed) <= 1


def browsers(environ: dict[str, str]) -> list[int]:
    """The main processes of the browsers that run now."""
    return [
        process
        for process, line in left(environ).items()
        if "--headless" in line and "--type=" not in line and "--remote-debugging" in line
    ]


def test_a_child_that_cannot_even_start_is_told_with_its_last_words(
    environ: dict[str, str], endless: Order
) -> None:
    environ["PLAYWRIGHT_NODEJS_PATH"] = "/nowhere/node"

    with pytest.raises(BrowserFailed, match="nowhere/node"):
        list(measure(endless, environ=environ))

    assert all_gone(environ)


def test_the_last_words_are_told_without_the_secrets(
    environ: dict[str, str], endless: Order
) -> None:
    environ |= {"PLAYWRIGHT_NODEJS_PATH": "/nowhere/s3cr3t/node", "TOKEN": "s3cr3t"}
    asked = replace(endless, scenarios=(replace(endless.scenarios[0], secrets=("TOKEN",)),))

    with pytest.raises(BrowserFailed) as told:
        list(measure(asked, environ=environ))

    assert "/nowhere/***/node" in str(told.value)
    assert "s3cr3t" not in str(told.value)


def test_a_child_that_dies_over_a_word_has_said_it_not() -> None:
    code = """print('{"type":"notice","code":"a","text":"b"}'); print('{"type":"noti', end="")"""
    command = [sys.executable, "-c", code]
    asked = order(scenario(step("Open", goto("/"))), Side("head", url="http://127.0.0.1"))

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        said = list(messages_of(child, asked))

    assert said == [Notice("a", "b")]
