"""The loopback endpoint that the snippet of a measured page sends its beacons to."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from rumtest.beacon import wire
from rumtest.beacon.model import to_json

__all__ = ["Capture", "Caught"]

PATH: Final = "/v1/beacons"
# As the receiver takes them (docs/beacon.md): what users' browsers may send, ours may too.
LARGEST_BODY: Final = 64 * 1024
# Of a length; Python refuses to read a number of thousands of them.
MOST_DIGITS: Final = 9
# A connection that says nothing for that long (s) is dropped; our browser answers in milliseconds.
IDLE_LIMIT: Final = 30.0
# A page that opens views without end must not fill our memory; no journey has as many.
MOST_VIEWS: Final = 500


@dataclass(frozen=True, slots=True)
class Caught:
    """The newest snapshot of one page view: the beacon as plain JSON, and when it came."""

    beacon: Mapping[str, Any]
    received_at: str

    @property
    def n(self) -> int:
        """The snapshot's number within its view."""
        return int(self.beacon["n"])

    @property
    def final(self) -> bool:
        """Whether it was sent because the page was hidden or left."""
        return bool(self.beacon.get("final", False))


class Capture:
    """Files a run's beacons by page view and keeps the newest of each; `with` starts and ends it.

    A beacon that arrives after its iteration was taken away is dropped: closing a browser
    context sends one more, which arrives during the next iteration.
    """

    def __init__(
        self, run: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._run = run
        self._now = now
        self._caught: dict[str, Caught] = {}
        self._wanted: int | None = None
        self._refused = ""
        self._arrived = threading.Condition()
        self._server = _Server(self._take)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def receiver(self) -> str:
        """The origin for the snippet's configuration."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Capture":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def begin(self, iteration: int) -> None:
        """From now on only that iteration's beacons are kept; all others are forgotten."""
        with self._arrived:
            self._wanted = iteration
            self._refused = ""
            self._caught.clear()

    def views(self) -> dict[str, Caught]:
        """What has arrived of this iteration, by page view, in the order in which they began."""
        with self._arrived:
            caught = dict(self._caught)
        return dict(sorted(caught.items(), key=lambda item: item[1].beacon["time"]["origin"]))

    def last_refusal(self) -> str:
        """What to add where a beacon is missed: why the last one was refused, if one was."""
        return f" One was refused: {self._refused}." if self._refused else ""

    def wait_for(self, view: str, *, n: int, seconds: float) -> bool:
        """Wait in this thread until the view's snapshot `n` or a later one is there."""
        return self._wait(view, lambda caught: caught.n >= n, seconds)

    def wait_for_final(self, view: str, *, seconds: float) -> bool:
        """Wait in this thread until the view has told that it ended."""
        return self._wait(view, lambda caught: caught.final, seconds)

    def _wait(self, view: str, good: Callable[[Caught], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        with self._arrived:
            while not (view in self._caught and good(self._caught[view])):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._arrived.wait(left)
        return True

    def _take(self, body: bytes, encoding: str | None) -> int:
        """File the body's beacons; the status to answer with."""
        answer = wire.read(body, content_encoding=encoding)
        if isinstance(answer, wire.Refusal):
            self._refused = answer.reason
            return answer.status
        received_at = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._arrived:
            for beacon in answer.beacons:
                self._file(json.loads(to_json(beacon)), received_at)
            self._arrived.notify_all()
        return 204

    def _file(self, beacon: dict[str, Any], received_at: str) -> None:
        lab = beacon.get("lab", {})
        if lab.get("run") != self._run or lab.get("iteration") != self._wanted:
            return
        view, known = beacon["view"], self._caught.get(beacon["view"])
        if known is None and len(self._caught) >= MOST_VIEWS:
            return
        if known is None or beacon["n"] > known.n:
            self._caught[view] = Caught(beacon, received_at)


class _Server(ThreadingHTTPServer):
    """One thread a connection, on a free port of loopback."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, take: Callable[[bytes, str | None], int]) -> None:
        self.take = take
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Speaks just enough HTTP: POST of beacons, and CORS for whoever asks."""

    protocol_version = "HTTP/1.1"
    server_version = "rumtest"
    sys_version = ""
    timeout = IDLE_LIMIT
    server: _Server

    def do_POST(self) -> None:
        """Take a body of beacons."""
        size = self.headers.get("Content-Length", "")
        if self.path != PATH:
            self._answer(404, close=True)
        elif not size.isdecimal():
            self._answer(411, close=True)
        elif len(size) > MOST_DIGITS or int(size) > LARGEST_BODY:
            self._answer(413, close=True)
        else:
            body = self.rfile.read(int(size))
            self._answer(self.server.take(body, self.headers.get("Content-Encoding")))

    def do_OPTIONS(self) -> None:
        """Allow what a page asks for; the snippet's own sends need no preflight."""
        self._answer(204)

    def _answer(self, status: int, *, close: bool = False) -> None:
        self.send_response(status)
        # sendBeacon asks with credentials, for which a `*` is refused, with a line on the console.
        origin = self.headers.get("Origin")
        self.send_header("Access-Control-Allow-Origin", origin or "*")
        if origin:
            self.send_header("Access-Control-Allow-Credentials", "true")
        self.send_header("Access-Control-Allow-Headers", "content-type")
        self.send_header("Timing-Allow-Origin", "*")
        self.send_header("Content-Length", "0")
        if close:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: nobody reads a log of our own loopback."""
