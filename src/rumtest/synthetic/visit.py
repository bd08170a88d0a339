"""One iteration's page with all that is attached to it: tag, conditions, watch, views."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page

from rumtest import snippet
from rumtest.scenario.model import Timeouts
from rumtest.synthetic.capture import Capture
from rumtest.synthetic.documents import Documents
from rumtest.synthetic.plan import Stream
from rumtest.synthetic.profiles import slow_down
from rumtest.synthetic.trouble import IterationError, Watch
from rumtest.synthetic.view import Moment, Views

__all__ = ["Tag", "Visit", "open_visit"]


@dataclass(frozen=True, slots=True)
class Tag:
    """What the page's beacons say of their origin; the step changes as the journey goes."""

    run: str
    scenario: str
    iteration: int
    profile: str
    arm: str
    app: str
    receiver: str

    def script(self, step: str) -> str:
        """What runs first in every new document: the tag with this step, and the snippet."""
        lab: Mapping[str, Any] = {
            "run": self.run,
            "scenario": self.scenario,
            "step": step,
            "iteration": self.iteration,
            "profile": self.profile,
            "arm": self.arm,
            "engine": "browser",
            "receiver": self.receiver,
        }
        return snippet.injection(lab, app=self.app, receiver=self.receiver)


@dataclass(slots=True)
class Visit:
    """A page on its way through a journey. `values` are for `${…}`, equal for a whole pair."""

    page: Page
    cdp: CDPSession
    watch: Watch
    documents: Documents
    views: Views
    capture: Capture
    tag: Tag
    values: Mapping[str, str]
    timeouts: Timeouts
    _script: str | None = None

    async def enter(self, step: str) -> Moment | None:
        """Let every page view from now on belong to this step; where the page is as it begins."""
        seconds = self.timeouts.expect / 1000
        mute = IterationError("page-hung", f"The page did not answer within {seconds:g} s.")
        await self.watch.hold(self._inject(step), seconds=seconds, otherwise=mute)
        return await self.views.look(step=step) if self.documents.count else None

    async def _inject(self, step: str) -> None:
        """One script with tag and snippet: two would run in no promised order."""
        old, source = self._script, self.tag.script(step)
        added = await self.cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": source})
        self._script = added["identifier"]
        if old is not None:
            await self.cdp.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": old})


async def open_visit(
    context: BrowserContext,
    capture: Capture,
    *,
    stream: Stream,
    tag: Tag,
    values: Mapping[str, str],
) -> Visit:
    """A new blank page of the context under the profile's conditions, tagged and watched."""
    page = await context.new_page()
    watch = Watch(page)
    cdp = await context.new_cdp_session(page)
    documents = Documents()
    await documents.follow(cdp)
    await slow_down(cdp, stream.profile, spare=capture.receiver)
    limits = stream.scenario.timeouts
    views = Views(page, watch, capture, answer_limit=limits.expect / 1000)
    return Visit(
        page=page,
        cdp=cdp,
        watch=watch,
        documents=documents,
        views=views,
        capture=capture,
        tag=tag,
        values=values,
        timeouts=limits,
    )
