"""The built snippet: its text, its hash, the tag a site pastes, and what the lab injects."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from rumtest.errors import MachineError

__all__ = [
    "SILENCE",
    "injection",
    "loader_source",
    "script_tag",
    "snippet_source",
    "snippet_sri",
]

# Evaluated in every window of a lab's browser: one that nobody measures (a popup) must not tell
# the site's own receiver about a visit that never was. The injection, before or after, prevails.
SILENCE: Final = "window.rumtestLab = window.rumtestLab || { off: true };"


def snippet_source() -> str:
    """The very file that users' browsers load, as text."""
    return _built("rumtest.js")


def loader_source() -> str:
    """The loader a page may carry in its head: it queues calls until the file is there."""
    return _built("loader.js")


def snippet_sri() -> str:
    """The value of `integrity` that lets a browser refuse any other file."""
    digest = hashlib.sha384(snippet_source().encode()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def script_tag(app: str, receiver: str) -> str:
    """The HTML tag a site pastes; `receiver` is the origin that serves the file."""
    source = f"{receiver.rstrip('/')}/rumtest.js"
    return (
        f'<script async src="{escape(source)}" integrity="{snippet_sri()}"'
        f' crossorigin="anonymous" data-app="{escape(app)}"></script>'
    )


def injection(lab: Mapping[str, Any], *, app: str, receiver: str) -> str:
    """The JavaScript the lab evaluates in each new document, before any script of the page.

    `lab` is the beacon's tag (`run`, `scenario`, `step`, `iteration`, `profile`, `arm`);
    `receiver` the origin of the lab's own endpoint. It does nothing in documents that are not
    pages (`about:blank`), and keeps a snippet in a frame from telling the site's own receiver
    about a visit that never was.
    """
    tag = {**lab, "engine": "browser", "receiver": receiver}
    config = {"app": app, "receiver": receiver}
    return _INJECTION % (json.dumps(tag), json.dumps(config), snippet_source())


# The snippet itself sees that it is there already: a page may carry it as well.
_INJECTION = """\
(function () {
  if (!/^https?:$/.test(location.protocol)) return;
  if (window.top !== window) { window.rumtestLab = { off: true }; return; }
  if (window.rumtestLab && !window.rumtestLab.off) return;
  window.rumtestLab = %s;
  window.rumtest = window.rumtest || { config: %s, queue: [] };
%s
})();
"""


@cache
def _built(name: str) -> str:
    try:
        return (files("rumtest") / "_built" / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MachineError(
            f"`{name}` is not built: this looks like a checkout.",
            "Run `make bundle`, or `python snippet/hatch_build.py`.",
        ) from None
