"""Carts, kept in memory by a cookie that says nothing but which cart it is."""

from collections import Counter, OrderedDict
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from threading import Lock

__all__ = ["COOKIE", "Carts", "token_from"]

COOKIE = "cart"

# A test may load the shop thousands of times, each from a clean browser; the oldest are forgotten.
MOST_CARTS = 10_000


class Carts:
    """Every cart of one running shop, safe to use from its threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._carts: OrderedDict[str, Counter[str]] = OrderedDict()

    def read(self, token: str | None) -> dict[str, int]:
        """What lies in that cart, slug to pieces; nothing for a cart we do not know."""
        with self._lock:
            return dict(self._carts.get(token or "", {}))

    def add(self, token: str | None, slug: str, pieces: int) -> str:
        """Put that many pieces in, and return the cart's token: a new one where it was unknown."""
        with self._lock:
            if token is None or token not in self._carts:
                token = token_urlsafe(16)
                self._carts[token] = Counter()
                while len(self._carts) > MOST_CARTS:
                    self._carts.popitem(last=False)
            self._carts[token][slug] += pieces
            return token

    def empty(self, token: str | None) -> None:
        """Forget what lies in that cart."""
        with self._lock:
            self._carts.pop(token or "", None)


def token_from(header: str | None) -> str | None:
    """The cart's token out of a Cookie header; None where there is none, or it cannot be read."""
    try:
        morsel = SimpleCookie(header or "").get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None
