"""Whatever a page has broken, the snippet stays silent and says what it still can."""

import pytest
from playwright.sync_api import Browser

from tests.support import snippet
from tests.support.pages import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THROW = "() => { throw new Error('broken by the page'); }"

IS_GONE = "{value: undefined}"

BREAKAGES = {
    "localStorage throws": f"Object.defineProperty(window, 'localStorage', {{get: {THROW}}});",
    "sessionStorage is gone": f"Object.defineProperty(window, 'sessionStorage', {IS_GONE});",
    "storage is full": f"Storage.prototype.setItem = {THROW};",
    "sendBeacon throws": f"navigator.sendBeacon = {THROW};",
    "sendBeacon refuses": "navigator.sendBeacon = () => false;",
    "sendBeacon is gone": "navigator.sendBeacon = undefined;",
    "crypto is gone": f"Object.defineProperty(window, 'crypto', {IS_GONE});",
    "PerformanceObserver is gone": "window.PerformanceObserver = undefined;",
    "PerformanceObserver throws": f"""
        window.PerformanceObserver = new Proxy(PerformanceObserver, {{construct: {THROW}}});""",
    "getEntriesByType throws": f"performance.getEntriesByType = {THROW};",
    "console throws": f"window.console = new Proxy({{}}, {{get: {THROW}}});",
    "requestIdleCallback is gone": "window.requestIdleCallback = undefined;",
    "matchMedia throws": f"window.matchMedia = {THROW};",
    "screen is gone": f"Object.defineProperty(window, 'screen', {IS_GONE});",
    "timeOrigin is gone": f"""
        Object.defineProperty(Performance.prototype, 'timeOrigin', {IS_GONE});""",
    "interactionCount is gone": f"""
        Object.defineProperty(Performance.prototype, 'interactionCount', {IS_GONE});""",
    "configuration is nonsense": """
        window.rumtest = {config: {early: {}, sample: 'x'}, queue: [null, 7, ['no']]};""",
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_the_page_sees_no_error_and_the_receiver_a_right_beacon(
    chromium: Browser, site: Site, name: str
) -> None:
    site.page(
        "/", "<form><input name=id><button type=button>x</button></form>", head=snippet.tag(site)
    )
    with snippet.visitor(chromium, BREAKAGES[name]) as visitor:
        visitor.see(site.url)
        visitor.page.click("button")
        visitor.settle()
        visitor.leave()

        beacon = site.wait_for(where=lambda one: one.final is True)[0]

    assert visitor.complaints == []
    assert beacon.page.url == f"{site.url}/"


def test_with_no_way_to_send_the_page_sees_no_error(chromium: Browser, site: Site) -> None:
    site.page("/", "<button>x</button>", head=snippet.tag(site, early="1"))
    broken = f"navigator.sendBeacon = {THROW}; window.fetch = {THROW};"
    with snippet.visitor(chromium, broken) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("rumtest.flush()")
        visitor.leave()

    assert visitor.complaints == []
    assert site.results == []


def test_every_public_call_returns_quietly_whatever_it_is_given(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    calls = """() => {
      const cyclic = {}; cyclic.self = cyclic;
      const hostile = {get message() { throw 1; }, toString() { throw 2; }};
      const odd = [undefined, null, 7, NaN, "", "x".repeat(5000), "\\ud83d", cyclic, hostile,
                   Symbol("s"), 10n, () => 1, [], new Proxy({}, {get() { throw 3; }})];
      const names = ["page", "event", "measure", "score", "task", "error", "user", "set", "flush"];
      for (const name of names) for (const one of odd) for (const two of odd) {
        if (name === "flush" && one) continue;
        const task = rumtest[name](one, two, one);
        if (name === "task") { task.done(); task.fail(); }
        else if (task !== undefined) throw new Error(name + " returned something");
      }
    }"""
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate(calls)
        visitor.leave()
        site.wait_for()

    assert visitor.complaints == []


def test_without_an_app_nothing_is_sent_and_nothing_complains(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head='<script async src="/rumtest.js"></script>')
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.leave()

    assert (visitor.complaints, site.results) == ([], [])


def test_a_form_whose_fields_hide_its_properties_does_not_throw(
    chromium: Browser, site: Site
) -> None:
    names = ("nodeName", "classList", "parentNode", "id", "nodeType")
    fields = "".join(f"<input type=hidden name={name}>" for name in names)
    site.page("/", f"<form>{fields}<h1>big</h1></form>")
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        beacon = visitor.flush(site)

    assert visitor.complaints == []
    assert beacon.metrics.lcp is not None
