"""What the shop answers, asked without a socket."""

import json
from collections import Counter
from http import HTTPStatus
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.shop.answers import MOST_PIECES, Answer, Request, answer
from rumtest.shop.carts import MOST_CARTS, Carts, token_from
from rumtest.shop.catalogue import PRODUCTS, Product
from rumtest.shop.knobs import Knobs
from tests.support.shop import Read

SLUGS = [product.slug for product in PRODUCTS]


def get(path: str, *, query: str = "", knobs: Knobs | None = None) -> Answer:
    return answer(Request("GET", path, query=query), knobs or Knobs(), Carts())


def put(carts: Carts, cookie: str | None, body: bytes, *, form: bool = False) -> Answer:
    kind = "application/x-www-form-urlencoded" if form else "application/json; charset=utf-8"
    request = Request("POST", "/cart", cookie=cookie, content_type=kind, body=body)
    return answer(request, Knobs(), carts)


def test_the_home_page_links_to_every_product() -> None:
    links = Read(get("/").body).values("href")

    assert {f"/p/{slug}" for slug in SLUGS} <= set(links)


@pytest.mark.parametrize("product", PRODUCTS, ids=SLUGS)
def test_a_product_page_has_its_name_its_price_its_reviews_and_one_button(
    product: Product,
) -> None:
    page = Read(get(f"/p/{product.slug}").body)

    assert page.text["h1"] == [product.name]
    assert product.price in page.text["main"][0]
    assert page.text["figcaption"] == [review.author for review in product.reviews]
    assert [text for text in page.text["button"] if text == "Add to cart"] == ["Add to cart"]


@pytest.mark.parametrize("path", ["/", "/p/teapot", "/search", "/cart", "/checkout", "/nowhere"])
def test_every_page_has_one_heading_and_a_labelled_search_box(path: str) -> None:
    page = Read(get(path).body)

    assert len(page.text["h1"]) == 1
    assert "Search" in page.text["label"]
    assert ("input", "q") in [(tag, attributes.get("id")) for tag, attributes in page.elements]


@pytest.mark.parametrize("path", ["/", "/p/teapot", "/search", "/cart", "/checkout", "/nowhere"])
def test_no_page_refers_to_another_host(path: str) -> None:
    page = Read(get(path).body)

    addresses = page.values("href") + page.values("src") + page.values("action")

    assert [one for one in addresses if not one.startswith(("/", "#"))] == []
    assert [one for one in addresses if one.startswith("//")] == []


def test_a_search_finds_what_has_every_word_in_any_case() -> None:
    page = Read(get("/search", query="q=BOWL+matcha").body)

    assert page.text["h1"] == ["1 result for “BOWL matcha”"]
    assert "/p/bowl" in page.values("href")


@given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and "\r" not in text))
def test_whatever_is_searched_for_is_shown_as_text_and_never_as_markup(query: str) -> None:
    query = query.encode("utf-8", "ignore").decode().replace("\0", "") or "x"
    plain = Read(get("/search", query="q=nothing-like-it").body)

    page = Read(get("/search", query=f"q={quote_plus(query)}").body)

    assert not query.strip() or f"“{query}”" in page.text["h1"][0]
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements} | {
        "ul",
        "li",
        "span",
        "img",
    }


@pytest.mark.parametrize("path", ["/nowhere", "/p/", "/p/nothing", "/pictures/x.svg", "/assets/x"])
def test_an_unknown_address_gets_the_page_that_says_so(path: str) -> None:
    reply = get(path)

    assert reply.status == HTTPStatus.NOT_FOUND
    assert Read(reply.body).text["h1"] == ["There is no such page"]


@given(
    st.sampled_from(["", "/", "/p/", "/pictures/", "/pictures/large/", "/assets/"]),
    st.text(max_size=20) | st.just("x" * 5000) | st.just("../" * 9 + "answers.py"),
)
def test_no_address_breaks_the_shop_or_leads_out_of_it(folder: str, rest: str) -> None:
    reply = get(folder + rest)

    assert reply.status in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
    assert b"import " not in reply.body


def test_an_asset_is_found_at_its_own_address_alone() -> None:
    address = next(one for one in Read(get("/").body).values("href") if one.endswith("shop.css"))

    assert get(address).status == HTTPStatus.OK
    assert "immutable" in get(address).headers["Cache-Control"]
    assert get(address.replace("/assets/", "/assets/0")).status == HTTPStatus.NOT_FOUND


@given(st.lists(st.tuples(st.sampled_from(SLUGS), st.integers(1, MOST_PIECES)), min_size=1))
def test_a_cart_counts_every_piece_that_was_put_in(orders: list[tuple[str, int]]) -> None:
    carts, cookie = Carts(), None
    expected: Counter[str] = Counter()

    for slug, pieces in orders:
        expected[slug] += pieces
        reply = put(carts, cookie, json.dumps({"sku": slug, "n": pieces}).encode())
        cookie = reply.headers["Set-Cookie"]
        assert json.loads(reply.body)["count"] == expected.total()

    assert carts.read(token_from(cookie)) == dict(expected)


def test_two_visitors_have_two_carts() -> None:
    carts = Carts()

    mine = put(carts, None, b'{"sku": "teapot"}').headers["Set-Cookie"]
    yours = put(carts, None, b'{"sku": "whisk"}').headers["Set-Cookie"]

    assert carts.read(token_from(mine)) == {"teapot": 1}
    assert carts.read(token_from(yours)) == {"whisk": 1}


def test_the_oldest_cart_is_forgotten_when_there_are_too_many() -> None:
    carts = Carts()
    first = carts.add(None, "teapot", 1)

    later = [carts.add(None, "whisk", 1) for _ in range(MOST_CARTS)]

    assert carts.read(first) == {}
    assert carts.read(later[0]) == carts.read(later[-1]) == {"whisk": 1}


@given(st.binary(max_size=60), st.booleans())
def test_a_cart_request_that_means_nothing_is_refused_and_changes_nothing(
    body: bytes, form: bool
) -> None:
    carts = Carts()

    reply = put(carts, None, body, form=form)

    assert reply.status == HTTPStatus.BAD_REQUEST
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("pieces", [0, -1, MOST_PIECES + 1, "2", 1.5, True, None])
def test_a_number_of_pieces_outside_reason_is_refused(pieces: object) -> None:
    reply = put(Carts(), None, json.dumps({"sku": "teapot", "n": pieces}).encode())

    assert reply.status == HTTPStatus.BAD_REQUEST


@given(st.text(max_size=60))
def test_no_cookie_breaks_the_shop(cookie: str) -> None:
    reply = answer(Request("GET", "/cart", cookie=cookie), Knobs(), Carts())

    assert reply.status == HTTPStatus.OK


def test_without_script_the_button_leads_to_the_cart() -> None:
    carts = Carts()

    reply = put(carts, None, b"sku=teapot", form=True)

    assert (reply.status, reply.headers["Location"]) == (HTTPStatus.SEE_OTHER, "/cart")
    assert carts.read(token_from(reply.headers["Set-Cookie"])) == {"teapot": 1}


def test_the_cart_page_adds_up() -> None:
    carts = Carts()
    token = carts.add(carts.add(None, "teapot", 2), "whisk", 1)

    page = answer(Request("GET", "/cart", cookie=f"cart={token}"), Knobs(), carts)

    assert "€147.00" in Read(page.body).text["tfoot"][0]


def test_an_order_names_what_was_left_empty() -> None:
    request = Request("POST", "/checkout", body=b"name=Ada&email=&address=+")

    reply = answer(request, Knobs(), Carts())

    assert reply.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please fill in: email, address." in Read(reply.body).text["main"][0]


def test_a_whole_order_empties_the_cart() -> None:
    carts = Carts()
    token = carts.add(None, "teapot", 1)
    order = b"name=Ada&email=ada%40example.org&address=Here"

    reply = answer(
        Request("POST", "/checkout", cookie=f"cart={token}", body=order), Knobs(), carts
    )

    assert (reply.status, reply.headers["Location"]) == (HTTPStatus.SEE_OTHER, "/thanks")
    assert carts.read(token) == {}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_an_address_that_only_shows_says_what_it_takes(method: str) -> None:
    reply = answer(Request(method, "/"), Knobs(), Carts())

    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("path", "delay"),
    [
        ("/", 40),
        ("/p/teapot", 40),
        ("/nowhere", 40),
        ("/pictures/large/teapot.svg", 700),
        ("/pictures/large/still-life.svg", 700),
        ("/pictures/teapot.svg", 0),
    ],
)
def test_the_server_delays_pages_and_the_hero_alone_by_its_own_delay(
    path: str, delay: int
) -> None:
    reply = get(path, knobs=Knobs(server_delay=40, hero_delay=700))

    assert reply.delay == delay
