"""A site on loopback for one test: pages by path, and the receiver that their beacons reach."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from rumtest.beacon import wire
from rumtest.beacon.model import Beacon

# Generous: a busy machine must not turn a beacon into a failure.
PATIENCE = 10.0


@dataclass(frozen=True)
class Answer:
    """What a path answers with; `delay` seconds late."""

    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    delay: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """Pages to be visited, and everything their snippets said. `url` is its origin."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.results: list[wire.Accepted | wire.Refusal] = []
        self.bodies: list[bytes] = []
        self.asked: list[str] = []
        self._arrived = threading.Condition()
        self._server = _Server(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def page(self, path: str, body: str, *, head: str = "", **more: object) -> str:
        """Puts an HTML page at `path`; its URL comes back."""
        html = (
            f"<!doctype html><html lang=en><head><title>t</title>{head}</head><body>{body}</body>"
        )
        self.answers[path] = Answer(html, **more)  # type: ignore[arg-type]
        return self.url + path

    def beacons(self) -> list[Beacon]:
        """Every beacon that arrived, in order; fails where one was refused or lost a field."""
        found: list[Beacon] = []
        for result in self.results:
            assert isinstance(result, wire.Accepted), result
            assert result.refused == 0, result.reasons
            assert result.dropped == 0, [to_name(beacon) for beacon in result.beacons]
            found += result.beacons
        return found

    def wait_for(
        self, count: int = 1, *, where: Callable[[Beacon], bool] = lambda _: True
    ) -> list[Beacon]:
        """The beacons that fit, once there are `count` of them."""
        deadline = time.monotonic() + PATIENCE
        with self._arrived:
            while True:
                fitting = [beacon for beacon in self.beacons() if where(beacon)]
                left = deadline - time.monotonic()
                if len(fitting) >= count:
                    return fitting
                assert left > 0, f"{len(fitting)} of {count} beacons; {len(self.results)} bodies"
                self._arrived.wait(left)

    def receive(self, body: bytes, encoding: str | None) -> int:
        with self._arrived:
            result = wire.read(body, content_encoding=encoding)
            self.bodies.append(body)
            self.results.append(result)
            self._arrived.notify_all()
        return 204 if isinstance(result, wire.Accepted) else result.status

    @contextmanager
    def open(self) -> Iterator["Site"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


def to_name(beacon: Beacon) -> str:
    return f"{beacon.view}#{beacon.n}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site) -> None:
        self.site = site
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.site.asked.append(self.path)
        answer = self.server.site.answers.get(parts.path, Answer("nothing here", status=404))
        delay = parse_qs(parts.query).get("delay", [str(answer.delay)])[0]
        if float(delay):
            threading.Event().wait(float(delay))
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self._send(answer.status, body, {"content-type": answer.kind, **answer.headers})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        status = 204
        if urlsplit(self.path).path == "/v1/beacons":
            status = self.server.site.receive(body, self.headers.get("content-encoding"))
        self._send(status, b"", {"access-control-allow-origin": "*"})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: pytest shows what matters."""
