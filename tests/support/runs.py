"""Runs as values, for tests of what writes, reads and weighs them."""

from typing import Any

import msgspec

from rumtest.iteration import Arm, Failure, Iteration, StepRecord
from rumtest.run.environment import fingerprint_of
from rumtest.run.model import Environment, RunHeader, Schedule, SideLabel

STREAM = "shop/main/desktop/cold"


def header(**changes: Any) -> RunHeader:
    """A header with every field that must be there."""
    fields: dict[str, Any] = {
        "id": "20260102T030405Z-0001",
        "kind": "ab",
        "rumtest": "0.1.0",
        "command": "rumtest ab",
        "seed": 7,
        "started": "2026-01-02T03:04:05Z",
        "scenarios": ({"file": "shop.yaml", "name": "shop", "sha256": "0" * 64},),
        "app": "default",
        "sides": {"base": SideLabel("main", url="http://127.0.0.1:1"), "head": SideLabel("head")},
        "profiles": {"desktop": {"cpu": 1.0}},
        "schedule": Schedule(looks=(10,), restarts="block"),
        "environment": Environment(
            cpu="CPU",
            cores=2,
            memory=1,
            os="OS",
            browser="Chromium 1",
            python="3.11",
            rumtest="0.1.0",
            fingerprint=fingerprint_of(cpu="CPU", cores=2, browser="Chromium 1", system="OS"),
        ),
    }
    return RunHeader(**(fields | changes))


def iteration(
    number: int,
    *,
    arm: Arm = "head",
    pair: int = 0,
    failed: Failure | None = None,
    views: tuple[str, ...] = (),
    steps: tuple[StepRecord, ...] = (),
    **more: Any,
) -> Iteration:
    """An iteration of the one stream."""
    fields: dict[str, Any] = {
        "scenario": "shop",
        "journey": "main",
        "profile": "desktop",
        "cache": "cold",
        "block": 0,
        "order": 0,
        "phase": "measured",
        "started": "2026-01-02T03:04:06Z",
        "cpu_check": 20.0,
    }
    return Iteration(
        iteration=number,
        arm=arm,
        pair=pair,
        failed=failed,
        views=views,
        steps=steps,
        **(fields | more),
    )


def kept(view: str, *, step: str = "Open", **more: Any) -> bytes:
    """A line of beacons.jsonl: a page view that the step opened."""
    beacon = {
        "beacon": 1,
        "app": "default",
        "view": view,
        "n": 1,
        "page": {"url": "http://127.0.0.1:1/", "navigation": "navigate"},
        "time": {"origin": 1.0, "age": 1.0},
        "lab": {"run": "r", "scenario": "shop", "step": step},
    }
    line = {
        "beacon": beacon | more,
        "received_at": "2026-01-02T03:04:07.000Z",
        "page_group": "/",
    }
    return msgspec.json.encode(line)
