"""A session is a user's stretch of page views over all tabs; nothing is kept without consent."""

import json

import pytest
from playwright.sync_api import Browser

from rumtest.beacon.model import Session
from tests.support import snippet
from tests.support.pages import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def sessions(site: Site, count: int) -> list[Session]:
    found = [one.session for one in site.wait_for(count, where=lambda one: one.final is True)]
    assert all(found)
    return [one for one in found if one]


def test_page_views_of_two_tabs_belong_to_one_session(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.see(site.url)
        sessions(site, 1)
        other = snippet.Visitor(visitor.context, visitor.context.new_page())
        other.see(site.url)
        visitor.leave()
        other.leave()
        first, second, third = sorted(sessions(site, 3), key=lambda one: one.page)

    assert first.id == second.id == third.id
    assert [first.page, second.page, third.page] == [1, 2, 3]
    assert first.tab == second.tab != third.tab
    assert (first.visit, third.visit) == (1, 1)


@pytest.mark.parametrize(
    ("last", "started"),
    [(31 * 60_000, 31 * 60_000), (60_000, 4 * 3_600_000 + 1)],
    ids=["after half an hour without a view", "after four hours"],
)
def test_a_new_session_begins(chromium: Browser, site: Site, last: int, started: int) -> None:
    stored = {"id": "AAAAAAAAAAAA", "page": 7, "visit": 3, "lot": 0.5}
    plant = f"""
      const now = Date.now();
      const stored = {{...{json.dumps(stored)}, last: now - {last}, started: now - {started}}};
      if (location.protocol !== 'about:') localStorage.setItem('rumtest', JSON.stringify(stored));
    """
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    with snippet.visitor(chromium, plant) as visitor:
        visitor.see(site.url)
        visitor.leave()
        session = sessions(site, 1)[0]

    assert session.id != "AAAAAAAAAAAA"
    assert (session.page, session.visit) == (1, 4)


def test_where_nothing_may_be_stored_memory_serves(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    deny = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    with snippet.visitor(chromium, deny) as visitor:
        visitor.see(site.url)
        visitor.leave()
        session = sessions(site, 1)[0]

    assert (session.page, session.visit) == (1, None)


def test_without_the_consent_that_is_required_nothing_is_sent_or_stored(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site, consent="required", early="1"))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("rumtest.event('before'); rumtest.flush()")
        stored = visitor.page.evaluate("localStorage.length + sessionStorage.length")
        assert (stored, site.results) == (0, [])

        visitor.page.evaluate("rumtest.consent(true); rumtest.event('after'); rumtest.flush()")
        beacon = site.wait_for()[0]
        assert [event.name for event in beacon.events] == ["after"]
        assert beacon.metrics.fcp is not None or beacon.metrics.ttfb is not None

        visitor.page.evaluate("rumtest.consent(false); rumtest.flush()")
        assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
        visitor.leave()

    assert len({one.view for one in site.beacons()}) == 1
    assert all("after" in [event.name for event in one.events] for one in site.beacons())


def test_consent_that_is_refused_at_once_leaves_nothing_stored(
    chromium: Browser, site: Site
) -> None:
    refuse = "<script>window.rumtest = {queue: [['consent', false]]}</script>"
    site.page("/", "<p>hi</p>", head=refuse + snippet.tag(site, early="1"))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        stored = visitor.page.evaluate("localStorage.length + sessionStorage.length")
        visitor.leave()

    assert (stored, site.results) == (0, [])


def test_what_happened_while_consent_was_withdrawn_is_never_told(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site))
    with snippet.visitor(chromium) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("rumtest.flush()")
        before = site.wait_for()[0]
        visitor.page.evaluate("""
          rumtest.consent(false); rumtest.event('unwatched'); rumtest.error('unwatched');
          rumtest.consent(true); rumtest.event('watched');
        """)
        visitor.leave()
        after = site.wait_for(2)[1]

    assert [event.name for event in after.events] == ["watched"]
    assert after.errors == ()
    assert after.session is not None
    assert before.session is not None
    assert after.session.id != before.session.id


def test_the_lab_measures_whatever_the_page_thinks_of_consent(
    chromium: Browser, site: Site
) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site, consent="required", sample="0.001"))
    with snippet.visitor(chromium, snippet.lab_script(site)) as visitor:
        visitor.see(site.url)
        visitor.page.evaluate("rumtest.consent(false)")
        beacon = visitor.flush(site)

    assert beacon.lab is not None
    assert beacon.sample is None


def test_sampling_is_decided_once_a_session(chromium: Browser, site: Site) -> None:
    site.page("/", "<p>hi</p>", head=snippet.tag(site, sample="0.5"))
    for lot, kept in ((0.49, True), (0.51, False)):
        plant = f"Math.random = () => {lot};"
        with snippet.visitor(chromium, plant) as visitor:
            visitor.see(site.url)
            visitor.page.evaluate("rumtest.flush()")
            visitor.leave()
            if kept:
                assert site.wait_for()[0].sample == 0.5
                site.results.clear()

    assert site.results == []
