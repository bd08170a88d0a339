"""A small site with every trouble a page can make, for tests of what drives a browser.

Also a program: `python tests/support/site.py PORT` serves it until it is ended.
"""

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

# Chromium takes a picture of less than 0.05 bits a pixel for a placeholder and not for LCP;
# 600 × 400 of them are 1 500 bytes, so the drawing carries a long comment.
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400">'
    '<rect width="600" height="400" fill="teal"/><circle cx="300" cy="200" r="150" fill="gold"/>'
    f"<!-- {'words that say nothing ' * 400} --></svg>"
)

SHELL = (
    "<!doctype html><html><head><title>{title}</title><meta name=viewport content='width="
    "device-width'><link rel=icon href=data:,></head><body>{body}</body></html>"
)

PAGES = {
    # A late picture (LCP), a shift (CLS) and a click with 60 ms of work (INP).
    "/": (
        "Home",
        "<h1>Home</h1><div id=gap></div><p>Some words that move down.</p>"
        "<img id=hero src='/picture.svg?delay=80' width=600 height=400>"
        "<button id=work>Work</button> <p id=done></p><a id=next href='/next'>Next</a>"
        "<script>"
        # Only what was painted can shift, so two frames first.
        "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout("
        "() => {document.getElementById('gap').style.height = '120px'}, 20)));"
        "document.getElementById('work').onclick = () => {"
        " const end = performance.now() + 60; while (performance.now() < end) {}"
        " document.getElementById('done').textContent = 'done'};"
        "</script>",
    ),
    "/next": ("Next", "<h1>Next page</h1><p>Another page.</p><button id=work>Work</button>"),
    "/form": (
        "Form",
        "<form action='/next'><label>Name <input name=name></label><button>Go</button></form>",
    ),
    "/late": (
        "Late",
        "<h1>Late</h1><button id=go onclick='setTimeout(() => "
        '{document.getElementById("out").textContent = "came"}, 150)\'>Go</button><p id=out></p>',
    ),
    # The largest picture is put in by a script, after the load event.
    "/lazy": (
        "Lazy",
        "<h1>Lazy</h1><button id=work>Work</button><div id=box></div><script>"
        "addEventListener('load', () => setTimeout(() => {document.getElementById('box').innerHTML"
        " = '<img src=/picture.svg?delay=300 width=600 height=400>'}, 0))</script>",
    ),
    "/never": (
        "Never",
        "<h1>Never</h1><button id=go>Go</button><p id=out></p>",
    ),
    "/script-leaves": (
        "Leaves",
        "<h1>Leaves</h1><button id=go onclick='setTimeout(() => {location.href = \"/next\"}, 0)'>"
        "Go</button>",
    ),
    "/alert": ("Alert", "<h1>Alert</h1><script>alert('Is anybody there?')</script>"),
    "/confirm": (
        "Confirm",
        "<h1>Confirm</h1><button id=go onclick=\"confirm('Really?')\">Go</button>",
    ),
    "/busy": (
        "Busy",
        "<h1>Busy</h1><script>addEventListener('load', () => setTimeout(() => {for (;;) {}}, 0))"
        "</script>",
    ),
    "/error": (
        "Error",
        "<h1>Error</h1><script>undefinedFunction()</script>"
        "<script>Promise.reject(new Error('nobody caught me'))</script>",
    ),
    "/frame": ("Frame", "<h1>Frame</h1><iframe src='/next' width=300 height=200></iframe>"),
    # Its first paint comes long after its load event.
    "/veiled": (
        "Veiled",
        "<div id=all style='display: none'><h1>Veiled</h1></div><script>"
        "addEventListener('load', () => setTimeout("
        "() => {document.getElementById('all').style.display = ''}, 700))</script>",
    ),
    "/popup": (
        "Popup",
        "<h1>Popup</h1><a id=blank href='/next' target=_blank>New window</a><button id=open "
        "onclick=\"window.open('/next'); document.getElementById('out').textContent = 'opened'\">"
        "Open</button><p id=out></p>",
    ),
    "/csp": ("Strict", "<h1>Strict</h1><p>Nothing may be loaded from elsewhere.</p>"),
}


class Site:
    """The site on a free port of loopback; `with` serves it. `seen` holds the paths asked for."""

    def __init__(self, port: int = 0) -> None:
        self.seen: list[str] = []
        # Waited for instead of slept on, so that a request that never answers ends with the site.
        self.closing = threading.Event()
        self._server = _Server(port, self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def port(self) -> int:
        return self._server.server_port

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, site: Site) -> None:
        self.site = site
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.site.seen.append(self.path)
        asked = parse_qs(parts.query)
        if "delay" in asked:
            self.server.site.closing.wait(float(asked["delay"][0]) / 1000)
        if parts.path == "/picture.svg":
            self._answer(200, "image/svg+xml", PICTURE)
        elif parts.path == "/silent":
            self.server.site.closing.wait(60)
        elif parts.path == "/half":
            self._answer_half()
        elif parts.path == "/broken":
            self._answer(500, "text/html", "<h1>Broken</h1>")
        elif parts.path in PAGES:
            title, body = PAGES[parts.path]
            self._answer(200, "text/html", SHELL.format(title=title, body=body))
        else:
            self._answer(404, "text/html", "<h1>Not here</h1>")

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if kind == "image/svg+xml":
            self.send_header("Cache-Control", "max-age=3600")
        if self.path.startswith("/csp"):
            self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)

    def _answer_half(self) -> None:
        """A page whose last picture never comes, so that its load event does not either."""
        body = SHELL.format(title="Half", body="<h1>Half</h1><img src='/silent'>")
        self._answer(200, "text/html", body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def main() -> None:
    """Serve on the port given as the only argument, until ended."""
    with Site(int(sys.argv[1])):
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
