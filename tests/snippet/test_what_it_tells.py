"""What a page does is in its beacon: loading, errors, timings, and what the site says itself."""

import json

import pytest
from playwright.sync_api import Browser

from rumtest.beacon.model import Beacon
from tests.support import snippet
from tests.support.pages import Answer, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def told(browser: Browser, site: Site, body: str, *, do: str = "", **tag: str) -> Beacon:
    """The final beacon of a page with that body, in which that JavaScript was run."""
    site.page("/p/12345", body, head=snippet.tag(site, **tag))
    with snippet.visitor(browser) as visitor:
        visitor.see(f"{site.url}/p/12345?token=secret#fragment")
        if do:
            visitor.page.evaluate(f"async () => {{ {do} }}")
            visitor.settle()
        visitor.leave()
        beacon = site.wait_for(where=lambda one: one.final is True)[0]
    assert beacon.snippet is not None
    assert beacon.snippet.errors == 0
    return beacon


def test_a_view_says_what_it_is(chromium: Browser, site: Site) -> None:
    beacon = told(chromium, site, "<p>hi</p>", group="product", release="2026-11-01")

    assert (beacon.app, beacon.n, beacon.page.navigation) == ("shop", 1, "navigate")
    assert (beacon.page.group, beacon.release) == ("product", "2026-11-01")
    assert beacon.lab is None
    assert beacon.device is not None
    assert (beacon.device.width, beacon.device.height) == (1280, 720)
    assert beacon.language == "en-US"
    assert beacon.time.visible is not None
    assert 0 < beacon.time.visible <= beacon.time.age


def test_queries_fragments_and_identifiers_stay_in_the_browser(
    chromium: Browser, site: Site
) -> None:
    site.answers["/img/hero-16001600.jpg"] = Answer("x", "image/jpeg")
    beacon = told(
        chromium,
        site,
        '<img src="/img/hero-16001600.jpg?user=me@mail.example">',
        do="""rumtest.error(new Error(
            'no user jane@mail.example at https://shop.example/orders/4711471?key=secret'))""",
    )

    text = site.bodies[-1].decode()
    assert beacon.page.url == f"{site.url}/p/:id"
    message = "Error: no user :id at https://shop.example/orders/:id"
    assert [error.message for error in beacon.errors if error.kind == "manual"] == [message]
    assert f"{site.url}/img/hero-:id.jpg" in text
    for hidden in ("secret", "fragment", "12345", "mail.example", "4711471", "16001600"):
        assert hidden not in text


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/11c1aafb24/shop.js", "/assets/:id/shop.js"),
        ("/assets/1234561111/shop.js", "/assets/:id/shop.js"),
        ("/img/hero.3f2a9c1b.jpg", "/img/hero.:id.jpg"),
        ("/img/hero.30291111.jpg", "/img/hero.:id.jpg"),
        ("/img/550e8400-e29b-41d4-a716-446655440000.jpg", "/img/:id.jpg"),
        ("/reset/Zx8kQ2mP9vLr4TwY7nBc", "/reset/:id"),
        ("/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2lnbmF0dXJl", "/t/:id"),
        ("/cart;jsessionid=abcd/pay", "/cart/pay"),
        ("/c/summer-sale-2x1/a1b2c3d", "/c/summer-sale-2x1/a1b2c3d"),
        ("/Getting-started-with-Python3", "/Getting-started-with-Python3"),
        ("/js/shop-11c1aafb24.js", "/js/shop-11c1aafb24.js"),
        ("/#/orders/4711471&token=abc", "/#/orders/:id"),
    ],
)
def test_hashes_and_tokens_are_hidden_whatever_digits_they_hold(
    chromium: Browser, site: Site, path: str, kept: str
) -> None:
    site.page(path.partition("#")[0], "<p>hi</p>", head=snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url + path)
        visitor.leave()
        beacon = site.wait_for()[0]

    assert beacon.page.url == site.url + kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("at https://a.example/x?token=one:two end", "at https://a.example/x end"),
        ("at https://a.example/x?a=(b)&token=c.", "at https://a.example/x."),
        ("GET /search?q=my+words answered 500", "GET /search answered 500"),
        (
            "f (https://a.example/a.js?v=1:10:5)\n at g",
            "f (https://a.example/a.js:10:5)\n at g",
        ),
    ],
)
def test_no_query_is_told_in_a_message(
    chromium: Browser, site: Site, said: str, kept: str
) -> None:
    beacon = told(chromium, site, "<p>hi</p>", do=f"rumtest.error({json.dumps(said)})")

    assert [error.message for error in beacon.errors] == [kept]


def test_phases_of_a_fresh_connection_are_durations_and_hidden_ones_absent(
    chromium: Browser, site: Site
) -> None:
    beacon = told(chromium, site, "<p>hi</p>")

    assert beacon.phases is not None
    assert beacon.phases.request is not None
    assert beacon.phases.request > 0
    assert (beacon.phases.protocol, beacon.phases.status) == ("http/1.1", 200)
    assert beacon.phases.delivery == "network"
    # Plain HTTP to an address: there was no TLS, no redirect and nothing to look up.
    assert (beacon.phases.tls, beacon.phases.redirect, beacon.phases.worker) == (None, None, None)
    assert 0 not in (beacon.phases.dns, beacon.phases.connect)


def test_a_reused_connection_has_no_phases_of_connecting(chromium: Browser, site: Site) -> None:
    site.page("/one", "<p>one</p>", head=snippet.tag(site))
    site.page("/two", "<p>two</p>", head=snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(f"{site.url}/one")
        visitor.see(f"{site.url}/two")
        visitor.leave()
        second = site.wait_for(where=lambda one: one.page.url.endswith("/two"))[0]

    assert second.phases is not None
    assert second.phases.reused is True
    assert (second.phases.dns, second.phases.connect, second.phases.tls) == (None, None, None)


def test_errors_are_grouped_and_counted_by_kind(chromium: Browser, site: Site) -> None:
    beacon = told(
        chromium,
        site,
        '<p id="x">hi</p>',
        do="""
        for (let i = 0; i < 3; i++) setTimeout(() => { throw new TypeError('again'); });
        Promise.reject(new RangeError('far'));
        Promise.reject('a string');
        rumtest.error('told');
        const img = new Image(); img.src = '/missing.png'; document.body.append(img);
        await new Promise((done) => setTimeout(done, 150));
        """,
    )

    counts = {(one.kind, one.message): one.count for one in beacon.errors}
    assert counts == {
        ("error", "TypeError: again"): 3,
        ("rejection", "RangeError: far"): 1,
        ("rejection", "a string"): 1,
        ("manual", "told"): 1,
        ("resource", "img"): 1,
    }


def test_a_flood_of_errors_is_bounded_and_what_was_dropped_is_told(
    chromium: Browser, site: Site
) -> None:
    flood = "for (let i = 0; i < 60; i++) rumtest.error(i + 'x'.repeat(5000));"

    beacon = told(chromium, site, "<p>hi</p>", do=flood)

    assert len(beacon.errors) == 20
    assert beacon.errors[3].message == "3" + "x" * 255
    assert beacon.snippet is not None
    assert beacon.snippet.dropped == 40


def test_marks_measures_and_timed_elements_are_timings(chromium: Browser, site: Site) -> None:
    beacon = told(
        chromium,
        site,
        '<h1 elementtiming="headline">Tea</h1>',
        do="performance.mark('ready'); performance.measure('boot', {start: 5, duration: 12.34});",
    )

    timings = {one.name: one.duration for one in beacon.timings}
    assert timings["boot"] == 12.3
    assert timings["ready"] == 0
    assert "headline" in timings


def test_resources_are_counted_by_type_and_third_party_host(chromium: Browser, site: Site) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    for path, kind in (("/a.css", "text/css"), ("/b.js", snippet.SCRIPT), ("/d", "text/plain")):
        site.answers[path] = Answer(f"/* {path} */", kind)
    files = f'<link rel="stylesheet" href="/a.css"><script src="{other}/b.js"></script>'
    site.page("/", "<p>hi</p>", head=files + snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("(async () => { await fetch('/d'); await fetch('/gone'); })()")
        visitor.leave()
        beacon = site.wait_for()[0]

    assert beacon.resources is not None
    types = beacon.resources.by_type
    assert types is not None
    assert types.style is not None
    assert types.script is not None
    assert types.fetch is not None
    # Our own file and beacons are not the page's; one script is, and it is another host's.
    assert (types.style[0], types.script[0], types.script[3]) == (1, 1, 1)
    assert (types.fetch[0], types.fetch[4]) == (2, 1)
    assert list(beacon.resources.by_host) == ["localhost"]
    starts = [one.start for one in beacon.resources.slowest]
    assert starts == sorted(starts)
    assert next(one for one in beacon.resources.slowest if one.type == "style").blocking is True


def test_a_user_gets_the_eight_slowest_and_the_lab_the_waterfall(
    chromium: Browser, site: Site
) -> None:
    pictures = "".join(f'<img src="/{index}.png">' for index in range(50))
    site.page("/many", pictures, head=snippet.tag(site))
    for scripts, count in (((), 8), ((snippet.lab_script(site),), 40)):
        with snippet.visitor(chromium, *scripts) as visitor:
            visitor.see(f"{site.url}/many")
            visitor.leave()
            beacon = site.wait_for()[0]
        site.results.clear()

        assert beacon.resources is not None
        assert len(beacon.resources.slowest) == count
        assert beacon.resources.by_type is not None
        assert beacon.resources.by_type.image is not None
        assert beacon.resources.by_type.image[0] >= 50


def test_what_the_site_says_is_in_the_beacon(chromium: Browser, site: Site) -> None:
    beacon = told(
        chromium,
        site,
        "<p>hi</p>",
        do="""
        rumtest.page('cart'); rumtest.set('plan', 'gold'); rumtest.measure('items', 3);
        rumtest.user({registered: true, stage: 'trial', id: 'u1', email: 'no@mail.example'});
        rumtest.event('opened', {from: 'menu'}); rumtest.score('nps', 9, 'fine');
        rumtest.task('checkout').done(); rumtest.task('search').fail();
        """,
    )

    assert beacon.page.group == "cart"
    assert (beacon.context, beacon.metrics.custom) == ({"plan": "gold"}, {"items": 3.0})
    assert beacon.user is not None
    assert (beacon.user.registered, beacon.user.stage, beacon.user.id) == (True, "trial", "u1")
    events = {one.name: one for one in beacon.events}
    assert events["opened"].attributes == '{"from":"menu"}'
    assert (events["nps"].value, events["nps"].comment) == (9.0, "fine")
    assert (events["checkout"].completed, events["search"].completed) == (True, False)


def test_long_frames_name_their_script(chromium: Browser, site: Site) -> None:
    site.answers["/busy.js"] = Answer(
        "const end = performance.now() + 120; while (performance.now() < end);", snippet.SCRIPT
    )
    beacon = told(chromium, site, '<p>hi</p><script async src="/busy.js"></script>')

    assert beacon.frames is not None
    assert beacon.frames.count >= 1
    assert beacon.metrics.script_time is not None
    assert beacon.metrics.script_time >= 119
    assert f"{site.url}/busy.js" in [one.url for one in beacon.frames.scripts]


def test_interactions_are_counted_by_element_and_the_last_is_what_left(
    chromium: Browser, site: Site
) -> None:
    site.page(
        "/", '<button id="more">m</button><a class="go" href="/next">n</a>', head=snippet.tag(site)
    )
    site.page("/next", "<p>next</p>")
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.click("#more")
        visitor.page.click("#more")
        visitor.settle()
        visitor.page.click("a")
        visitor.page.wait_for_url("**/next")
        beacon = site.wait_for()[0]

    assert beacon.interactions is not None
    assert (beacon.interactions.count, beacon.interactions.clicks) == (3, 3)
    assert beacon.interactions.targets[0].target == "#more"
    assert beacon.interactions.leave is not None
    assert (beacon.interactions.leave.kind, beacon.interactions.leave.target) == (
        "link",
        "html>body>a.go",
    )


@pytest.mark.proof
def test_after_a_thousand_interactions_a_slow_one_still_counts(
    chromium: Browser, site: Site
) -> None:
    wait = "const end = performance.now() + 150; while (performance.now() < end);"
    slow = f'<button onpointerdown="{wait}">s</button>'
    site.page("/", f"{slow}<input>", head=snippet.tag(site))
    # Each of these takes longer than a frame, and so gets an entry.
    busy = """addEventListener('keydown', () => {
      const end = performance.now() + 17; while (performance.now() < end);
    })"""
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate(busy)
        visitor.page.focus("input")
        visitor.page.keyboard.type("x" * 1010)
        for _ in range(25):
            visitor.page.click("button")
        visitor.settle()
        visitor.leave()
        beacon = site.wait_for(where=lambda one: one.final is True)[0]

    assert beacon.metrics.inp is not None
    assert beacon.metrics.inp >= 144


def test_the_sites_own_requests_beside_ours_are_counted(chromium: Browser, site: Site) -> None:
    site.answers["/v1/products"] = Answer("{}", "application/json")

    beacon = told(chromium, site, "<p>hi</p>", do="await fetch('/v1/products')")

    assert beacon.resources is not None
    assert beacon.resources.by_type is not None
    assert beacon.resources.by_type.fetch is not None
    assert beacon.resources.by_type.fetch[0] == 1
