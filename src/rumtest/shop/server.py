"""The shop on a socket: HTTP/1.1, a thread a connection, and a clean end."""

import errno
import socket
import socketserver
import sys
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from rumtest.errors import MachineError, PortTaken
from rumtest.shop.answers import Answer, Request, answer
from rumtest.shop.carts import Carts
from rumtest.shop.knobs import Knobs

__all__ = ["RunningShop", "serve"]

HOST = "127.0.0.1"

# Every answer carries it: the snippet and its beacons must get along with such a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# No form of the shop comes near it.
LARGEST_BODY = 64 * 1024

# An idle connection is kept a little longer than a browser keeps it, so that the browser is the
# one that closes and never writes into a closed one.
KEEP_ALIVE_SECONDS = 330


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Remembers which connections are open, since kept-alive ones end by themselves only late."""

    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, port: int, knobs: Knobs) -> None:
        self.knobs = knobs
        self.carts = Carts()
        self.stopping = Event()
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        super().__init__((HOST, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle is no news; anything else is a bug and is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def end_connections(self) -> None:
        """Wake every thread that waits for a request or for its delay to pass."""
        self.stopping.set()
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError as error:
                    # The other side was faster.
                    if error.errno != errno.ENOTCONN:
                        raise


class _Handler(BaseHTTPRequestHandler):
    """Reads requests off one connection and writes their answers."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "steep"
    sys_version = ""
    timeout = KEEP_ALIVE_SECONDS
    # Head and body leave in one piece: two small writes would meet Nagle and delayed
    # acknowledgements, 40 ms that come and go.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a line a request would be noise in time and on the screen."""

    def _answer(self) -> None:
        body = self._read_body()
        if body is None:
            return
        try:
            address = urlsplit(self.path)
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        request = Request(
            method=self.command,
            path=unquote(address.path),
            query=address.query,
            cookie=self.headers.get("Cookie"),
            content_type=self.headers.get("Content-Type", ""),
            body=body,
        )
        reply = answer(request, self.server.knobs, self.server.carts)
        if self.server.stopping.wait(reply.delay / 1000):
            self.close_connection = True
            return
        self._send(reply)

    def _read_body(self) -> bytes | None:
        """The request's body; None when it was refused, and the connection will be closed."""
        if "Transfer-Encoding" in self.headers:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
            return None
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdecimal()):
            self.send_error(HTTPStatus.BAD_REQUEST)
            return None
        if int(length) > LARGEST_BODY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        return self.rfile.read(int(length))

    def _send(self, reply: Answer) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)


@dataclass(frozen=True, slots=True)
class RunningShop:
    """A shop that answers at `url` until it is closed; also a context manager."""

    url: str
    port: int
    _server: _Server
    _thread: Thread

    def close(self) -> None:
        """End every connection and give the port back; closing twice does no harm."""
        self._server.shutdown()
        self._thread.join()
        self._server.end_connections()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def serve(port: int = 0, knobs: Knobs | None = None) -> RunningShop:
    """A running shop on loopback at that port, 0 for a free one.

    Raises PortTaken when something listens there, MachineError when it may not be used.
    """
    try:
        server = _Server(port, knobs or Knobs())
    except PermissionError:
        raise MachineError(
            f"This user may not listen on port {port}.",
            "Choose one above 1023, or 0 for a free one.",
        ) from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTaken(
            f"Port {port} is taken.",
            "End what listens there, or choose another; 0 takes a free one.",
        ) from None
    taken = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="shop")
    thread.start()
    return RunningShop(f"http://{HOST}:{taken}", int(taken), server, thread)
