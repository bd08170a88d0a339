"""One browser serves many iterations, and is never changed in the middle of a block."""

import asyncio

import pytest

from rumtest.synthetic.browser import find_browser
from rumtest.synthetic.driver import ITERATIONS_A_BROWSER, Driver

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_browser_is_given_up_before_a_block_that_it_would_not_outlast() -> None:
    async def serve() -> list[bool]:
        async with Driver(find_browser(), headed=False) as driver:
            await driver.spare(12)
            first = await driver.browser()
            used = [await driver.browser() for _ in range(ITERATIONS_A_BROWSER - 11)]
            await driver.spare(10)
            within = await driver.browser()
            await driver.spare(10)
            after = await driver.browser()
            same = [browser is first for browser in (*used, within)]
            return [all(same), after is first, first.is_connected(), after.is_connected()]

    assert asyncio.run(serve()) == [True, False, False, True]
