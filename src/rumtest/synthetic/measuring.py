"""Carries out a whole order: servers and browser up, block by block, each result told at once."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies_environment

from rumtest.errors import TargetUnreachable, UsageError
from rumtest.iteration import Arm
from rumtest.scenario.model import Scenario, Step
from rumtest.scenario.variables import row_values, secret_values
from rumtest.synthetic.browser import find_browser
from rumtest.synthetic.capture import Capture
from rumtest.synthetic.driver import Driver
from rumtest.synthetic.guard import Guard
from rumtest.synthetic.iterate import Task, measure_iteration
from rumtest.synthetic.masking import make_mask
from rumtest.synthetic.order import Captured, Finished, Message, Notice, Order, Ready, Side
from rumtest.synthetic.plan import Block, Load, dice, plan_blocks
from rumtest.synthetic.profiles import context_options
from rumtest.synthetic.servers import Server, Servers
from rumtest.synthetic.steps import UNREACHABLE

__all__ = ["carry_out"]

Tell = Callable[[Message], None]

# A host that does not take a connection within that time (s) is not there.
CONNECT_LIMIT: Final = 10.0
# After these the browser itself is suspect, and the next iteration gets a new one.
SUSPECT: Final = frozenset({"browser-failed", "page-crashed", "page-hung", "iteration-timeout"})


async def carry_out(order: Order, tell: Tell, environ: Mapping[str, str]) -> None:
    """Measure all that is ordered; raises a RumtestError where that cannot be done at all."""
    found = find_browser(environ)
    for scenario in order.scenarios:
        secret_values(scenario.secrets, environ)  # missing ones are told before anything starts
    await asyncio.to_thread(_check_addresses, order)
    async with AsyncExitStack() as stack:
        capture = stack.enter_context(Capture(order.run))
        guard = stack.enter_context(Guard())
        driver = await stack.enter_async_context(Driver(found, headed=order.headed))
        browser = await driver.browser()
        tell(Ready(f"{browser.browser_type.name.capitalize()} {browser.version}"))
        await _Bench(order, tell, environ, capture, guard, driver).measure_all()
    tell(Finished())


class _Bench:
    """An order under way: everything that lives from its first block to its last."""

    def __init__(
        self,
        order: Order,
        tell: Tell,
        environ: Mapping[str, str],
        capture: Capture,
        guard: Guard,
        driver: Driver,
    ) -> None:
        self._order = order
        self._tell = tell
        self._environ = environ
        self._capture = capture
        self._guard = guard
        self._driver = driver
        self._servers = Servers(len(order.sides))
        self._next = order.first_iteration
        self._answered: set[Arm] = set()

    async def measure_all(self) -> None:
        """Every block of the plan, each with servers of its own where we start them."""
        for block in plan_blocks(self._order):
            with ExitStack() as running:
                await self._driver.spare(len(block.loads))
                servers = self._start_servers(block, running)
                await asyncio.gather(
                    *(asyncio.to_thread(server.wait_until_ready) for server in servers.values())
                )
                for load in block.loads:
                    await self._measure(block, load, servers)

    def _start_servers(self, block: Block, running: ExitStack) -> dict[Arm, Server]:
        """Both at once, in turns, so that neither arm's has been up for longer."""
        servers: dict[Arm, Server] = {}
        ports = self._servers.ports(swapped=block.swapped)
        places = list(zip(self._order.sides, ports, strict=True))
        for side, port in reversed(places) if block.swapped else places:
            if side.serve is not None:
                server = Server(
                    side.serve,
                    port,
                    name=side.arm,
                    started=self._guard.started,
                    ended=self._guard.ended,
                )
                servers[side.arm] = running.enter_context(server)
        return servers

    async def _measure(self, block: Block, load: Load, servers: Mapping[Arm, Server]) -> None:
        browser = await self._driver.browser()
        server = servers.get(load.arm)
        url = self._address(block, load.arm) if server is None else server.url
        task = self._task(block, load, url)
        captured = await measure_iteration(browser, self._capture, task)
        self._next += 1
        failed = captured.iteration.failed
        if failed is None:
            self._answered.add(load.arm)
        elif failed.code == UNREACHABLE and server is None and load.arm not in self._answered:
            raise unreachable(url, load.arm, failed.reason)
        elif failed.code in SUSPECT:
            await self._driver.discard()
            self._tell(Notice("new-browser", f"A new browser is started: {failed.reason}"))
        if failed is not None and server is not None:
            reason = failed.reason + task.mask(server.how_it_ended())
            told = replace(captured.iteration, failed=replace(failed, reason=reason))
            captured = Captured(told, captured.beacons)
        self._tell(captured)

    def _task(self, block: Block, load: Load, url: str) -> Task:
        order, stream = self._order, block.stream
        scenario = stream.scenario
        # Warm-ups draw for themselves, so that they do not shift what the pairs draw.
        rows = dice(order, stream, load.phase, load.pair, "rows")
        pauses = dice(order, stream, load.phase, load.pair, "think")

        def think(step: Step) -> float:
            if step.think is None:
                return 0.0
            return float(pauses.uniform(step.think.low, step.think.high)) / 1000

        return Task(
            run=order.run,
            iteration=self._next,
            stream=stream,
            load=load,
            block=block.number,
            url=url,
            values=row_values(scenario.data, pair=load.pair, rng=rows)
            | secret_values(scenario.secrets, self._environ),
            think=think,
            mask=make_mask(scenario.secrets, self._environ),
            evidence=None if order.evidence is None else Path(order.evidence),
            context=context_options(
                stream.profile, self._driver.devices, user_agent=self._driver.user_agent
            ),
        )

    def _address(self, block: Block, arm: Arm) -> str:
        side = next(side for side in self._order.sides if side.arm == arm)
        return address_of(side, block.stream.scenario)


def address_of(side: Side, scenario: Scenario) -> str:
    """Where the arm stands: the side's own address, else the scenario's."""
    url = side.url or scenario.base_url
    if url is None:
        raise UsageError(
            f"{scenario.file} has no `base_url`, and none was given.",
            "Write one in the scenario or in rumtest.toml, or give --base-url.",
        )
    return url


def _check_addresses(order: Order) -> None:
    """Refuse addresses that take no connection, before a browser waits for them in vain."""
    arms = {
        (address_of(side, scenario), side.arm)
        for side in order.sides
        if side.serve is None
        for scenario in order.scenarios
    }
    for url, arm in sorted(arms):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{url!r} ({arm}) is not an address to load pages from.")
        if parts.scheme in getproxies_environment() and not _is_loopback(parts.hostname):
            continue  # the proxy answers for it
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            socket.create_connection((parts.hostname, port), CONNECT_LIMIT).close()
        except OSError as problem:
            raise unreachable(url, arm, problem.strerror or str(problem)) from problem


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def unreachable(url: str, arm: Arm, why: str) -> TargetUnreachable:
    """The refusal of an arm where nobody answers."""
    return TargetUnreachable(
        f"{url} ({arm}) does not answer: {why.rstrip('.')}.",
        "Start the site first, correct the address, or let rumtest start it with --serve.",
    )
