"""The shop as a visitor meets it, in a real Chromium."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from rumtest.shop import Knobs, serve
from rumtest.synthetic.browser import find_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 412, "height": 915}
DESKTOP = {"width": 1440, "height": 900}
PATHS = ["/", "/p/teapot", "/search?q=cup", "/cart", "/checkout", "/nowhere"]

# What the browser itself saw, kept where a test can read it. Playwright's own wait_for_function
# evaluates text inside the page, which the shop's policy forbids; so waiting is done here as well.
WATCH = """
window.seen = {lcp: [], shift: 0, tasks: [], events: []};
const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
  .observe({type, buffered: true, durationThreshold: 16});
watch("largest-contentful-paint", (entry) => seen.lcp.push(entry.element?.className ?? ""));
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("longtask", (entry) => seen.tasks.push(entry.duration));
watch("event", (entry) => seen.events.push(entry.duration));
window.until = (holds) => new Promise((done) => {
  const look = () => (holds() ? done() : requestAnimationFrame(look));
  look();
});
"""


@dataclass
class Visit:
    """A page on the shop, with everything it complained of and everyone it asked."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def see(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.page.evaluate("until(() => seen.lcp.length > 0)")
        # Two frames: what the load event set off has then been drawn and seen.
        self.page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def add_to_cart(self) -> None:
        self.page.get_by_role("button", name="Add to cart").click()
        self.page.get_by_text("In your cart: 1").wait_for()


Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser().path)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Opens the shop with those knobs, and closes all of it at the end."""
    ends: list[Callable[[], None]] = []

    def open_shop(knobs: Knobs | None = None, viewport: dict[str, int] = DESKTOP) -> Visit:
        shop = serve(knobs=knobs)
        ends.append(shop.close)
        size = {"width": viewport["width"], "height": viewport["height"]}
        context = chromium.new_context(viewport=size)  # type: ignore[arg-type]
        ends.append(context.close)
        page = context.new_page()
        page.add_init_script(WATCH)
        visit = Visit(page, shop.url)
        page.on("console", lambda message: visit.errors.append(message.text))
        page.on("pageerror", lambda error: visit.errors.append(error.message))
        page.on("request", lambda request: visit.asked.append(request.url))
        return visit

    yield open_shop
    for end in reversed(ends):
        end()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/", "/p/teapot"])
def test_the_hero_is_the_largest_contentful_paint(
    visit: Open, viewport: dict[str, int], path: str
) -> None:
    shop = visit(viewport=viewport)

    shop.see(path)

    shop.page.evaluate("until(() => seen.lcp.at(-1) === 'hero-picture')")


def test_add_to_cart_shows_the_cart_without_a_navigation(visit: Open) -> None:
    shop = visit()
    shop.see("/p/teapot")
    shop.page.evaluate("window.stayed = true")

    shop.add_to_cart()

    assert shop.page.evaluate("window.stayed") is True
    assert shop.page.locator(".cart-link").inner_text() == "Cart 1"


def test_the_cart_is_still_there_on_the_next_page(visit: Open) -> None:
    shop = visit()
    shop.see("/p/teapot")
    shop.add_to_cart()

    shop.page.get_by_role("link", name="Cart").click()
    shop.page.wait_for_url("**/cart")

    assert shop.page.get_by_role("row", name="Stoneware teapot").is_visible()


def test_the_search_box_leads_to_what_was_looked_for(visit: Open) -> None:
    shop = visit()
    shop.see("/")

    shop.page.get_by_label("Search").fill("matcha")
    shop.page.get_by_label("Search").press("Enter")
    shop.page.wait_for_url("**/search?q=matcha")

    heading = shop.page.get_by_role("heading", level=1)
    assert heading.inner_text() == "2 results for “matcha”"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_no_other_host_and_has_nothing_to_complain_of(visit: Open, path: str) -> None:
    shop = visit()

    shop.see(path) if path in ("/", "/p/teapot") else shop.page.goto(shop.url + path)

    # The browser itself remarks on an answer of 404.
    remarks = [one for one in shop.errors if "404 (Not Found)" not in one]
    assert remarks == []
    assert [one for one in shop.asked if not one.startswith(f"{shop.url}/")] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_a_narrow_phone(visit: Open, path: str) -> None:
    shop = visit(viewport={"width": 360, "height": 740})

    shop.page.goto(shop.url + path)

    assert shop.page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_accessibility_finding(chromium: Browser, path: str) -> None:
    with serve() as shop:
        # Axe puts a script into the page, which the shop's policy forbids.
        page = chromium.new_page(viewport={"width": 412, "height": 915}, bypass_csp=True)
        page.goto(shop.url + path)

        found = Axe().run(page)
        page.close()

    assert found.violations_count == 0, found.generate_report()


def test_an_untouched_shop_shifts_nothing_and_throws_nothing(visit: Open) -> None:
    shop = visit(viewport=PHONE)

    shop.see("/p/teapot")

    assert shop.page.evaluate("seen.shift") == 0
    assert shop.errors == []


def test_the_banner_pushes_content_that_was_already_there(visit: Open) -> None:
    shop = visit(Knobs(layout_shift=True), PHONE)

    shop.see("/p/teapot")
    shop.page.evaluate("until(() => seen.shift > 0)")

    assert shop.page.evaluate("seen.shift") > 0.1  # the limit of a good page


def test_the_heavy_script_is_one_long_task_of_that_length(visit: Open) -> None:
    shop = visit(Knobs(heavy_script=250))

    shop.see("/")
    shop.page.evaluate("until(() => seen.tasks.length > 0)")

    assert shop.page.evaluate("Math.max(...seen.tasks)") >= 250


def test_the_slow_interaction_is_seen_by_the_browser_as_an_event_of_that_length(
    visit: Open,
) -> None:
    shop = visit(Knobs(slow_interaction=250))
    shop.see("/p/teapot")

    shop.add_to_cart()
    shop.page.evaluate("until(() => seen.events.length > 0)")

    assert shop.page.evaluate("Math.max(...seen.events)") >= 248  # rounded to 8 ms


def test_the_late_hero_begins_to_arrive_that_much_later(visit: Open) -> None:
    shop = visit(Knobs(hero_delay=300))

    shop.see("/p/teapot")

    waited = shop.page.evaluate(
        "(() => { const hero = performance.getEntriesByType('resource')"
        ".find((entry) => entry.name.includes('/large/'));"
        "return hero.responseStart - hero.requestStart; })()"
    )
    assert waited >= 300


def test_the_planted_error_is_uncaught_and_alone(visit: Open) -> None:
    shop = visit(Knobs(errors=True))

    with shop.page.expect_event("pageerror"):
        shop.page.goto(shop.url)

    assert shop.errors == ["The recommendations could not be drawn"]
