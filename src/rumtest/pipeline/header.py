"""The header of a run before its first load: who asked for what, with which seed and gates."""

import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

import rumtest
from rumtest.compare.model import Gate
from rumtest.run.model import Environment, RunHeader, Schedule, SideLabel
from rumtest.run.writer import new_run_id
from rumtest.scenario.model import Scenario
from rumtest.scenario.variables import mask

__all__ = ["gates_in", "new_header", "report_path", "utc_now"]

_UNKNOWN = Environment("unknown", 0, 0, "unknown", "unknown", "unknown", "unknown", "unknown")


def utc_now() -> str:
    """The present instant, RFC 3339 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_header(
    kind: Literal["run", "ab"],
    scenarios: Sequence[Scenario],
    gates: Sequence[Gate],
    *,
    sides: Mapping[str, SideLabel],
    schedule: Schedule,
    seed: int | None,
    command: str,
) -> RunHeader:
    """A header with everything but the environment, which is known once the browser is up.

    Without a seed a fresh one is drawn, and `command` gets it, so that it makes the same choices
    again. Secrets are masked.
    """
    names = [name for scenario in scenarios for name in scenario.secrets]
    hidden = [os.environ[name] for name in names if os.environ.get(name)]
    if seed is None:
        seed = secrets.randbits(31)
        command = f"{command} --seed {seed}"
    profiles: dict[str, dict[str, Any]] = {
        profile.name: asdict(profile) for scenario in scenarios for profile in scenario.profiles
    }
    return RunHeader(
        id=new_run_id(datetime.now(UTC)),
        kind=kind,
        rumtest=rumtest.__version__,
        command=mask(command, hidden),
        seed=seed,
        started=utc_now(),
        scenarios=tuple({"file": s.file, "name": s.name, "sha256": s.sha256} for s in scenarios),
        app=scenarios[0].app,
        sides={arm: _masked(side, hidden) for arm, side in sides.items()},
        profiles=profiles,
        schedule=schedule,
        environment=_UNKNOWN,
        gates=tuple(msgspec.to_builtins(gate) for gate in gates),
    )


def _masked(side: SideLabel, hidden: Sequence[str]) -> SideLabel:
    """The side without secrets: an address or a command may well hold one."""
    return replace(
        side,
        label=mask(side.label, hidden),
        url=side.url and mask(side.url, hidden),
        serve=side.serve and mask(side.serve, hidden),
    )


def gates_in(header: RunHeader) -> tuple[Gate, ...]:
    """The gates as they were declared before the run."""
    return msgspec.convert(list(header.gates), tuple[Gate, ...])


def report_path(reports: Path, scenarios: Sequence[Scenario]) -> Path:
    """Where the report goes: named by the one scenario, or `report.html` for several."""
    name = scenarios[0].name if len(scenarios) == 1 else "report"
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in name).strip(".") or "report"
    return reports / f"{safe}.html"
