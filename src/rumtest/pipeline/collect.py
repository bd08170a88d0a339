"""Drives the measuring child through its orders and keeps all it says, in memory and on disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from rumtest.compare.model import Comparison, Gate
from rumtest.iteration import Iteration, Phase
from rumtest.loads import Loads
from rumtest.pipeline.outcome import status_of
from rumtest.pipeline.progress import Progress
from rumtest.run.environment import describe_environment
from rumtest.run.loads import loads_of
from rumtest.run.model import Kept, Run, RunHeader
from rumtest.run.writer import RunWriter
from rumtest.scenario.model import Scenario
from rumtest.synthetic.child import measure
from rumtest.synthetic.order import (
    Broken,
    Captured,
    Finished,
    Notice,
    Order,
    Ready,
    Side,
    StreamOrder,
)

__all__ = ["Collector"]


@dataclass(slots=True)
class Collector:
    """One run while it is measured. The folder is made when the browser is up, not before.

    `header` is complete but for the environment, which the browser's version belongs to.
    """

    runs: Path
    header: RunHeader
    scenarios: tuple[Scenario, ...]
    sides: tuple[Side, ...]
    progress: Progress
    now: Callable[[], str]
    headed: bool = False
    iterations: list[Iteration] = field(default_factory=list)
    beacons: dict[str, Kept] = field(default_factory=dict)
    _writer: RunWriter | None = None
    _expected: int = 0

    @property
    def folder(self) -> Path | None:
        """Where the run lies; None while nothing was measured."""
        return self._writer.folder if self._writer else None

    @property
    def evidence(self) -> str:
        """Where screenshots of failed iterations go; the folder is made with the first of them."""
        return str((self.runs / self.header.id / "evidence").absolute())

    @property
    def run(self) -> Run:
        """The run as it stands."""
        folder = str(self.folder or "")
        return Run(folder, self.header, tuple(self.iterations), dict(self.beacons))

    def carry_out(self, phase: Phase, streams: tuple[StreamOrder, ...], what: str) -> None:
        """Measure these loads; `what` names the piece of work for the progress line."""
        order = Order(
            run=self.header.id,
            seed=self.header.seed,
            phase=phase,
            scenarios=self.scenarios,
            sides=self.sides,
            streams=streams,
            first_iteration=len(self.iterations),
            headed=self.headed,
            evidence=self.evidence,
        )
        self._expected = sum(stream.pairs for stream in streams)
        seen: set[tuple[str, int]] = set()
        self.progress.at(f"{what}: starting the browser")
        for message in measure(order):
            match message:
                case Ready():
                    self._open(message)
                case Captured():
                    self._keep(message)
                    if message.iteration.phase != "warmup":
                        seen.add((message.iteration.stream, message.iteration.pair))
                    self.progress.at(self._line(what, message.iteration, len(seen)))
                case Notice():
                    self.header = replace(self.header, notes=(*self.header.notes, message.text))
                    self.progress.say(f"  {message.text}")
                case Broken() | Finished():  # `measure` raises the one and ends with the other
                    return

    def is_interrupted(self, work: Callable[[], None]) -> bool:
        """Do the work; whether Ctrl-C ended it. While nothing was measured Ctrl-C goes on up."""
        try:
            work()
        except KeyboardInterrupt:
            if self.folder is None:
                raise
            return True
        return False

    def loads(self, gates: Sequence[Gate]) -> Mapping[str, Loads]:
        """What was measured so far, by gate."""
        run = self.run
        return {gate.id: loads_for(run, gate) for gate in gates}

    def finish(self, comparison: Comparison, *, interrupted: bool, rerun: int = 0) -> Run:
        """Close the run folder with what is only known at the end, and give the run back."""
        outcome = status_of(comparison, interrupted=interrupted, fail_inconclusive=False)
        changes = {
            "schedule": replace(self.header.schedule, rerun=rerun),
            "interrupted": interrupted,
            "outcome": outcome,
            "ended": self.now(),
            "notes": self.header.notes,
        }
        if self._writer:
            self._writer.finish(**changes)
            self.header = self._writer.header
        return self.run

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.progress.end()
        if self._writer:
            if problem is not None:
                self._writer.update(interrupted=True, ended=self.now(), notes=self.header.notes)
            self._writer.close()

    def _open(self, ready: Ready) -> None:
        if self._writer is None:
            environment = describe_environment(ready.browser)
            self.header = replace(self.header, environment=environment)
            self._writer = RunWriter.create(self.runs, self.header)
            self.header = self._writer.header

    def _keep(self, captured: Captured) -> None:
        assert self._writer is not None, "the child says Ready before anything it captured"
        self._writer.add(captured.iteration, captured.beacons)
        self.iterations.append(captured.iteration)
        for raw in captured.beacons:
            kept = msgspec.json.decode(raw, type=Kept)
            self.beacons[kept.view] = kept

    def _line(self, what: str, iteration: Iteration, done: int) -> str:
        unit = "pair" if len(self.sides) > 1 else "iteration"
        failed = sum(1 for each in self.iterations if each.failed)
        trouble = f", {failed} failed" if failed else ""
        where = f"{iteration.journey} · {iteration.profile} · {iteration.cache}"
        if iteration.phase == "warmup":
            return f"{what}: {where}: warming up{trouble}"
        return f"{what}: {where}: {unit} {done} of {self._expected}{trouble}"


def loads_for(run: Run, gate: Gate) -> Loads:
    """The loads of one gate from a run; both arms of an `ab` run, head alone otherwise."""
    return loads_of(
        run,
        stream=gate.stream,
        step=gate.step,
        metric=gate.metric,
        paired=run.header.kind == "ab",
    )
