"""Walks through one step: its actions, its clock, and what must hold at its end."""

import time
from collections.abc import Awaitable
from typing import Final

from playwright.async_api import Error
from playwright.async_api import TimeoutError as LimitPassed

from rumtest.iteration import StepRecord
from rumtest.metric import Milliseconds
from rumtest.scenario.model import Action, Condition, Step
from rumtest.synthetic.actions import act, wait_for
from rumtest.synthetic.clock import StepClock
from rumtest.synthetic.trouble import IterationError, first_line
from rumtest.synthetic.view import Moment
from rumtest.synthetic.visit import Visit

__all__ = ["UNREACHABLE", "navigation_failed", "walk"]

# The code of an address where nobody answers; before the first good iteration it ends the run.
UNREACHABLE: Final = "unreachable"
# How Chromium says that nobody is there, in the words of net_error_list.h.
NOBODY: Final = (
    "ERR_CONNECTION_",
    "ERR_NAME_",
    "ERR_ADDRESS_",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_PROXY_",
    "ERR_TUNNEL_",
    "ERR_CERT_",
    "ERR_SSL_",
)
# Playwright keeps its own limits; ours (s) only ends what it would wait for without end.
GRACE: Final = 2.0


async def walk(visit: Visit, step: Step) -> StepRecord:
    """Do the step and tell how it went; raises IterationError where the journey cannot go on."""
    begin = await visit.enter(step.name)
    return await _Walk(visit, step, begin).through()


class _Walk:
    """One step under way: where it began, where it is, and which views it has left behind."""

    def __init__(self, visit: Visit, step: Step, begin: Moment | None) -> None:
        self._visit = visit
        self._step = step
        self._begin = begin
        self._here = begin
        self._left: list[str] = []
        self._documents_seen = visit.documents.count
        self._timed_out = False
        self._clock = StepClock(visit.timeouts.step)

    async def through(self) -> StepRecord:
        """All of it, in order."""
        for action in self._step.do:
            await self._act(action)
        if self._step.until is None:
            await self._end_with_load()
        else:
            await self._end_with(self._step.until)
        # Seen already when nothing but a `goto` was done; else a script may have changed the view.
        if self._step.acts or self._visit.documents.count != self._documents_seen:
            await self._look()
        for condition in self._step.expect:
            await self._expect(condition)
        for view in self._left:
            await self._visit.views.left(view)
        opened = self._here is not None and (
            self._begin is None or self._here.view != self._begin.view
        )
        inp = await self._rest(opened=opened)
        return StepRecord(
            self._step.name,
            duration=min(self._clock.elapsed, self._visit.timeouts.step),
            inp=inp,
            opened_view=opened,
            timed_out=self._timed_out,
        )

    async def _act(self, action: Action) -> None:
        """One action; a `goto` ends the view before it, so that nothing of that is lost."""
        visit, seconds = self._visit, self._visit.timeouts.step / 1000
        if action.verb == "goto":
            with self._clock.standing():
                await visit.views.end()
        before = visit.documents.count
        limit = self._clock.left
        if action.verb == "wait_for":
            limit = Milliseconds(min(limit, visit.timeouts.expect))
        try:
            await self._hold(act(visit.page, action, visit.values, limit=limit), limit)
        except LimitPassed as problem:
            if action.verb != "goto":
                what = f"`{action.verb}` could not be done in time: {first_line(problem)}"
                raise IterationError("action-timeout", what) from problem
            if visit.documents.count == before:
                what = f"The page did not answer within {seconds:g} s: {first_line(problem)}"
                raise IterationError("no-answer", what) from problem
            self._timed_out = True  # it came, but has not loaded: slow is not missing
        except (Error, AssertionError) as problem:
            raise _action_failed(action, problem) from problem
        if visit.documents.count != self._documents_seen:
            with self._clock.standing():
                await self._look()

    async def _end_with(self, until: Condition) -> None:
        """Stop the clock when the condition holds, or when its time is up."""
        visit = self._visit
        limit = Milliseconds(min(self._clock.left, visit.timeouts.expect))
        try:
            await self._hold(wait_for(visit.page, until, visit.values, limit=limit), limit)
        except (LimitPassed, AssertionError):
            self._timed_out = True
        except Error as problem:
            raise IterationError("until-failed", first_line(problem)) from problem
        self._clock.stop()
        if visit.documents.count and visit.documents.on_the_move:
            await self._loaded(self._clock.left)

    async def _end_with_load(self) -> None:
        """Stop the clock when the actions are done and a page that they opened has loaded."""
        documents, acted = self._visit.documents, time.perf_counter()
        if not documents.count:
            self._clock.stop()
            return
        count = documents.count
        if self._step.acts and not documents.on_the_move:
            # A script may ask for the navigation some frames after the click.
            await self._visit.views.settle()
        if documents.on_the_move and not self._timed_out:
            self._timed_out = not await self._loaded(self._clock.left)
            self._clock.stop(None if self._timed_out else documents.loaded_at)
        opened = documents.count != count and documents.loaded_at is not None
        self._clock.stop(documents.loaded_at if opened else acted)

    async def _loaded(self, limit: Milliseconds) -> bool:
        """Whether the navigation under way came to its load event within the limit."""
        late = IterationError("late", "")
        try:
            await self._visit.watch.hold(
                self._visit.documents.settled(), seconds=limit / 1000, otherwise=late
            )
        except IterationError as problem:
            if problem is late:
                return False
            raise
        return True

    async def _expect(self, condition: Condition) -> None:
        visit = self._visit
        limit = visit.timeouts.expect
        try:
            await self._hold(wait_for(visit.page, condition, visit.values, limit=limit), limit)
        except (Error, AssertionError) as problem:
            what = f"`expect` ({condition.kind}) does not hold: {first_line(problem)}"
            raise IterationError("expect-failed", what) from problem

    async def _look(self) -> None:
        """See where the page is now, and remember a view that it has left by itself."""
        documents = self._visit.documents
        self._documents_seen = documents.count
        here, was = await self._visit.views.look(), self._here
        if here is None and documents.count:
            raise IterationError(
                "no-snippet", "The snippet does not run in the page; is it an HTML document?"
            )
        if here is not None and was is not None and here.origin != was.origin:
            self._left.append(was.view)
        self._here = here

    async def _rest(self, *, opened: bool) -> float | None:
        """Let the page come to rest; the worst interaction of the step, on the page where it ends.

        The click that leaves a page has no next paint there, and whether Chromium reports it all
        the same is chance (3 to 5 of 8 clicks on a link), so it is not taken: `duration` tells.
        """
        if self._here is None or not (opened or self._step.acts):
            return None
        if not self._step.acts:
            return await self._visit.views.settle()
        stayed = self._begin is not None and self._begin.origin == self._here.origin
        since = self._begin.now if self._begin is not None and stayed else 0.0
        return await self._visit.views.settle(inp_since=since)

    async def _hold(self, work: Awaitable[None], limit: Milliseconds) -> None:
        hung = IterationError("page-hung", f"The page did not react within {limit / 1000:g} s.")
        await self._visit.watch.hold(work, seconds=limit / 1000 + GRACE, otherwise=hung)


def _action_failed(action: Action, problem: Exception) -> IterationError:
    if action.verb == "goto":
        return navigation_failed(problem)
    return IterationError("action-failed", f"`{action.verb}` failed: {first_line(problem)}")


def navigation_failed(problem: Exception) -> IterationError:
    """What a `goto` that Chromium gave up says of the address."""
    told = first_line(problem)
    nobody = any(word in told for word in NOBODY)
    return IterationError(UNREACHABLE if nobody else "navigation-failed", told)
