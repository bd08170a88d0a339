"""Ends a page view without losing anything of it: settle, flush, and wait for its final beacon."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from playwright.async_api import Error, Page

from rumtest.synthetic.capture import Capture
from rumtest.synthetic.trouble import IterationError, Watch, first_line

__all__ = ["Moment", "Views"]

# docs/browser.md: a final beacon that is not there after 5 s does not come.
BEACON_LIMIT: Final = 5.0
# An interaction's entry comes with the frame after it; one that takes longer (ms) never comes.
PENDING_LIMIT: Final = 2000
# A page with anything to see has painted it some frames after its load event, on a crowded machine
# some hundred ms; one that has not by then (ms) is blank.
PAINT_LIMIT: Final = 2000

# Where we are: the page view, when its document began, and the page's clock.
LOOK: Final = """step => {
  const lab = window.rumtestLab
  if (!lab || !lab.view) return null
  if (step !== null) lab.step = step
  return {view: lab.view(), origin: performance.timeOrigin, now: performance.now()}
}"""

# A robot is faster than a user: before it goes on, pictures in view get the time to come, or a
# click would end LCP before the largest element is there, and a page that has loaded gets the time
# for its first paint. Then two animation frames and idle: the metrics of what was just shown are
# there (12 of 12 tries). Frames stop in a page that is not shown, so each has a timer
# beside it.
SETTLE: Final = """async ({rested, pictures, paint, pending, since, flush}) => {
  const lab = window.rumtestLab
  if (!lab || !lab.flush) return null
  const patience = document.hidden ? 200 : 1000
  const frame = () => new Promise(done => {
    requestAnimationFrame(() => done())
    setTimeout(done, patience)
  })
  const idle = () => new Promise(done => requestIdleCallback(() => done(), {timeout: patience}))
  const painted = () => performance.getEntriesByName('first-contentful-paint').length > 0
  const coming = picture => {
    if (picture.complete || !picture.checkVisibility()) return false
    const {top, bottom, left, right} = picture.getBoundingClientRect()
    return bottom >= 0 && right >= 0 && top < innerHeight && left < innerWidth
  }
  if (rested) return lab.flush()
  const all = performance.now() + pictures
  while ([...document.images].some(coming) && performance.now() < all) await frame()
  const seen = performance.now() + paint
  while (!painted() && !document.hidden && performance.now() < seen) await frame()
  await frame()
  await frame()
  await idle()
  const last = performance.now() + pending
  while (lab.pending() && performance.now() < last) await frame()
  const inp = since === null ? null : lab.inpSince(since)
  return flush ? {...lab.flush(), inp} : {inp}
}"""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the life of a page: its view, its document's time origin, its own clock (ms)."""

    view: str
    origin: float
    now: float


class Views:
    """Follows an iteration's page views; `answer_limit` (s) is how long a page may be mute."""

    def __init__(self, page: Page, watch: Watch, capture: Capture, *, answer_limit: float) -> None:
        self._page = page
        self._watch = watch
        self._capture = capture
        self._answer_limit = answer_limit
        self._known: list[str] = []
        self._rested = False

    async def look(self, *, step: str | None = None) -> Moment | None:
        """Where the page is now, and let its next view belong to `step`; None on a blank page."""
        # From a step's beginning on the page may move again.
        self._rested = False
        told = await self._ask(LOOK, step)
        if told is None:
            return None
        moment = Moment(told["view"], told["origin"], told["now"])
        if moment.view not in self._known:
            self._known.append(moment.view)
        return moment

    async def settle(self, *, inp_since: float | None = None) -> float | None:
        """Let the page come to rest; the worst interaction since that time of its clock, in ms."""
        told = await self._ask(SETTLE, self._settling(since=inp_since, flush=False))
        self._rested = True
        return None if told is None else told["inp"]

    async def end(self) -> None:
        """End the current view: on return its final beacon has arrived."""
        told = await self._ask(SETTLE, self._settling(since=None, flush=True))
        if told is None:
            return
        if told["view"] not in self._known:
            self._known.append(told["view"])
        await self._arrived(told["view"], n=told["n"])

    async def left(self, view: str) -> None:
        """Wait for the final beacon of a view that a navigation of the page's own has ended."""
        await self._arrived(view, n=None)

    def _settling(self, *, since: float | None, flush: bool) -> dict[str, Any]:
        return {
            # What came to rest a moment ago need not do so again.
            "rested": flush and self._rested,
            "pictures": self._answer_limit * 1000,
            "paint": PAINT_LIMIT,
            "pending": PENDING_LIMIT,
            "since": since,
            "flush": flush,
        }

    async def _arrived(self, view: str, *, n: int | None) -> None:
        lost = IterationError(
            "beacon-lost",
            f"The final beacon of page view {len(self._known)} did not arrive within "
            f"{BEACON_LIMIT:g} s; its metrics are lost.{self._capture.last_refusal()}",
        )
        if n is None:
            wait = asyncio.to_thread(self._capture.wait_for_final, view, seconds=BEACON_LIMIT)
        else:
            wait = asyncio.to_thread(self._capture.wait_for, view, n=n, seconds=BEACON_LIMIT)
        if not await self._watch.hold(wait, seconds=BEACON_LIMIT + 1, otherwise=lost):
            raise lost

    async def _ask(self, question: str, argument: Any) -> Any:
        """Evaluate in the page; asked again when a navigation took the document away meanwhile."""
        hung = IterationError(
            "page-hung",
            f"The page did not answer within {self._answer_limit * 2:g} s: "
            "a script keeps its main thread busy.",
        )
        while True:
            try:
                return await self._watch.hold(
                    self._page.evaluate(question, argument),
                    # Once for the pictures, once for the answer itself.
                    seconds=self._answer_limit * 2,
                    otherwise=hung,
                )
            except Error as problem:
                if "context was destroyed" not in str(problem):
                    raise IterationError("page-broken", first_line(problem)) from problem
