"""A run as it lies on disk: what was measured where, under which conditions, and what it left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rumtest.iteration import Iteration

__all__ = ["Environment", "Kept", "Run", "RunHeader", "Schedule", "SideLabel"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Environment:
    """The machine and the tools; `fingerprint` hashes what must match for a stored baseline."""

    cpu: str
    cores: int
    memory: int
    os: str
    browser: str
    python: str
    rumtest: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SideLabel:
    """What an arm was: a label for people, its address, its commit, the command that served it."""

    label: str
    url: str | None = None
    commit: str | None = None
    serve: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Looks in pairs, the re-run that followed, and how often servers were started anew.

    `looks` is the longest of `streams`, which holds the looks of each stream; `decided` names the
    streams that were to go on until every gate is decided.
    """

    looks: tuple[int, ...] = ()
    rerun: int = 0
    restarts: Literal["block", "look", "none"] = "none"
    streams: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunHeader:
    """`run.json`. Instants are RFC 3339 UTC; secrets are masked in `command`.

    `profiles` maps each name to its settings; `gates` keeps the gates as they were declared, as
    JSON, so that a report can be made again without the scenario.
    """

    id: str
    kind: Literal["run", "ab"]
    rumtest: str
    command: str
    seed: int
    started: str
    scenarios: tuple[Mapping[str, str], ...]
    app: str
    sides: Mapping[str, SideLabel]
    profiles: Mapping[str, Mapping[str, Any]]
    schedule: Schedule
    environment: Environment
    gates: tuple[Mapping[str, Any], ...] = ()
    ended: str | None = None
    interrupted: bool = False
    fitness: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    outcome: int | None = None
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Kept:
    """A page view as `beacons.jsonl` keeps it: the beacon as parsed, when it came, its group."""

    beacon: Mapping[str, Any]
    received_at: str
    page_group: str

    @property
    def view(self) -> str:
        """The page view's id."""
        return str(self.beacon["view"])

    def metric(self, name: str) -> float | None:
        """The metric's value in its unit; None where the view never had it."""
        value = self.beacon.get("metrics", {}).get(name)
        return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class Run:
    """One run, read back whole. `beacons` maps the id of each page view to what is kept of it."""

    folder: str
    header: RunHeader
    iterations: tuple[Iteration, ...]
    beacons: Mapping[str, Kept]
