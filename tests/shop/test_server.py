"""The shop on a real socket."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from threading import Thread

import pytest

from rumtest.errors import PortTaken
from rumtest.shop import Knobs, RunningShop, serve
from tests.support.shop import ask


@pytest.fixture(scope="module")
def shop() -> Iterator[RunningShop]:
    with serve() as running:
        yield running


def test_several_requests_share_one_connection(shop: RunningShop) -> None:
    connection = HTTPConnection("127.0.0.1", shop.port, timeout=10)

    connection.request("GET", "/")
    connection.getresponse().read()
    first = connection.sock
    connection.request("GET", "/p/teapot")
    answer = connection.getresponse()
    answer.read()

    assert connection.sock is first
    assert answer.version == 11
    connection.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/nowhere"), ("POST", "/"), ("PATCH", "/"), ("GET", "/checkout")],
)
def test_every_answer_carries_the_strict_policy(shop: RunningShop, method: str, path: str) -> None:
    answer, _ = ask(shop, path, method=method)

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_a_head_request_gets_the_head_alone(shop: RunningShop) -> None:
    whole, page = ask(shop, "/")

    head, nothing = ask(shop, "/", method="HEAD")

    assert nothing == b""
    assert int(head.headers["Content-Length"]) == len(page)
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": "65537"}, 413),
        ({"Content-Length": "-1"}, 400),
        ({"Content-Length": "many"}, 400),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_a_body_that_is_too_long_or_not_told_is_refused(
    shop: RunningShop, headers: dict[str, str], status: int
) -> None:
    answer, _ = ask(shop, "/cart", method="POST", headers=headers)

    assert answer.status == status
    assert answer.headers["Connection"] == "close"


def test_an_address_that_cannot_be_read_is_refused(shop: RunningShop) -> None:
    with socket.create_connection(("127.0.0.1", shop.port), timeout=10) as visitor:
        visitor.sendall(b"GET http://[/ HTTP/1.1\r\nHost: shop\r\n\r\n")

        answer = visitor.recv(100)

    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_port_that_is_taken_is_told_by_its_number(shop: RunningShop) -> None:
    with pytest.raises(PortTaken, match=f"Port {shop.port} is taken"):
        serve(shop.port)


def test_a_request_that_waits_holds_no_other_up() -> None:
    with serve(knobs=Knobs(hero_delay=60_000)) as shop:
        waiting = HTTPConnection("127.0.0.1", shop.port, timeout=60)
        waiting.request("GET", "/pictures/large/teapot.svg")

        answer, _ = ask(shop, "/pictures/teapot.svg")

        assert answer.status == 200
        waiting.close()


def test_closing_ends_requests_that_wait() -> None:
    shop = serve(knobs=Knobs(server_delay=60_000))
    waiting = HTTPConnection("127.0.0.1", shop.port, timeout=60)
    waiting.request("GET", "/")

    closing = Thread(target=shop.close)
    closing.start()

    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        waiting.getresponse()
    closing.join()
    waiting.close()


def test_closing_gives_the_port_back() -> None:
    shop = serve()
    idle = socket.create_connection(("127.0.0.1", shop.port))

    shop.close()

    serve(shop.port).close()
    idle.close()


def test_a_visitor_that_leaves_in_the_middle_is_no_error(
    shop: RunningShop, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(20):
        visitor = socket.create_connection(("127.0.0.1", shop.port))
        visitor.sendall(b"GET /pictures/large/teapot.svg HTTP/1.1\r\nHost: shop\r\n\r\n")
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        visitor.close()

    answer, _ = ask(shop, "/")

    assert answer.status == 200
    assert capfd.readouterr().err == ""
