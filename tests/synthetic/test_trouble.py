"""Whatever a page does, the iteration ends in time, as a result with its reason."""

import os
import re
import socket
import sys
from pathlib import Path

import pytest

from rumtest.errors import BrowserFailed, BrowserMissing, PortTaken, TargetUnreachable, UsageError
from rumtest.iteration import Failure, Iteration
from rumtest.metric import Milliseconds
from rumtest.scenario.model import Condition, Locator, Scenario, Timeouts
from rumtest.synthetic.order import Side
from tests.support.site import Site
from tests.support.synthetic import (
    HERE,
    SITE,
    captured,
    click,
    goto,
    head,
    one,
    order,
    order_of,
    scenario,
    step,
    text,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUICK = Timeouts(expect=Milliseconds(800), step=Milliseconds(1200), iteration=Milliseconds(15_000))
LAST = step("Last", goto("/next"))
SELECTOR = Condition("visible", HERE, locator=Locator(selector="###"))


def journey(*steps: object, **more: object) -> Scenario:
    return scenario(*steps, **({"timeouts": QUICK} | more))  # type: ignore[arg-type]


TROUBLES: dict[str, Scenario] = {
    "alert": journey(step("Open", goto("/alert"))),
    "confirm": journey(step("Open", goto("/confirm")), step("Go", click("#go"))),
    "busy": journey(step("Open", goto("/busy"))),
    "crash": journey(step("Open", goto("chrome://crash"))),
    "silent": journey(step("Open", goto("/silent"))),
    "missing": journey(step("Open", goto("/nowhere"))),
    "broken": journey(step("Open", goto("/broken"))),
    "gone": journey(step("Open", goto("/next")), step("Go", click("#nothing"))),
    "expect": journey(step("Open", goto("/next"), expect=(text("Elsewhere"),))),
    "slow": journey(step("Open", goto("/half")), LAST),
    "never": journey(
        step("Open", goto("/never")), step("Go", click("#go"), until=text("came")), LAST
    ),
    "long": journey(
        step("Open", goto("/next")),
        step("Go", click("#nothing")),
        timeouts=Timeouts(Milliseconds(800), Milliseconds(60_000), Milliseconds(1500)),
    ),
    "invalid": journey(step("Open", goto("/next")), step("Go", click("###"))),
    "until": journey(step("Open", goto("/next"), until=SELECTOR)),
    "picture": journey(step("Open", goto("data:text/plain,hello"))),
    "fine": journey(LAST),
}


@pytest.fixture(scope="module")
def ended() -> dict[str, Iteration]:
    """All the troubles, one after the other, in one child."""
    with Site() as site:
        told = captured(order_of(TROUBLES, head(site.url)))
    return {message.iteration.scenario: message.iteration for message in told}


def failure(ended: dict[str, Iteration], name: str) -> Failure:
    failed = ended[name].failed
    assert failed is not None
    return failed


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("alert", "dialog", r"dialog \(alert\): Is anybody there\?"),
        ("confirm", "dialog", r"dialog \(confirm\): Really\?"),
        ("busy", "page-hung", "keeps its main thread busy"),
        ("crash", "page-crashed", "crashed"),
        ("silent", "no-answer", r"did not answer within 1\.2 s"),
        ("missing", "http-status", "/nowhere answered 404"),
        ("broken", "http-status", "/broken answered 500"),
        ("gone", "action-timeout", "`click` could not be done in time.*#nothing"),
        ("expect", "expect-failed", "Elsewhere"),
        ("invalid", "action-failed", "`click` failed"),
        ("until", "until-failed", "###"),
        ("picture", "no-snippet", "snippet does not run"),
        ("long", "iteration-timeout", r"1\.5 s"),
    ],
)
def test_trouble_is_a_failure_with_code_and_reason(
    ended: dict[str, Iteration], name: str, code: str, told: str
) -> None:
    failed = failure(ended, name)

    assert failed.code == code
    assert re.search(told, failed.reason)


@pytest.mark.parametrize("name", ["confirm", "gone"])
def test_a_failure_names_its_step_and_leaves_the_steps_before_it(
    ended: dict[str, Iteration], name: str
) -> None:
    done, failed = ended[name].steps

    assert failure(ended, name).step == "Go"
    assert done.duration is not None
    assert done.failed is None
    assert failed.duration is None
    assert failed.failed


def test_a_page_that_does_not_load_in_time_is_slow_and_not_missing(
    ended: dict[str, Iteration],
) -> None:
    slow = ended["slow"]

    assert slow.failed is None
    assert slow.steps[0].timed_out
    assert slow.steps[0].duration == QUICK.step
    assert len(slow.views) == 2


def test_an_until_that_does_not_come_is_slow_and_the_journey_goes_on(
    ended: dict[str, Iteration],
) -> None:
    never = ended["never"]

    assert never.failed is None
    assert never.steps[1].timed_out
    assert never.steps[1].duration is not None
    assert never.steps[1].duration >= QUICK.expect
    assert not never.steps[2].timed_out


def test_the_next_iteration_is_not_touched_by_the_trouble_before_it(
    ended: dict[str, Iteration],
) -> None:
    assert ended["fine"].failed is None
    assert len(ended["fine"].views) == 1


def test_an_address_where_nobody_listens_is_unreachable(free_port: int) -> None:
    with pytest.raises(TargetUnreachable, match=rf":{free_port} \(head\) does not answer"):
        captured(order(journey(LAST), head(f"http://127.0.0.1:{free_port}")))


def test_a_page_whose_address_is_not_known_is_unreachable(free_port: int) -> None:
    there = journey(step("Open", goto(f"http://127.0.0.1:{free_port}/")))

    with Site() as site, pytest.raises(TargetUnreachable, match="ERR_CONNECTION_REFUSED"):
        captured(order(there, head(site.url)))


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'shop' \(head\) is not an address"):
        captured(order(journey(LAST), head("shop")))


def test_a_server_that_finds_its_port_taken_ends_the_order() -> None:
    with Site() as site:
        serve = f"sh -c '{sys.executable} {SITE} {site.port}' {{port}}"

        with pytest.raises(PortTaken, match="a port is in use"):
            captured(order(journey(LAST), Side("head", serve=serve)))


def test_a_server_that_dies_is_named_in_the_failure(tmp_path: Path) -> None:
    code = (
        "import os, sys; from http.server import *\n"
        "class Once(BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        if self.path == '/': return self.send_error(404)\n"
        "        print('out of memory', file=sys.stderr, flush=True); os._exit(9)\n"
        "    def log_message(self, *_): pass\n"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Once).serve_forever()\n"
    )
    program = tmp_path / "server.py"
    program.write_text(code)
    side = Side("head", serve=f"{sys.executable} {program} {{port}}")

    told = one(order(journey(LAST), side))

    assert told.iteration.failed is not None
    assert "ended with status 9" in told.iteration.failed.reason
    assert "out of memory" in told.iteration.failed.reason


def test_what_a_dead_server_said_is_told_without_the_secrets(tmp_path: Path) -> None:
    code = (
        "import os, sys; from http.server import *\n"
        "class Once(BaseHTTPRequestHandler):\n"
        "    def do_GET(self):\n"
        "        if self.path == '/': return self.send_error(404)\n"
        "        print('no', os.environ['TOKEN'], file=sys.stderr, flush=True); os._exit(9)\n"
        "    def log_message(self, *_): pass\n"
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Once).serve_forever()\n"
    )
    program = tmp_path / "server.py"
    program.write_text(code)
    side = Side("head", serve=f"{sys.executable} {program} {{port}}")
    asked = journey(LAST, secrets=("TOKEN",))

    told = one(order(asked, side), environ={**os.environ, "TOKEN": "s3cr3t/value"})

    assert told.iteration.failed is not None
    assert "no ***" in told.iteration.failed.reason


def test_a_secret_is_hidden_where_the_reason_is_cut_through_it() -> None:
    # The reason is cut after 300 characters, in the middle of this.
    token = "s3cr3t" * 60
    asked = journey(LAST, step("Miss", click("text=${secret.TOKEN}")), secrets=("TOKEN",))

    with Site() as site:
        told = one(order(asked, head(site.url)), environ={**os.environ, "TOKEN": token})

    assert told.iteration.failed is not None
    assert "s3cr3t" not in told.iteration.failed.reason


def test_a_browser_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    environ = {**os.environ, "RUMTEST_CHROMIUM": str(tmp_path / "nowhere")}

    with Site() as site, pytest.raises(BrowserMissing, match="nowhere"):
        captured(order(journey(LAST), head(site.url)), environ=environ)


def test_a_browser_that_does_not_start_is_told_as_such(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho no display; exit 1\n")
    program.chmod(0o755)
    environ = {**os.environ, "RUMTEST_CHROMIUM": str(program)}

    with Site() as site, pytest.raises(BrowserFailed, match="does not start"):
        captured(order(journey(LAST), head(site.url)), environ=environ)


def test_a_socket_that_takes_connections_and_says_nothing_does_not_hang_the_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        told = one(order(journey(LAST), head(f"http://127.0.0.1:{mute.getsockname()[1]}")))

    assert told.iteration.failed is not None
    assert told.iteration.failed.code == "no-answer"
