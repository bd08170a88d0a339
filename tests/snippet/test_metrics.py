"""What the snippet measures is what the browser saw, by an observer of its own in that view."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from rumtest.beacon.model import Beacon
from tests.support import snippet
from tests.support.pages import Answer, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Chromium takes a picture of less than 0.05 bits a pixel for a background: hence the padding.
RED = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400">'
    f'<rect width="600" height="400" fill="red"/><!-- {"." * 4000} --></svg>'
)

# A heading first, a large picture later, a shift when the notice comes, a button that is slow.
PAGE = """
<h1>Tea</h1><button id="buy">Buy</button><div id="notice"></div>
<img src="/hero.svg?delay=0.15" width="600" height="400">
<script>
  const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
  document.getElementById("buy").onclick = () => busy(60);
  // Only what was painted can shift, and on a crowded machine that may be late.
  const shift = () => { document.getElementById("notice").style.height = "120px"; };
  new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length) setTimeout(shift, 100);
  }).observe({type: "paint", buffered: true});
</script>
"""
READY = "() => judge.lcp > 150 && judge.cls > 0"


@pytest.fixture
def shop(site: Site) -> Site:
    site.answers["/hero.svg"] = Answer(RED, "image/svg+xml")
    site.answers["/quick"] = Answer("")
    site.page("/lab", PAGE)
    site.page("/field", PAGE, head=snippet.tag(site))
    return site


def assert_equal(beacon: Beacon, judged: dict[str, Any]) -> None:
    metrics = beacon.metrics
    assert metrics.fcp == pytest.approx(judged["fcp"], abs=1)
    assert metrics.ttfb == pytest.approx(judged["ttfb"], abs=1)
    assert metrics.lcp == pytest.approx(judged["lcp"], abs=1)
    assert metrics.cls == pytest.approx(judged["cls"], abs=0.0001)
    assert metrics.inp == judged["inp"]


def in_the_lab(browser: Browser, shop: Site) -> tuple[Beacon, dict[str, Any]]:
    with snippet.visitor(browser, snippet.OBSERVER, snippet.lab_script(shop)) as visitor:
        visitor.see(f"{shop.url}/lab")
        visitor.page.wait_for_function(READY)
        visitor.page.click("#buy")
        beacon = visitor.flush(shop)
        return beacon, visitor.judge()


def test_in_the_lab_every_metric_equals_the_observers(chromium: Browser, shop: Site) -> None:
    beacon, judged = in_the_lab(chromium, shop)

    assert judged["inp"] >= 56
    assert_equal(beacon, judged)


def test_in_the_field_every_metric_of_a_view_that_is_left_equals_the_observers(
    chromium: Browser, shop: Site
) -> None:
    with snippet.visitor(chromium, snippet.OBSERVER) as visitor:
        visitor.see(f"{shop.url}/field")
        visitor.page.wait_for_function(READY)
        visitor.page.click("#buy")
        visitor.settle()
        judged = visitor.judge()
        visitor.leave()
        beacon = shop.wait_for(where=lambda one: one.final is True)[0]

    assert_equal(beacon, judged)


def test_attribution_names_what_was_planted(chromium: Browser, shop: Site) -> None:
    beacon, _ = in_the_lab(chromium, shop)

    why = beacon.attribution
    assert why is not None
    assert why.lcp is not None
    assert why.lcp.url == f"{shop.url}/hero.svg"
    assert why.lcp.target == "html>body>img"
    assert why.lcp.load_duration is not None
    assert why.lcp.load_duration >= 149
    assert why.inp is not None
    assert (why.inp.target, why.inp.type) == ("#buy", "pointer")
    assert why.inp.processing is not None
    assert why.inp.processing >= 55
    assert why.cls is not None
    assert why.cls.value == pytest.approx(beacon.metrics.cls, abs=0.0001)


def test_the_parts_of_lcp_add_up_to_it(chromium: Browser, shop: Site) -> None:
    beacon, _ = in_the_lab(chromium, shop)

    assert beacon.attribution is not None
    assert beacon.attribution.lcp is not None
    lcp = beacon.attribution.lcp
    parts = [lcp.ttfb, lcp.load_delay, lcp.load_duration, lcp.render_delay]
    assert None not in parts
    # Each of four parts is rounded to a tenth.
    assert sum(part or 0 for part in parts) == pytest.approx(beacon.metrics.lcp, abs=0.21)


def test_a_click_that_costs_nothing_has_an_inp(chromium: Browser, site: Site) -> None:
    site.page("/", "<button>x</button>")
    with snippet.visitor(chromium, snippet.OBSERVER, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        visitor.page.click("button")
        beacon = visitor.flush(site)
        judged = visitor.judge()

    assert beacon.metrics.inp is not None
    assert beacon.metrics.inp == judged["inp"]


def test_a_view_without_an_interaction_has_no_inp(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>read me</p>")
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        beacon = visitor.flush(site)

    assert beacon.metrics.inp is None


def test_inp_since_tells_the_worst_interaction_that_began_later(
    chromium: Browser, shop: Site
) -> None:
    with snippet.visitor(chromium, snippet.lab_script(shop)) as visitor:
        visitor.see(f"{shop.url}/lab")
        before = visitor.page.evaluate("performance.now()")
        visitor.page.click("#buy")
        visitor.settle()
        between = visitor.page.evaluate("performance.now()")
        visitor.page.click("h1")
        visitor.settle()
        worst = visitor.page.evaluate("(since) => rumtestLab.inpSince(since)", before)
        second = visitor.page.evaluate("(since) => rumtestLab.inpSince(since)", between)
        none = visitor.page.evaluate("rumtestLab.inpSince(performance.now())")

    assert worst >= 56
    assert second is not None
    assert second < worst
    assert none is None


def test_an_interaction_is_pending_until_the_browser_has_told_of_it(
    chromium: Browser, shop: Site
) -> None:
    with snippet.visitor(chromium, snippet.lab_script(shop)) as visitor:
        visitor.see(f"{shop.url}/lab")
        visitor.page.evaluate(
            "addEventListener('click', () => { window.during = rumtestLab.pending(); })"
        )
        assert visitor.page.evaluate("rumtestLab.pending()") is False
        visitor.page.click("#buy")
        visitor.page.wait_for_function("!rumtestLab.pending()")

        assert visitor.page.evaluate("window.during") is True
        assert visitor.page.evaluate("rumtestLab.inpSince(0)") >= 56


def test_a_second_quick_click_counts_as_8_ms_where_the_browser_tells_nothing(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<button>x</button>")
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        for _ in range(3):
            since = visitor.page.evaluate("performance.now()")
            visitor.page.click("button")
            visitor.settle()
            told = visitor.page.evaluate("(since) => rumtestLab.inpSince(since)", since)
            assert told is not None
            assert told >= 8 or told == 0


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_in_50_iterations_with_a_click_no_lcp_cls_or_inp_is_lost(
    chromium: Browser, shop: Site
) -> None:
    for _ in range(50):
        beacon, judged = in_the_lab(chromium, shop)

        assert_equal(beacon, judged)
