"""A run as it lies on disk: what was measured where, under which conditions, and what it left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from rumtest.iteration import Iteration
from rumtest.run.kept import Kept

if TYPE_CHECKING:
    from rumtest.frame import DataFrame

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
class Run:
    """One run, read back whole. `beacons` maps the id of each page view to what is kept of it."""

    folder: str
    header: RunHeader
    iterations: tuple[Iteration, ...]
    beacons: Mapping[str, Kept]

    def frame(self) -> "DataFrame":
        """One row for each value measured, as a pandas frame for notebooks and exports.

        Columns: scenario, journey, profile, cache, phase, arm, pair, iteration, failed, step,
        metric, value (in the metric's unit). A step's own numbers are `duration` and `inp`; those
        of a page view stand under the step that opened it.
        """
        from rumtest.frame import frame
        from rumtest.run.rows import COLUMNS, rows_of

        rows = list(rows_of(self.iterations, self.beacons))
        return frame({name: [row[at] for row in rows] for at, name in enumerate(COLUMNS)})
