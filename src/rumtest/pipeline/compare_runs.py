"""Holds two stored runs against each other: always advice, since they were not interleaved."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from rumtest.compare.model import Gate
from rumtest.compare.runs import judge_runs
from rumtest.errors import UsageError
from rumtest.loads import Loads
from rumtest.pipeline.header import gates_in
from rumtest.pipeline.options import Answer, Outputs, Style
from rumtest.pipeline.rejudge import rejudge
from rumtest.pipeline.write_reports import Job, make_way, write_reports
from rumtest.run.loads import loads_of
from rumtest.run.model import Run
from rumtest.run.reader import read_run
from rumtest.run.writer import LATEST
from rumtest.scenario.config import Config

__all__ = ["compare_runs", "report_run"]


def compare_runs(
    first: str, second: str, outputs: Outputs, style: Style, *, config: Config, command: str
) -> Answer:
    """Compare the head side of two runs (folder, id or `latest`) and report; `first` is base.

    The gates are those that the second run declared; runs that share none cannot be compared.
    """
    make_way(outputs)
    runs = outputs.runs or config.runs
    base, head = read_run(first, runs=runs), read_run(second, runs=runs)
    gates = _shared_gates(base, head)
    same = base.header.environment.fingerprint == head.header.environment.fingerprint
    loads = {gate.id: _side_by_side(base, head, gate) for gate in gates}
    comparison = judge_runs(gates, loads, same_environment=same, seed=head.header.seed)
    command = _lasting(command, {first: base, second: head})
    report = config.reports / f"compare-{base.header.id}-{head.header.id}.html"
    return write_reports(Job(comparison, head, report, command, base=base), outputs, style)


def report_run(where: str, outputs: Outputs, style: Style, *, config: Config) -> Answer:
    """Make the report of a stored run again, beside the run's other outputs."""
    run = read_run(where, runs=outputs.runs or config.runs)
    report = config.reports / f"{Path(run.folder).name}.html"
    return write_reports(Job(rejudge(run), run, report, run.header.command), outputs, style)


def _lasting(command: str, named: Mapping[str, Run]) -> str:
    """The command with the run's id for `latest`, which names another run tomorrow."""
    words = [
        named[word].header.id if word == LATEST and word in named else word
        for word in shlex.split(command)
    ]
    return shlex.join(words)


def _shared_gates(base: Run, head: Run) -> tuple[Gate, ...]:
    there = {
        (iteration.stream, step.step) for iteration in base.iterations for step in iteration.steps
    }
    gates = tuple(
        gate
        for gate in gates_in(head.header)
        if gate.kind == "regression" and (gate.stream, gate.step) in there
    )
    if not gates:
        raise UsageError(
            "The two runs share no step that is gated.",
            "Compare runs of the same scenario, profile and cache.",
        )
    return gates


def _side_by_side(base: Run, head: Run, gate: Gate) -> Loads:
    """The gate's head loads of both runs, paired by their number alone."""
    sides = [
        loads_of(run, stream=gate.stream, step=gate.step, metric=gate.metric, paired=False)
        for run in (base, head)
    ]
    return Loads(
        base=sides[0].head,
        head=sides[1].head,
        failed_base=sides[0].failed_head,
        failed_head=sides[1].failed_head,
    )
