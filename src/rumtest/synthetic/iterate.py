"""Measures one iteration: a journey once, from a clean context to its last final beacon."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from playwright.async_api import Browser, BrowserContext, Error

from rumtest.iteration import Failure, Iteration, StepRecord
from rumtest.page import page_group
from rumtest.scenario.model import Step
from rumtest.scenario.variables import fill_in
from rumtest.snippet import SILENCE
from rumtest.synthetic.capture import Capture, Caught
from rumtest.synthetic.cpu import check_cpu
from rumtest.synthetic.masking import Mask, mask_strings
from rumtest.synthetic.order import Captured
from rumtest.synthetic.plan import Load, Stream
from rumtest.synthetic.steps import navigation_failed, walk
from rumtest.synthetic.trouble import LONGEST_REASON, IterationError, first_line
from rumtest.synthetic.visit import Tag, Visit, open_visit

__all__ = ["Task", "measure_iteration"]

# A browser that cannot open or close a context or draw a picture within that time (s) is given up.
OPEN_LIMIT: Final = 20.0
CLOSE_LIMIT: Final = 10.0
PICTURE_LIMIT: Final = 3.0
# The run that visits before a warm load are tagged with: nobody keeps their beacons.
WARMING: Final = "warming"
# Never masked: what links a beacon to its run, and what is no text of the page.
OUR_WORDS: Final = frozenset({"lab", "view", "app", "session"})


@dataclass(frozen=True, slots=True)
class Task:
    """One load with all it needs. `think` gives the pause (s) after each step but the last."""

    run: str
    iteration: int
    stream: Stream
    load: Load
    block: int
    url: str
    values: Mapping[str, str]
    think: Callable[[Step], float]
    mask: Mask
    evidence: Path | None
    context: Mapping[str, Any]


async def measure_iteration(browser: Browser, capture: Capture, task: Task) -> Captured:
    """What came of it; a journey that could not be walked is a result with its reason."""
    capture.begin(task.iteration)
    cpu = check_cpu()
    started = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    begun = Iteration(
        iteration=task.iteration,
        scenario=task.stream.scenario.name,
        journey=task.stream.journey.name,
        profile=task.stream.profile.name,
        cache=task.stream.cache,
        arm=task.load.arm,
        pair=task.load.pair,
        block=task.block,
        order=task.load.order,
        phase=task.load.phase,
        started=started,
        cpu_check=cpu,
    )
    steps, failure = await _walk_through(browser, capture, task)
    caught = capture.views()
    ended = replace(begun, views=tuple(caught), steps=tuple(steps), failed=failure)
    return Captured(ended, tuple(_keep(view, task) for view in caught.values()))


async def _walk_through(
    browser: Browser, capture: Capture, task: Task
) -> tuple[list[StepRecord], Failure | None]:
    """Open a clean context, walk, and close it whatever happens."""
    steps: list[StepRecord] = []
    context: BrowserContext | None = None
    try:
        context = await asyncio.wait_for(
            browser.new_context(base_url=task.url, bypass_csp=True, **task.context), OPEN_LIMIT
        )
        # Windows that the page opens are not measured, and must not pass for visits of users.
        await asyncio.wait_for(context.add_init_script(SILENCE), OPEN_LIMIT)
        return steps, await _journey(context, capture, task, steps)
    except (Error, TimeoutError) as problem:
        return steps, Failure("browser-failed", _told(task, first_line(problem)))
    finally:
        if context is not None:
            with suppress(Error, TimeoutError):
                await asyncio.wait_for(context.close(), CLOSE_LIMIT)


async def _journey(
    context: BrowserContext, capture: Capture, task: Task, steps: list[StepRecord]
) -> Failure | None:
    """All the steps; `steps` grows as they are done, so that a failure leaves those before it."""
    journey, timeouts = task.stream.journey, task.stream.scenario.timeouts
    limit = timeouts.iteration / 1000
    visit: Visit | None = None
    try:
        async with asyncio.timeout(limit):
            if task.stream.cache == "warm":
                await _fill_cache(context, capture, task)
            visit = await _open(context, capture, task, run=task.run)
            for step in journey.steps:
                steps.append(await walk(visit, step))
                if step is not journey.steps[-1]:
                    await visit.watch.rest(task.think(step))
            await visit.views.end()
            return None
    except TimeoutError:
        problem = IterationError("iteration-timeout", f"It was not done within {limit:g} s.")
    except IterationError as failed:
        problem = failed
    finally:
        if visit is not None:
            visit.watch.end()
    reason = _told(task, problem.reason)
    # After the last step only the end of its page view can fail; that is this step's fault too.
    at = journey.steps[min(len(steps), len(journey.steps) - 1)]
    if len(steps) < len(journey.steps):
        steps.append(StepRecord(at.name, failed=reason))
    if visit is not None:
        await _picture(visit, task)
    return Failure(problem.code, reason, at.name)


def _told(task: Task, reason: str) -> str:
    """The reason without its secrets, cut only then: half a secret is none to the mask."""
    return task.mask(reason)[:LONGEST_REASON]


async def _open(context: BrowserContext, capture: Capture, task: Task, *, run: str) -> Visit:
    """A tagged page of the context."""
    tag = Tag(
        run=run,
        scenario=task.stream.scenario.name,
        iteration=task.iteration,
        profile=task.stream.profile.name,
        arm=task.load.arm,
        app=task.stream.scenario.app,
        receiver=capture.receiver,
    )
    return await open_visit(context, capture, stream=task.stream, tag=tag, values=task.values)


async def _fill_cache(context: BrowserContext, capture: Capture, task: Task) -> None:
    """Visit the journey's pages once, without its actions, so that the cache knows them."""
    visit = await _open(context, capture, task, run=WARMING)
    try:
        for step in task.stream.journey.steps:
            await visit.enter(step.name)
            for action in step.do:
                if action.verb == "goto" and action.value is not None:
                    await _visit_once(visit, fill_in(action.value, task.values))
    finally:
        visit.watch.end()
    await visit.page.close()


async def _visit_once(visit: Visit, url: str) -> None:
    limit = visit.timeouts.step
    late = IterationError("no-answer", "The page did not answer when the cache was to be filled.")
    try:
        load = visit.page.goto(url, timeout=limit)
        await visit.watch.hold(load, seconds=limit / 1000 + 1, otherwise=late)
    except Error as problem:
        raise navigation_failed(problem) from problem


async def _picture(visit: Visit, task: Task) -> None:
    """What the page looked like when it failed; a page that cannot be drawn leaves none."""
    if task.evidence is None:
        return
    path = task.evidence / f"iteration-{task.iteration:05d}.png"
    with suppress(Error, TimeoutError, OSError):
        await asyncio.wait_for(visit.page.screenshot(path=path), PICTURE_LIMIT)


def _keep(caught: Caught, task: Task) -> msgspec.Raw:
    """The page view as one line of beacons.jsonl."""
    beacon = mask_strings(dict(caught.beacon), task.mask, leave=OUR_WORDS)
    page = beacon["page"]
    patterns = [(group.name, group.match) for group in task.stream.scenario.groups]
    group = page.get("group") or page_group(page["url"], patterns)
    kept = {"beacon": beacon, "received_at": caught.received_at, "page_group": group}
    return msgspec.Raw(msgspec.json.encode(kept))
