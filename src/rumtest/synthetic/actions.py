"""Carries out what a step says: the user's actions, and the states to wait for."""

from collections.abc import Mapping

from playwright.async_api import Locator as Element
from playwright.async_api import Page, expect

from rumtest.metric import Milliseconds
from rumtest.scenario.model import Action, Condition, Locator
from rumtest.scenario.variables import fill_in
from rumtest.synthetic.trouble import IterationError

__all__ = ["act", "wait_for"]


async def act(
    page: Page, action: Action, values: Mapping[str, str], *, limit: Milliseconds
) -> None:
    """Do it, within the limit; Playwright's own errors pass through."""
    value = None if action.value is None else fill_in(action.value, values)
    match action.verb:
        case "goto":
            await _go(page, value or "", limit)
        case "fill":
            await _element(page, action.locator, values).fill(value or "", timeout=limit)
        case "click":
            await _element(page, action.locator, values).click(timeout=limit)
        case "press":
            await _press(page, action.locator, value or "", values, limit)
        case "wait_for":
            if action.condition is not None:
                await wait_for(page, action.condition, values, limit=limit)


async def wait_for(
    page: Page, condition: Condition, values: Mapping[str, str], *, limit: Milliseconds
) -> None:
    """Return when the condition holds; raises Playwright's error or AssertionError otherwise."""
    value = None if condition.value is None else fill_in(condition.value, values)
    match condition.kind:
        case "visible":
            seen = _element(page, condition.locator, values).filter(visible=True)
            await seen.first.wait_for(timeout=limit)
        case "hidden":
            # Hidden means that none of the elements is seen, or that there is none.
            seen = _element(page, condition.locator, values).filter(visible=True)
            await seen.first.wait_for(state="hidden", timeout=limit)
        case "text":
            await page.get_by_text(value or "").filter(visible=True).first.wait_for(timeout=limit)
        case "url":
            await page.wait_for_url(value or "", wait_until="commit", timeout=limit)
        case "title":
            await expect(page).to_have_title(value or "", timeout=limit)


async def _go(page: Page, url: str, limit: Milliseconds) -> None:
    answer = await page.goto(url, timeout=limit)
    if answer is not None and answer.status >= 400:
        # An error page may well be quick; its times must not pass for those of the page.
        raise IterationError("http-status", f"{answer.url} answered {answer.status}.")


async def _press(
    page: Page,
    locator: Locator | None,
    key: str,
    values: Mapping[str, str],
    limit: Milliseconds,
) -> None:
    if locator is None:
        await page.keyboard.press(key)
    else:
        await _element(page, locator, values).press(key, timeout=limit)


def _element(page: Page, locator: Locator | None, values: Mapping[str, str]) -> Element:
    """Playwright's locator for ours."""
    if locator is None:
        return page.locator(":focus")

    def text(raw: str) -> str:
        return fill_in(raw, values)

    exact = locator.exact
    if locator.selector is not None:
        return page.locator(text(locator.selector))
    if locator.role is not None:
        name = None if locator.name is None else text(locator.name)
        return page.get_by_role(locator.role, name=name, exact=exact)  # type: ignore[arg-type]
    if locator.label is not None:
        return page.get_by_label(text(locator.label), exact=exact)
    if locator.placeholder is not None:
        return page.get_by_placeholder(text(locator.placeholder), exact=exact)
    if locator.testid is not None:
        return page.get_by_test_id(text(locator.testid))
    return page.get_by_text(text(locator.text or ""), exact=exact)
