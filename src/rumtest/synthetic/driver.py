"""The browser of a whole order: renewed after a crash, and every so many iterations."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from playwright.async_api import Browser, Error, Playwright, async_playwright

from rumtest.errors import BrowserFailed
from rumtest.synthetic.browser import Browser as Found
from rumtest.synthetic.browser import launch_arguments
from rumtest.synthetic.trouble import first_line

__all__ = ["Driver"]

# A new browser every 50 iterations, before what the old one hoards changes the numbers.
ITERATIONS_A_BROWSER: Final = 50
# A browser starts in 0.2 s; one that has not after that time (s) does not.
START_LIMIT: Final = 60.0
STOP_LIMIT: Final = 10.0


class Driver:
    """Hands out a living browser; `async with` ends it."""

    def __init__(self, found: Found, *, headed: bool) -> None:
        self._found = found
        self._headed = headed
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._used = 0
        self.user_agent = ""

    async def __aenter__(self) -> "Driver":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.discard()

    @property
    def devices(self) -> dict[str, dict[str, Any]]:
        """Playwright's device descriptors by name."""
        return {} if self._playwright is None else dict(self._playwright.devices)

    async def browser(self) -> Browser:
        """The browser for the next iteration; another one only where the last one died."""
        if self._browser is None or not self._browser.is_connected():
            await self.discard()
            self._browser = await self._start()
            self._used = 0
        self._used += 1
        return self._browser

    async def spare(self, iterations: int) -> None:
        """Give the browser up if it is not to serve that many more.

        Asked before a block: a pair whose loads met an old and a new browser would be none.
        """
        if self._used and self._used + iterations > ITERATIONS_A_BROWSER:
            await self.discard()

    async def discard(self) -> None:
        """End the browser and the process that drives it, even if neither answers."""
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        with suppress(Error, TimeoutError):
            if browser is not None:
                await asyncio.wait_for(browser.close(), STOP_LIMIT)
        with suppress(Error, TimeoutError):
            if playwright is not None:
                await asyncio.wait_for(playwright.stop(), STOP_LIMIT)

    async def _start(self) -> Browser:
        try:
            async with asyncio.timeout(START_LIMIT):
                self._playwright = await async_playwright().start()
                browser = await self._playwright.chromium.launch(**self._options())
                session = await browser.new_browser_cdp_session()
                told = await session.send("Browser.getVersion")
                await session.detach()
                await _warm_up(browser)
        except (Error, TimeoutError, OSError) as problem:
            await self.discard()
            where = self._found.path or "Playwright's own Chromium"
            raise BrowserFailed(
                f"{where} does not start: {first_line(problem)}",
                "Run `rumtest doctor` to see what it lacks.",
            ) from problem
        self.user_agent = told["userAgent"]
        return browser

    def _options(self) -> dict[str, Any]:
        """The full browser in its new headless mode, never the headless shell."""
        options: dict[str, Any] = {"headless": not self._headed, "args": list(launch_arguments())}
        if self._found.path is None:
            # Without a channel Playwright's headless mode is the shell, which loses beacons.
            return options | {"channel": "chromium"}
        return options | {"executable_path": self._found.path}


async def _warm_up(browser: Browser) -> None:
    """Let it draw once: the first page of its life waits for processes that no later one needs."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto("data:text/html,<h1>rumtest</h1>")
    await page.evaluate("() => new Promise(done => { requestAnimationFrame(done) })")
    await context.close()
