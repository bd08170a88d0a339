"""Who awaits on behalf of an iteration gives up as soon as its page is in trouble."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, async_playwright

from rumtest.synthetic.browser import find_browser
from rumtest.synthetic.trouble import IterationError, Watch, first_line

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LATE = IterationError("late", "It came too late.")


@asynccontextmanager
async def blank_page() -> AsyncIterator[Page]:
    """A page of a browser of our own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser().path)
        yield await browser.new_page()
        await browser.close()


async def trouble_of(cause: Callable[[Page], Awaitable[object]]) -> IterationError:
    """What is raised from work without end when this happens to its page."""
    async with blank_page() as page:
        watch = Watch(page)
        work = asyncio.create_task(watch.hold(asyncio.Event().wait(), seconds=20, otherwise=LATE))
        await asyncio.sleep(0)
        happens = asyncio.ensure_future(cause(page))
        try:
            await work
        except IterationError as raised:
            return raised
        finally:
            watch.end()
            await asyncio.gather(happens, return_exceptions=True)
    raise AssertionError


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (lambda page: page.close(), "page-closed"),
        (lambda page: page.goto("chrome://crash"), "page-crashed"),
        (lambda page: page.evaluate("() => prompt('Name?')"), "dialog"),
    ],
)
def test_trouble_ends_the_wait_at_once(
    cause: Callable[[Page], Awaitable[object]], code: str
) -> None:
    assert asyncio.run(trouble_of(cause)).code == code


def test_work_that_takes_too_long_is_given_up() -> None:
    async def hold() -> None:
        async with blank_page() as page:
            watch = Watch(page)
            try:
                await watch.hold(asyncio.Event().wait(), seconds=0.05, otherwise=LATE)
            finally:
                watch.end()

    with pytest.raises(IterationError, match="too late"):
        asyncio.run(hold())


def test_work_that_is_done_in_time_gives_its_value() -> None:
    async def hold() -> int:
        async with blank_page() as page:
            watch = Watch(page)
            value = await watch.hold(page.evaluate("6 * 7"), seconds=20, otherwise=LATE)
            watch.end()
            return int(value)

    assert asyncio.run(hold()) == 42


def test_a_message_of_playwright_becomes_one_line_with_what_was_waited_for() -> None:
    problem = ValueError(
        "Locator.click: Timeout 800ms exceeded.\nCall log:\n"
        '  \x1b[2m- waiting for locator("#buy")\x1b[22m\n'
    )

    assert first_line(problem) == (
        'Locator.click: Timeout 800ms exceeded. (waiting for locator("#buy"))'
    )
