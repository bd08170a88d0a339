"""A browser, a site with the built snippet on it, and an independent observer in the same page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rumtest.beacon.model import Beacon
from rumtest.snippet import injection, loader_source, script_tag, snippet_source
from rumtest.synthetic.browser import find_browser
from tests.support.pages import Answer, Site

SCRIPT = "text/javascript; charset=utf-8"

# The judge: plain PerformanceObservers, written after the specifications and not after our code.
OBSERVER = """
window.judge = {lcp: null, cls: 0, window: 0, first: 0, last: 0, inp: new Map()};
const watch = (type, take, more) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({type, buffered: true, ...more});
watch("largest-contentful-paint", (entry) => { judge.lcp = entry.startTime; });
watch("layout-shift", (entry) => {
  if (entry.hadRecentInput) return;
  if (entry.startTime - judge.last >= 1000 || entry.startTime - judge.first >= 5000) {
    judge.window = 0;
    judge.first = entry.startTime;
  }
  judge.last = entry.startTime;
  judge.window += entry.value;
  judge.cls = Math.max(judge.cls, judge.window);
});
const answer = (entry) => {
  const id = entry.interactionId;
  if (id) judge.inp.set(id, Math.max(judge.inp.get(id) ?? 0, entry.duration));
};
watch("event", answer, {durationThreshold: 16});
watch("first-input", answer);
"""

JUDGEMENT = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const navigation = performance.getEntriesByType("navigation")[0];
  return {
    fcp: paint ? paint.startTime : null,
    ttfb: navigation.responseStart,
    lcp: judge.lcp,
    cls: judge.cls,
    inp: judge.inp.size ? Math.max(...judge.inp.values()) : null,
  };
}"""

SETTLE = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  await frame();
  await frame();
  const idle = window.requestIdleCallback ?? setTimeout;
  await new Promise((done) => idle(() => done(), {timeout: 500}));
  while (window.rumtestLab?.pending?.()) await frame();
}"""

LAB = {
    "run": "run-1",
    "scenario": "checkout",
    "step": "landing",
    "iteration": 3,
    "profile": "phone-p50",
    "arm": "head",
}


def site() -> Site:
    """A site that serves the snippet, without a page yet."""
    made = Site()
    made.answers["/rumtest.js"] = Answer(
        snippet_source(), SCRIPT, headers={"access-control-allow-origin": "*"}
    )
    made.answers["/loader.js"] = Answer(loader_source(), SCRIPT)
    made.answers["/favicon.ico"] = Answer(b"", "image/x-icon")
    return made


def tag(at: Site, **attributes: str) -> str:
    """The script tag as a site pastes it, with further `data-` attributes."""
    more = "".join(f' data-{name}="{value}"' for name, value in attributes.items())
    return script_tag("shop", at.url).replace("></script>", f"{more}></script>")


def lab_script(at: Site, **tag: Any) -> str:
    """What the lab injects."""
    return injection({**LAB, **tag}, app="shop", receiver=at.url)


@contextmanager
def chromium(*, keep_bfcache: bool = False) -> Iterator[Browser]:
    """The browser that rumtest itself would take."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser().path,
            ignore_default_args=["--disable-back-forward-cache"] if keep_bfcache else None,
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visitor(browser: Browser, *scripts: str) -> Iterator["Visitor"]:
    """A fresh context with one page, in which the given scripts run before the page's own."""
    context = browser.new_context()
    for script in scripts:
        context.add_init_script(script)
    try:
        yield Visitor(context, context.new_page())
    finally:
        context.close()


class Visitor:
    """A user with one page open; `complaints` holds what the page would have noticed."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context = context
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))

    def see(self, url: str) -> None:
        self.page.goto(url)
        self.page.evaluate(SETTLE)

    def settle(self) -> None:
        self.page.evaluate(SETTLE)

    def leave(self) -> None:
        """Goes where nothing is measured, as a click on a link would."""
        self.page.goto("about:blank")

    def flush(self, site: Site) -> Beacon:
        """The lab's end of a view: settle, flush, wait; a context that is closed loses beacons."""
        self.settle()
        told = self.page.evaluate("rumtestLab.flush()")
        return site.wait_for(where=lambda one: [one.view, one.n] == [told["view"], told["n"]])[0]

    def judge(self) -> dict[str, Any]:
        told: dict[str, Any] = self.page.evaluate(JUDGEMENT)
        return told


def as_script(value: object) -> str:
    """A value as JavaScript."""
    return json.dumps(value)
