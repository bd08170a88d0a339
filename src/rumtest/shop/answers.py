"""Which request gets which answer; it decides and neither waits nor sends."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import parse_qs

from rumtest.shop import pages
from rumtest.shop.assets import find_asset
from rumtest.shop.carts import COOKIE, Carts, token_from
from rumtest.shop.catalogue import find_product
from rumtest.shop.drawing import draw, draw_still_life, padded
from rumtest.shop.knobs import Knobs
from rumtest.shop.layout import Frame

__all__ = ["Answer", "Request", "answer"]

# A page carries its visitor's cart, so it is asked for again every time; no-store would keep it
# out of the back-forward cache as well.
_FRESH = {"Cache-Control": "private, no-cache"}
_A_DAY = {"Cache-Control": "public, max-age=86400"}
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}

MOST_PIECES = 99


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: `path` without its query, `query` and `body` as they came."""

    method: str
    path: str
    query: str = ""
    cookie: str | None = None
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back, and how many milliseconds later than it could be."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=lambda: _FRESH)
    delay: int = 0


def answer(request: Request, knobs: Knobs, carts: Carts) -> Answer:
    """The shop's answer; it changes nothing but the visitor's cart."""
    if request.method not in ("GET", "HEAD"):
        return replace(_post(request, knobs, carts), delay=knobs.server_delay)
    still = _file(request.path, knobs)
    if still is not None:
        return still
    return replace(_page(request, knobs, carts), delay=knobs.server_delay)


def _file(path: str, knobs: Knobs) -> Answer | None:
    """A picture or an asset; None where the address is not one of theirs."""
    if path.startswith("/assets/"):
        asset = find_asset(path)
        return Answer(asset.body, asset.content_type, headers=_FOR_EVER) if asset else None
    folder, _, name = path.rpartition("/")
    large = folder == "/pictures/large"
    if not (large or folder == "/pictures") or not name.endswith(".svg"):
        return None
    picture = _picture(name.removesuffix(".svg"))
    if picture is None:
        return None
    if not large:
        return Answer(picture, "image/svg+xml", headers=_A_DAY)
    heavy = padded(picture, knobs.hero_bytes)
    return Answer(heavy, "image/svg+xml", headers=_A_DAY, delay=knobs.hero_delay)


def _picture(name: str) -> bytes | None:
    if name == "still-life":
        return draw_still_life()
    return draw(name) if find_product(name) else None


def _page(request: Request, knobs: Knobs, carts: Carts) -> Answer:
    pieces = carts.read(token_from(request.cookie))
    frame = Frame(knobs, in_cart=sum(pieces.values()))
    writers: dict[str, Callable[[], str]] = {
        "/": lambda: pages.home_page(frame),
        "/search": lambda: pages.search_page(frame, _first(parse_qs(request.query), "q")),
        "/cart": lambda: pages.cart_page(frame, pieces),
        "/checkout": lambda: pages.checkout_page(frame),
        "/thanks": lambda: pages.thanks_page(frame),
    }
    if writer := writers.get(request.path):
        return Answer(writer().encode())
    if request.path.startswith("/p/"):
        product = find_product(request.path.removeprefix("/p/"))
        if product:
            return Answer(pages.product_page(frame, product).encode())
    return Answer(pages.missing_page(frame).encode(), status=HTTPStatus.NOT_FOUND)


def _post(request: Request, knobs: Knobs, carts: Carts) -> Answer:
    token = token_from(request.cookie)
    frame = Frame(knobs, in_cart=sum(carts.read(token).values()))
    if request.method == "POST" and request.path == "/cart":
        return _put_in_cart(request, carts, token)
    if request.method == "POST" and request.path == "/checkout":
        sent = parse_qs(request.body.decode("utf-8", "replace"))
        missing = [name for name in ("name", "email", "address") if not _first(sent, name).strip()]
        if missing:
            page = pages.checkout_page(frame, missing=missing)
            return Answer(page.encode(), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        carts.empty(token)
        return _see("/thanks")
    return Answer(
        b"This address takes GET and HEAD.\n",
        "text/plain; charset=utf-8",
        HTTPStatus.METHOD_NOT_ALLOWED,
        {"Allow": "GET, HEAD", **_FRESH},
    )


def _put_in_cart(request: Request, carts: Carts, token: str | None) -> Answer:
    """What the script asks in JSON is answered in JSON; what the bare form sends, by a page."""
    in_json = request.content_type.partition(";")[0].strip() == "application/json"
    slug, pieces = _order_in(request.body, in_json=in_json)
    if find_product(slug) is None or not 1 <= pieces <= MOST_PIECES:
        told = b'{"error": "`sku` is a product of the shop, `n` a number from 1 to 99."}'
        return Answer(told, "application/json", HTTPStatus.BAD_REQUEST)
    token = carts.add(token, slug, pieces)
    cookie = {"Set-Cookie": f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax"}
    if not in_json:
        seen = _see("/cart")
        return replace(seen, headers={**seen.headers, **cookie})
    told = json.dumps({"id": token, "count": sum(carts.read(token).values())}).encode()
    return Answer(told, "application/json", headers={**_FRESH, **cookie})


def _order_in(body: bytes, *, in_json: bool) -> tuple[str, int]:
    """The slug and the number of pieces asked for; `("", 0)` where the body says no such thing."""
    try:
        sent = json.loads(body) if in_json else parse_qs(body.decode())
    except ValueError:
        return "", 0
    if not isinstance(sent, dict):
        return "", 0
    slug, pieces = (_first(sent, "sku"), 1) if not in_json else (sent.get("sku"), sent.get("n", 1))
    if not isinstance(slug, str) or type(pieces) is not int:
        return "", 0
    return slug, pieces


def _see(path: str) -> Answer:
    return Answer(b"", status=HTTPStatus.SEE_OTHER, headers={"Location": path, **_FRESH})


def _first(fields: Mapping[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]
