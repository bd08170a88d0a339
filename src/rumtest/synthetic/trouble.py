"""What ends an iteration before its time: a dialog, a crash, a closed page, no answer at all."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

from playwright.async_api import Dialog, Page

__all__ = ["LONGEST_REASON", "IterationError", "Watch", "first_line"]

T = TypeVar("T")

# How long (s) the event that explains a failed call may come after it.
EVENT_LIMIT: Final = 0.2

# Playwright colours its call log.
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
# Enough of a message to know what was waited for, little enough for one line of a report; cut by
# whoever has hidden the secrets in it.
LONGEST_REASON: Final = 300


class IterationError(Exception):
    """The iteration cannot go on; `code` to count by, `reason` to read."""

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(f"{code}: {reason}")


class Watch:
    """Awaits on behalf of an iteration, and gives up as soon as its page is in trouble."""

    def __init__(self, page: Page) -> None:
        self._trouble: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._over = False
        page.on("dialog", self._dismiss)
        page.on("crash", lambda _: self._tell("page-crashed", "The page crashed."))
        page.on("close", self._closed)

    def end(self) -> None:
        """Nothing that happens to the page from now on is trouble: we close it ourselves."""
        self._over = True
        if self._trouble.done():
            self._trouble.exception()  # looked at, so that asyncio does not warn
        else:
            self._trouble.cancel()

    async def hold(self, work: Awaitable[T], *, seconds: float, otherwise: IterationError) -> T:
        """What the work returns; raises trouble as it comes, or `otherwise` after that time."""
        task = asyncio.ensure_future(work)
        try:
            either: set[asyncio.Future[Any]] = {task, self._trouble}
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if self._trouble.done():
                self._trouble.result()
            if not task.done():
                raise otherwise
            if task.exception() is not None:
                # Of a crash Playwright's call may learn before the page's own event comes.
                await asyncio.wait({self._trouble}, timeout=EVENT_LIMIT)
                if self._trouble.done():
                    self._trouble.result()
            return task.result()
        finally:
            if not task.done():
                task.cancel()
            elif not task.cancelled():
                task.exception()  # looked at, also where the trouble was told instead

    async def rest(self, seconds: float) -> None:
        """Let that time pass, unless trouble comes first."""
        if seconds > 0:
            await asyncio.wait({self._trouble}, timeout=seconds)
        if self._trouble.done():
            self._trouble.result()

    def _closed(self, page: Page) -> None:
        browser = page.context.browser
        if browser is not None and not browser.is_connected():
            self._tell("browser-died", "The browser ended while the page was open.")
        else:
            self._tell("page-closed", "The page was closed while it was in use.")

    async def _dismiss(self, dialog: Dialog) -> None:
        """Dismiss at once, so that the page does not hang, and say what it asked."""
        asked = f": {dialog.message}" if dialog.message else ""
        self._tell("dialog", f"The page opened a dialog ({dialog.type}){asked}")
        await dialog.dismiss()

    def _tell(self, code: str, reason: str) -> None:
        if not self._over and not self._trouble.done():
            self._trouble.set_exception(IterationError(code, reason))


def first_line(problem: BaseException) -> str:
    """What Playwright says went wrong, with what it last waited for; one line."""
    lines = [_COLOUR.sub("", line).strip(" -") for line in str(problem).splitlines()]
    lines = [line for line in lines if line and line != "Call log:"]
    told = lines[0] if lines else type(problem).__name__
    waited = next((line for line in lines[1:] if line.startswith("waiting for")), "")
    return f"{told} ({waited})" if waited else told
