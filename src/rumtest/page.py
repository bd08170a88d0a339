"""URL → page group: URLs expected to perform alike get one name, of a bounded number of names."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

__all__ = ["LIMIT", "OTHER", "PageGroups", "page_group"]

# What does not fit: URLs without a path, and groups beyond the limit.
OTHER: Final = "(other)"
# A dashboard with more groups than this is read by nobody, and the store's cost grows with them.
LIMIT: Final = 500
# Longer names are attacks or mistakes; real paths with their ids replaced are far shorter.
LONGEST_NAME: Final = 200
# The address bar's practical limit; what lies beyond cannot be told apart by people.
_LONGEST_URL: Final = 2048

_ORIGIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_NOT_AROUND: Final = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_UUID: Final = re.compile(
    _NOT_AROUND.format(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
)
_HEX: Final = re.compile(_NOT_AROUND.format(r"[0-9a-fA-F]{8,}"))
_DIGITS: Final = re.compile(_NOT_AROUND.format(r"[0-9]{4,}"))
_EMAIL: Final = re.compile(r"[^/@#]+(?:@|%40)[^/@#]+\.[^/@#]+")
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def page_group(url: str, patterns: Sequence[tuple[str, str]] = ()) -> str:
    """The page group of a URL: the name of the first (name, pattern) that matches, else its path.

    A pattern matches the whole path: `*` stands for any text within one part of it, `**` for any
    number of parts. Query and fragment are left out, but a hash route is part of the path
    (`/#/cart`, and a pattern `/#/*`). In a path that no pattern matches, numbers of four and more
    digits, hexadecimals of eight and more, UUIDs and e-mail addresses become `:id`.
    """
    path = _path(url)
    if path is None:
        return OTHER
    for name, pattern in patterns:
        if _matcher(pattern).fullmatch(path):
            return name
    return _without_ids(path)


class PageGroups:
    """Page groups of one app, no more than `limit` of them; whatever comes later is `(other)`.

    Groups named by a pattern are there from the start, so strangers' URLs cannot crowd them out.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]] = (), *, limit: int = LIMIT) -> None:
        self._patterns = tuple(patterns)
        self._limit = limit
        self._known = {name for name, _ in self._patterns}

    def of(self, url: str) -> str:
        """The page group of the URL."""
        return self.bounded(page_group(url, self._patterns))

    def bounded(self, name: str) -> str:
        """The name, which may be one the site gave, or `(other)` when there are enough already."""
        if name in self._known or name == OTHER:
            return name
        if len(self._known) >= self._limit:
            return OTHER
        self._known.add(name)
        return name

    def __len__(self) -> int:
        return len(self._known)


def _path(url: str) -> str | None:
    """The path with its hash route; None for what has no path (`about:blank`)."""
    rest = _ORIGIN.sub("", url[:_LONGEST_URL], count=1)
    before, _, fragment = rest.partition("#")
    path = before.partition("?")[0]
    if not path.startswith("/"):
        if path or rest == url[:_LONGEST_URL]:
            return None
        path = "/"
    route = fragment.removeprefix("!")
    if route.startswith("/"):
        path += "#" + route.partition("?")[0]
    return _UNFIT.sub("\ufffd", path)


def _without_ids(path: str) -> str:
    text = "/".join(_EMAIL.sub(":id", part) for part in path.split("/"))
    for pattern in (_UUID, _HEX, _DIGITS):
        text = pattern.sub(":id", text)
    if len(text) <= LONGEST_NAME:
        return text
    # What was cut off may have kept a number from being one.
    return _without_ids(f"{text[: LONGEST_NAME - 1]}…")


@lru_cache(maxsize=1024)
def _matcher(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*+)", pattern)
    return re.compile("".join(_regex(part) for part in parts), re.DOTALL)


def _regex(part: str) -> str:
    if part == "*":
        return "[^/]*"
    return ".*" if part.startswith("**") else re.escape(part)
