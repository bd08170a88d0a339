"""Every verb, every way to find an element and every condition does on a page what it says."""

import asyncio

import pytest
from playwright.async_api import Error, Page, async_playwright

from rumtest.metric import Milliseconds
from rumtest.scenario.model import Action, Condition, Locator
from rumtest.synthetic.actions import act, wait_for
from rumtest.synthetic.browser import find_browser, launch_arguments
from tests.support.synthetic import HERE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VALUES = {"word": "Go"}
PATIENCE = Milliseconds(2000)
PAGE = """
<title>Shop</title>
<form onsubmit="out.textContent += 'sent'; return false">
  <label>Your name
    <input id=name placeholder="Ada" oninput="out.textContent += this.value"></label>
  <button type=button data-testid=go onclick="out.textContent += 'clicked'">Go</button>
</form>
<p id=out></p><p id=gone hidden>Not to be seen</p>
"""


def on_page(do: list[Action], *wait: Condition) -> str:
    """What the page's output says after these actions and conditions."""

    async def walk(page: Page) -> str:
        await page.set_content(PAGE)
        for action in do:
            await act(page, action, VALUES, limit=PATIENCE)
        for condition in wait:
            await wait_for(page, condition, VALUES, limit=PATIENCE)
        return await page.inner_text("#out")

    async def run() -> str:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browser().path, args=list(launch_arguments())
            )
            said = await walk(await browser.new_page())
            await browser.close()
        return said

    return asyncio.run(run())


WAYS = [
    Locator(selector="form > button"),
    Locator(role="button", name="${word}"),
    Locator(role="button"),
    Locator(text="${word}", exact=True),
    Locator(testid="go"),
]


def test_an_element_is_found_in_each_of_the_ways() -> None:
    clicks = [Action("click", HERE, locator=way) for way in WAYS]

    assert on_page(clicks) == "clicked" * len(WAYS)


def test_a_field_is_found_by_label_and_by_placeholder_and_filled() -> None:
    by_label = Action("fill", HERE, locator=Locator(label="Your name"), value="${word}!")
    by_placeholder = Action("fill", HERE, locator=Locator(placeholder="Ada"), value="Bo")

    assert on_page([by_label, by_placeholder]) == "Go!Bo"


def test_a_key_is_pressed_in_a_field_or_where_the_focus_is() -> None:
    fill = Action("fill", HERE, locator=Locator(selector="#name"), value="")
    there = Action("press", HERE, locator=Locator(selector="#name"), value="x")
    here = Action("press", HERE, value="Enter")

    assert on_page([fill, there, here]) == "xsent"


def test_every_condition_that_holds_is_passed() -> None:
    conditions = (
        Condition("visible", HERE, locator=Locator(selector="label")),
        Condition("hidden", HERE, locator=Locator(selector="#gone")),
        Condition("hidden", HERE, locator=Locator(selector="#never-there")),
        Condition("text", HERE, value="${word}"),
        Condition("url", HERE, value="about:*"),
        Condition("title", HERE, value="Shop"),
    )
    wait = Action("wait_for", HERE, condition=conditions[0])

    assert on_page([wait], *conditions) == ""


@pytest.mark.parametrize(
    "condition",
    [
        Condition("visible", HERE, locator=Locator(selector="#gone")),
        Condition("hidden", HERE, locator=Locator(selector="form")),
        Condition("title", HERE, value="Sho"),
    ],
)
def test_a_condition_that_does_not_hold_is_told(condition: Condition) -> None:
    with pytest.raises((Error, AssertionError)):
        on_page([], condition)
