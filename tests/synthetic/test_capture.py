"""The lab's endpoint keeps the newest snapshot of each view of its iteration, and no other."""

import http.client
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rumtest.synthetic.capture import Capture

RUN = "20260101T000000Z-0000"


def beacon(view: str = "aaaaaaaaaaaa", n: int = 1, **more: Any) -> bytes:
    lab = {"run": RUN, "scenario": "s", "iteration": 3}
    told = {
        "beacon": 1,
        "app": "default",
        "view": view,
        "n": n,
        "page": {"url": "http://127.0.0.1/", "navigation": "navigate"},
        "time": {"origin": 1.0, "age": 1.0},
        "lab": lab | more.pop("lab", {}),
    }
    return json.dumps(told | more).encode()


def send(
    capture: Capture,
    body: bytes,
    *,
    path: str = "/v1/beacons",
    method: str = "POST",
    headers: dict[str, str] | None = None,
) -> http.client.HTTPResponse:
    """One request, and its answer read to the end."""
    connection = http.client.HTTPConnection(urlsplit(capture.receiver).netloc, timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


@pytest.fixture
def capture() -> Iterator[Capture]:
    with Capture(RUN) as endpoint:
        endpoint.begin(3)
        yield endpoint


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(numbers=st.lists(st.integers(min_value=1, max_value=20), min_size=1, max_size=8))
def test_the_highest_snapshot_is_kept_in_whatever_order_they_come(
    capture: Capture, numbers: list[int]
) -> None:
    capture.begin(3)

    for n in numbers:
        send(capture, beacon(n=n))

    assert capture.views()["aaaaaaaaaaaa"].n == max(numbers)


def test_several_beacons_of_one_body_are_each_filed(capture: Capture) -> None:
    answer = send(capture, beacon("aaaaaaaaaaaa") + b"\n" + beacon("bbbbbbbbbbbb"))

    assert answer.status == 204
    assert set(capture.views()) == {"aaaaaaaaaaaa", "bbbbbbbbbbbb"}


def test_views_come_in_the_order_in_which_they_began(capture: Capture) -> None:
    send(capture, beacon("late-late-la", time={"origin": 9.0, "age": 1.0}))
    send(capture, beacon("early-early-", time={"origin": 2.0, "age": 1.0}))

    assert list(capture.views()) == ["early-early-", "late-late-la"]


@pytest.mark.parametrize("lab", [{"run": "another"}, {"iteration": 2}, {"iteration": 4}])
def test_a_beacon_of_another_run_or_iteration_is_dropped(
    capture: Capture, lab: dict[str, Any]
) -> None:
    answer = send(capture, beacon(lab=lab))

    assert answer.status == 204
    assert capture.views() == {}


def test_what_arrives_after_its_iteration_does_not_reach_the_next(capture: Capture) -> None:
    send(capture, beacon())

    capture.begin(4)
    send(capture, beacon(n=2, final=True))

    assert capture.views() == {}


def test_waiting_ends_when_the_snapshot_arrives(capture: Capture) -> None:
    late = threading.Timer(0.05, send, (capture, beacon(n=2, final=True)))
    late.start()

    came = capture.wait_for("aaaaaaaaaaaa", n=2, seconds=5)
    ended = capture.wait_for_final("aaaaaaaaaaaa", seconds=5)
    late.join()

    assert came
    assert ended


def test_waiting_in_vain_ends_at_its_deadline(capture: Capture) -> None:
    send(capture, beacon(n=1))

    assert not capture.wait_for("aaaaaaaaaaaa", n=2, seconds=0.05)
    assert not capture.wait_for_final("aaaaaaaaaaaa", seconds=0.05)


@pytest.mark.parametrize(
    ("body", "path", "status"),
    [
        (b"not json", "/v1/beacons", 400),
        (b"{}", "/v1/beacons", 400),
        (b"x" * 65_537, "/v1/beacons", 413),
        (beacon(), "/elsewhere", 404),
        (beacon(beacon=2), "/v1/beacons", 422),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_status(
    capture: Capture, body: bytes, path: str, status: int
) -> None:
    assert send(capture, body, path=path).status == status
    assert capture.views() == {}


def test_a_body_without_a_length_is_refused(capture: Capture) -> None:
    answer = send(capture, b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"})

    assert answer.status == 411


def test_a_length_beyond_all_reading_is_refused(capture: Capture) -> None:
    answer = send(capture, b"", headers={"Content-Length": "9" * 5000})

    assert answer.status == 413


def test_a_page_of_any_origin_may_send(capture: Capture) -> None:
    answer = send(capture, beacon(), headers={"Origin": "https://shop.example"})

    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "aaaaaaaaaaaa" in capture.views()


def test_a_page_that_opens_views_without_end_does_not_fill_the_memory(capture: Capture) -> None:
    names = [f"view{number:08d}" for number in range(600)]
    for start in range(0, len(names), 20):
        send(capture, b"\n".join(beacon(name) for name in names[start : start + 20]))

    assert len(capture.views()) == 500
