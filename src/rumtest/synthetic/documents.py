"""Knows which document a page shows, whether it has loaded, and whether another is on its way."""

import asyncio
import time
from typing import Any, Final

from playwright.async_api import CDPSession

__all__ = ["Documents"]

# A script's navigation starts some milliseconds after it was asked for; one that has not started
# by then (s) was refused: `mailto:`, or another one that took its place.
REQUEST_LIMIT: Final = 1.0


class Documents:
    """Follows the page's main frame by DevTools events.

    `count` is how many documents it has shown, `leaving` whether a navigation has started,
    `loaded_at` the clock's reading (s) at the load event of the document it shows.
    """

    def __init__(self) -> None:
        self.count = 0
        self.leaving = False
        self.loaded_at: float | None = None
        self._frame: str | None = None
        self._requested_only = False
        self._changed = asyncio.Event()

    async def follow(self, cdp: CDPSession) -> None:
        """Listen from now on; the page may still be blank."""
        tree = await cdp.send("Page.getFrameTree")
        self._frame = tree["frameTree"]["frame"]["id"]
        for event, note in (
            ("frameRequestedNavigation", self._requested),
            ("frameStartedNavigating", self._started),
            ("frameNavigated", self._navigated),
            ("loadEventFired", self._loaded),
            ("frameStoppedLoading", self._stopped),
        ):
            cdp.on(f"Page.{event}", note)
        await cdp.send("Page.enable")

    @property
    def on_the_move(self) -> bool:
        """Whether a navigation is under way or asked for, or the document is still loading."""
        return self.leaving or self._requested_only or self.loaded_at is None

    async def settled(self) -> None:
        """Return when no navigation is under way and the document has loaded."""
        while self.on_the_move:
            self._changed.clear()
            try:
                limit = REQUEST_LIMIT if self._requested_only else None
                await asyncio.wait_for(self._changed.wait(), limit)
            except TimeoutError:
                self._requested_only = False

    def _requested(self, told: dict[str, Any]) -> None:
        if told["frameId"] == self._frame and told.get("disposition") == "currentTab":
            self._requested_only = True
            self._changed.set()

    def _started(self, told: dict[str, Any]) -> None:
        # A jump to an anchor, or History, keeps the document.
        if told["frameId"] == self._frame and not told["navigationType"].endswith("SameDocument"):
            self._note(leaving=told["navigationType"] != "sameDocument")

    def _navigated(self, told: dict[str, Any]) -> None:
        if told["frame"].get("parentId") is None:
            self.count += 1
            self.loaded_at = None
            self._frame = told["frame"]["id"]
            self._note(leaving=False)

    def _loaded(self, _: dict[str, Any]) -> None:
        self.loaded_at = time.perf_counter()
        self._changed.set()

    def _stopped(self, told: dict[str, Any]) -> None:
        # Also the end of a navigation that came to nothing: a download, or an answer 204.
        if told["frameId"] == self._frame:
            self._note(leaving=False)

    def _note(self, *, leaving: bool) -> None:
        self.leaving = leaving
        self._requested_only = False
        self._changed.set()
