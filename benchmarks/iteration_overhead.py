"""What an iteration costs beyond a bare Playwright load of the same page; the limit is 0.5 s.

Both load the bundled test page from loopback in a fresh context of one running browser, in turns.
The bare load is what nobody can do without: context, page, `goto` to the load event, close.
"""

import asyncio
import statistics
import sys
import time
from itertools import pairwise
from pathlib import Path

from playwright.async_api import async_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from rumtest.synthetic.browser import find_browser, launch_arguments
from rumtest.synthetic.child import measure
from rumtest.synthetic.order import Captured
from tests.support.site import Site
from tests.support.synthetic import goto, head, order, scenario, step

LOADS = 8
# In short turns, so that what else the machine does meets both alike.
TURNS = 4
LIMIT = 0.5


async def bare_loads(url: str) -> list[float]:
    """Seconds of each bare load."""
    found = find_browser()
    spans = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found.path,
            channel="chromium" if found.path is None else None,
            args=list(launch_arguments()),
        )
        for _ in range(LOADS):
            begin = time.perf_counter()
            context = await browser.new_context()
            page = await context.new_page()
            await page.goto(url)
            await context.close()
            spans.append(time.perf_counter() - begin)
        await browser.close()
    return spans


def own_loads(url: str) -> list[float]:
    """Seconds from one iteration's end to the next one's."""
    asked = order(scenario(step("Home", goto("/"))), head(url), pairs=LOADS + 1)
    ends = [time.perf_counter() for said in measure(asked) if isinstance(said, Captured)]
    return [end - begin for begin, end in pairwise(ends)]


def main() -> int:
    """Print both medians, their ratio and their difference; 1 when over the limit."""
    bare: list[float] = []
    own: list[float] = []
    with Site() as site:
        for _ in range(TURNS):
            bare += asyncio.run(bare_loads(site.url))
            own += own_loads(site.url)
    plain, ours = statistics.median(bare), statistics.median(own)
    print(
        f"bare load {plain:.3f} s, iteration {ours:.3f} s: ratio {ours / plain:.2f}, "
        f"{ours - plain:+.3f} s (limit {LIMIT:+.1f} s)"
    )
    return int(ours - plain > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
