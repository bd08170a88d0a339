"""A page that comes back from the back-forward cache begins a view of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support import snippet
from tests.support.pages import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def remembering() -> Iterator[Browser]:
    """A browser with the cache that Playwright switches off."""
    with snippet.chromium(keep_bfcache=True) as browser:
        yield browser


def test_a_restored_page_is_a_new_view_of_its_own(remembering: Browser, site: Site) -> None:
    site.page("/", "<h1>first</h1>", head=snippet.tag(site))
    site.page("/next", "<h1>next</h1>", head=snippet.tag(site))
    with snippet.visitor(remembering) as visitor:
        visitor.see(f"{site.url}/")
        visitor.see(f"{site.url}/next")
        # Playwright waits for a load event, which a restored page does not have.
        visitor.page.evaluate("history.back()")
        visitor.page.wait_for_function("document.querySelector('h1').textContent === 'first'")
        visitor.settle()
        visitor.page.evaluate("rumtest.flush()")
        restored = site.wait_for(
            where=lambda one: one.page.navigation == "back-forward-cache" and bool(one.metrics.lcp)
        )[0]

    first = site.wait_for(where=lambda one: one.page.navigation == "navigate")[0]
    assert restored.view != first.view
    assert restored.n == 1
    assert restored.session is not None
    assert first.session is not None
    assert (restored.session.id, restored.session.page) == (first.session.id, 3)
    assert restored.phases is None
    assert restored.metrics.ttfb == 0
    assert restored.metrics.load is None
    assert restored.time.age < 60_000
    assert restored.time.origin > first.time.origin
