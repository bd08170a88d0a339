"""Page groups: the first pattern wins, ids are replaced, and there are never too many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.page import LONGEST_NAME, OTHER, PageGroups, page_group

PARTS = st.sampled_from(
    ["a", "p", "cart", "12345", "1234", "123", "deadbeefdeadbeef", "me@x.org", "v-2024-x", "ü", ""]
)
PATHS = st.lists(PARTS, max_size=5).map(lambda parts: "/" + "/".join(parts))
URLS = st.one_of(st.text(), PATHS, PATHS.map("https://shop.example{}?q=1#top".format))


@pytest.mark.parametrize(
    ("url", "group"),
    [
        ("https://shop.example", "/"),
        ("https://shop.example/cart?x=1#top", "/cart"),
        ("/orders/123", "/orders/123"),
        ("/orders/1234", "/orders/:id"),
        ("/orders/1234-tea.html", "/orders/:id-tea.html"),
        ("/v12345a/x", "/v12345a/x"),
        ("/t/deadbeefdeadbeef", "/t/:id"),
        ("/t/deadbee", "/t/deadbee"),
        ("/u/550E8400-e29b-41d4-a716-446655440000/edit", "/u/:id/edit"),
        ("/u/me+you@mail.example/edit", "/u/:id/edit"),
        ("/u/me%40mail.example", "/u/:id"),
        ("https://h/app#/cart/99999?x=1", "/app#/cart/:id"),
        ("https://h/#!/cart", "/#/cart"),
        ("https://h/#section", "/"),
        ("about:blank", OTHER),
        ("data:text/html,x", OTHER),
        ("", OTHER),
        ("http://[bad/x", "/x"),
    ],
)
def test_a_url_without_pattern_is_named_by_its_path(url: str, group: str) -> None:
    assert page_group(url) == group


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/p/*", "/p/tea", True),
        ("/p/*", "/p/tea/reviews", False),
        ("/p/*", "/p/", True),
        ("/p/**", "/p/tea/reviews", True),
        ("/*/reviews", "/tea/reviews", True),
        ("/p", "/p", True),
        ("/p", "/P", False),
        ("/a.c", "/abc", False),
        ("/", "/#/cart", False),
        ("/#/*", "/#/cart", True),
        ("**", "/any/thing", True),
    ],
)
def test_a_pattern_matches_the_whole_path(pattern: str, path: str, matches: bool) -> None:
    assert (page_group(path, [("named", pattern)]) == "named") is matches


def test_the_first_pattern_that_matches_wins() -> None:
    patterns = [("teapot", "/p/teapot"), ("product", "/p/*"), ("all", "/**")]

    groups = [page_group(f"https://h/{path}", patterns) for path in ("p/teapot", "p/x", "y/z")]

    assert groups == ["teapot", "product", "all"]


@given(URLS, st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=3))
def test_any_url_has_a_group_of_bounded_length(url: str, patterns: list[tuple[str, str]]) -> None:
    group = page_group(url, patterns)

    assert group in {name for name, _ in patterns} or 0 < len(group) <= LONGEST_NAME


@given(URLS)
def test_the_group_of_a_group_is_itself(url: str) -> None:
    group = page_group(url)

    assert page_group(group) == group


@given(PATHS, st.text(), st.text(st.characters(exclude_characters="/!"), max_size=5))
def test_query_and_fragment_do_not_matter(path: str, query: str, fragment: str) -> None:
    query = query.replace("#", "")

    assert page_group(f"https://h{path}?{query}#{fragment}") == page_group(path)


@given(st.from_regex(r"[0-9]{4,12}", fullmatch=True))
def test_no_number_of_four_digits_is_left(number: str) -> None:
    assert page_group(f"/a/{number}/b-{number}") == "/a/:id/b-:id"


@given(st.lists(URLS, max_size=60), st.integers(1, 10))
def test_there_are_never_more_groups_than_the_limit(urls: list[str], limit: int) -> None:
    groups = PageGroups(limit=limit)

    names = {groups.of(url) for url in urls} - {OTHER}

    assert len(names) == len(groups) <= limit


@given(st.lists(URLS, max_size=40))
def test_a_group_that_was_given_stays(urls: list[str]) -> None:
    groups = PageGroups(limit=5)
    first: dict[str, str] = {}

    for url in urls:
        first.setdefault(url, groups.of(url))

    assert {url: groups.of(url) for url in first} == first


def test_strangers_cannot_crowd_out_a_named_group() -> None:
    groups = PageGroups([("product", "/p/*")], limit=2)
    for number in range(10):
        groups.of(f"/attack-{number}")

    assert groups.of("/p/tea") == "product"
    assert groups.bounded("chosen by the site") == OTHER
