"""When and how a view is told: full snapshots, early, when hidden or left, and on demand."""

import json

import pytest
from playwright.sync_api import Browser, Page

from rumtest.snippet import SILENCE
from tests.support import snippet
from tests.support.pages import Answer, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def hide(page: Page, state: str) -> None:
    """What a switch to another tab does to a page; a headless one is never hidden by itself."""
    page.evaluate(
        """(state) => {
          Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
          document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
        }""",
        state,
    )


def test_a_view_is_told_early_and_again_when_it_is_left(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site, early="50"))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        early = site.wait_for()[0]
        visitor.leave()
        last = site.wait_for(2)[1]

    assert (early.n, early.final, last.n, last.final) == (1, None, 2, True)
    assert early.view == last.view
    assert last.time.age > early.time.age


def test_leaving_tells_a_view_once(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    site.page("/end", "<p>bye</p>")
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.see(f"{site.url}/end")
        site.wait_for()
        visitor.page.evaluate("fetch('/end')")

    assert [(one.n, one.final) for one in site.beacons()] == [(1, True)]


def test_a_view_that_is_shown_again_is_told_again_with_everything(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("rumtest.event('first')")
        hide(visitor.page, "hidden")
        site.wait_for()
        hide(visitor.page, "visible")
        visitor.page.evaluate("rumtest.event('second')")
        hide(visitor.page, "hidden")
        last = site.wait_for(2)[1]

    assert (last.n, last.final) == (2, True)
    assert [event.name for event in last.events] == ["first", "second"]


def test_a_view_is_told_ten_times_at_most_and_the_last_time_at_its_end(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        for _ in range(15):
            hide(visitor.page, "hidden")
            hide(visitor.page, "visible")
        site.wait_for(9)
        visitor.page.evaluate("rumtest.event('late'); rumtest.flush()")
        hide(visitor.page, "hidden")
        visitor.leave()
        last = site.wait_for(10)[-1]

    assert [one.n for one in site.beacons()] == list(range(1, 11))
    assert (last.final, [event.name for event in last.events]) == (True, ["late"])


def test_a_site_that_flushes_all_the_time_is_heard_once_in_half_a_second(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site, early="0"))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("for (let i = 0; i < 15; i++) rumtest.flush()")
        visitor.page.evaluate("rumtest.event('late')")
        visitor.leave()
        last = site.wait_for(where=lambda one: one.final is True)[0]

    first = site.beacons()[0]
    assert (first.n, first.final) == (1, None)
    assert (last.n, [event.name for event in last.events]) == (2, ["late"])


def test_the_labs_flush_tells_which_snapshot_it_sent_and_has_no_limit(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>")
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        told = visitor.page.evaluate("Array.from({length: 12}, () => rumtestLab.flush())")
        beacons = site.wait_for(12)

    assert [one["n"] for one in told] == list(range(1, 13))
    assert {(one.view, one.n) for one in beacons} == {(one["view"], one["n"]) for one in told}
    assert all(one.final for one in beacons)


def test_a_body_never_outgrows_what_the_receiver_takes(chromium: Browser, site: Site) -> None:
    images = "".join(f'<img src="/{"ä" * 40}/{"long" * 100}{index}.png">' for index in range(45))
    site.page("/", images, head=snippet.tag(site))
    fill = """() => {
      for (let i = 0; i < 60; i++) {
        const error = new Error('☃'.repeat(300) + i.toString(2));
        error.stack = '☃'.repeat(2000);
        rumtest.error(error);
        rumtest.event('e' + i, {text: '☃'.repeat(400)});
        performance.mark('☃'.repeat(90) + i);
      }
    }"""
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate(fill)
        beacon = visitor.flush(site)

    assert len(site.bodies[0]) < 60_000
    assert beacon.snippet is not None
    assert beacon.snippet.dropped is not None
    assert beacon.snippet.dropped > 100


def test_a_strict_policy_lets_the_pinned_tag_work(chromium: Browser, site: Site) -> None:
    policy = "default-src 'self'; require-trusted-types-for 'script'"
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    site.answers["/"] = Answer(site.answers["/"].body, headers={"content-security-policy": policy})
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.leave()
        beacon = site.wait_for()[0]

    assert visitor.complaints == []
    assert beacon.errors == ()
    assert beacon.metrics.fcp is not None


def test_a_file_that_is_not_the_pinned_one_does_not_run(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    site.answers["/rumtest.js"] = Answer("window.evil = true;", snippet.SCRIPT)
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        assert visitor.page.evaluate("window.evil") is None


def test_page_and_lab_together_make_one_stream(chromium: Browser, site: Site) -> None:
    before = (
        "<script>window.rumtest = {config: {app: 'own'}, queue: [['event', 'early']]}</script>"
    )
    tag = snippet.tag(site, group="home")
    site.page("/", "<p>hi</p>", head=before + tag + tag)
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        visitor.page.wait_for_function("typeof rumtest.event === 'function'")
        visitor.page.evaluate("rumtest.event('late')")
        beacon = visitor.flush(site)
        visitor.leave()

    beacons = site.beacons()
    assert {(one.view, one.n) for one in beacons} == {(beacon.view, 1)}
    assert beacons[0].lab is not None
    assert (beacons[0].lab.run, beacons[0].lab.step, beacons[0].lab.arm) == (
        "run-1",
        "landing",
        "head",
    )
    assert beacons[0].page.group == "home"
    assert [event.name for event in beacons[0].events] == ["early", "late"]


def test_frames_and_blank_documents_of_a_page_under_test_tell_nothing(
    chromium: Browser, site: Site
) -> None:
    site.page("/frame", "<p>in a frame</p>", head=snippet.tag(site))
    site.page("/", '<iframe src="/frame"></iframe><iframe src="about:blank"></iframe>')
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        visitor.flush(site)
        visitor.leave()

    assert {one.page.url for one in site.beacons()} == {f"{site.url}/"}


def test_the_loader_keeps_calls_and_errors_until_the_snippet_is_there(
    chromium: Browser, site: Site
) -> None:
    config = json.dumps({"config": {"app": "shop", "receiver": site.url}})
    head = f"""<script>window.rumtest = {config}</script><script src="/loader.js"></script>
      <script>
        rumtest.event("early"); const task = rumtest.task("boot"); task.done();
        setTimeout(() => {{ throw new Error("early too"); }});
      </script>"""
    site.page("/", "<p>hi</p>", head=head)
    site.answers["/rumtest.js"] = Answer(
        site.answers["/rumtest.js"].body, snippet.SCRIPT, delay=0.3
    )
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.wait_for_function("!!rumtest.version")
        visitor.leave()
        beacon = site.wait_for()[0]

    assert [event.name for event in beacon.events] == ["early", "boot"]
    assert [(error.message, error.count) for error in beacon.errors] == [("Error: early too", 1)]


def test_a_page_whose_snippet_is_blocked_keeps_little_and_hears_nothing(
    chromium: Browser, site: Site
) -> None:
    config = json.dumps({"config": {"app": "shop", "receiver": site.url}})
    site.page(
        "/",
        "<p>hi</p>",
        head=f"<script>window.rumtest = {config}</script><script src=/loader.js></script>",
    )
    del site.answers["/rumtest.js"]
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("for (let i = 0; i < 5000; i++) rumtest.event('again')")

        assert visitor.page.evaluate("rumtest.queue.length") < 100


@pytest.mark.parametrize("before", ["", "<div id=rumtest></div>"], ids=["nothing", "an element"])
def test_a_loader_without_configuration_does_not_throw(
    chromium: Browser, site: Site, before: str
) -> None:
    site.page("/", f"{before}<script src=/loader.js></script>")
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)

    assert visitor.complaints == []


def test_a_window_that_nobody_measures_is_silent_and_the_measured_one_is_not(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    scripts = [SILENCE, snippet.lab_script(site)]
    for order in (scripts, scripts[::-1]):
        with snippet.visitor(chromium, *order) as visitor:
            visitor.see(site.url)
            visitor.flush(site)
    assert len(site.results) == 2

    with snippet.visitor(chromium, SILENCE) as visitor:
        visitor.see(site.url)
        visitor.leave()

    assert len(site.results) == 2
