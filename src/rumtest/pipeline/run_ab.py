"""Measures base and head interleaved, as the schedule asks for it, and judges what changed."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from rumtest.compare.lab import judge
from rumtest.compare.model import Comparison, Gate
from rumtest.compare.schedule import Done, LabSchedule, Measure, Rerun, looks_of
from rumtest.errors import NothingSelected, UsageError
from rumtest.iteration import Phase
from rumtest.pipeline.collect import Collector
from rumtest.pipeline.gates import gates_of, notes_of, only
from rumtest.pipeline.header import new_header, report_path, utc_now
from rumtest.pipeline.options import AbOptions, Answer, Style
from rumtest.pipeline.outcome import status_of
from rumtest.pipeline.progress import Progress
from rumtest.pipeline.rejudge import lab_schedule
from rumtest.pipeline.select import checked_address, load_selected, selected_config, site_of
from rumtest.pipeline.streams import StreamOrders, schedule_of
from rumtest.pipeline.write_reports import Job, make_way, write_reports
from rumtest.run.model import Run, Schedule, SideLabel
from rumtest.scenario.model import Scenario
from rumtest.synthetic.order import Order, Side, StreamOrder
from rumtest.synthetic.servers import split_command

__all__ = ["Measured", "measure_ab", "run_ab"]


@dataclass(frozen=True, slots=True)
class Measured:
    """An `ab` run with its comparison, before anything is written about it."""

    comparison: Comparison
    run: Run
    scenarios: tuple[Scenario, ...]


def run_ab(options: AbOptions, *, progress: Progress, style: Style) -> Answer:
    """Measure, judge, report; Ctrl-C ends the measuring, and what there is is judged."""
    measured = measure_ab(options, progress=progress)
    reports = selected_config(options.selection).reports
    job = Job(
        measured.comparison,
        measured.run,
        report_path(reports, measured.scenarios),
        measured.run.header.command,
    )
    return write_reports(job, options.outputs, style)


def measure_ab(options: AbOptions, *, progress: Progress) -> Measured:
    """Measure both sides after the schedule and judge every gate declared beforehand."""
    config = selected_config(options.selection)
    scenarios = load_selected(options.selection, config)
    sides = _sides(options, scenarios)
    gates = only(gates_of(scenarios, against_base=True), options.selection.keyword)
    if not gates:
        raise NothingSelected(
            "No gate is left to judge.",
            "Look at -k, and at `regression: none` of scenarios without `thresholds`.",
        )
    make_way(options.outputs)
    restarts: Literal["block", "none"] = "block" if options.head_serve else "none"
    declared = schedule_of(scenarios, gates, restarts=restarts, looks=looks_of)
    header = new_header(
        "ab",
        scenarios,
        gates,
        sides=_labels(sides, options),
        seed=options.seed,
        command=options.command,
    )
    collector = Collector(
        runs=options.outputs.runs or config.runs,
        header=replace(header, schedule=declared),
        progress=progress,
        now=utc_now,
    )
    for text in notes_of(scenarios, gates, against_base=True):
        progress.say(f"  {text}")
    with collector:
        work = _Interleaving(scenarios, gates, sides, declared, options.headed, collector)
        comparison, interrupted = work.carry_out()
        run = collector.finish(
            schedule=replace(declared, rerun=work.rerun),
            interrupted=interrupted,
            outcome=status_of(comparison, interrupted=interrupted, fail_inconclusive=False),
        )
    return Measured(comparison, run, scenarios)


@dataclass(slots=True)
class _Interleaving:
    """The dialogue between the schedule, which says what is wanted, and the measuring child."""

    scenarios: tuple[Scenario, ...]
    gates: tuple[Gate, ...]
    sides: tuple[Side, Side]
    declared: Schedule
    headed: bool
    collector: Collector
    rerun: int = 0

    def carry_out(self) -> tuple[Comparison, bool]:
        """Measure until the schedule has enough or the person has; (comparison, interrupted)."""
        schedule = lab_schedule(self.gates, self.declared)
        interrupted = False
        try:
            self._measure(schedule)
        except KeyboardInterrupt:
            if self.collector.folder is None:
                raise
            interrupted = True
        loads = self.collector.loads(self.gates)
        return judge(schedule, self.gates, loads, seed=self.collector.header.seed), interrupted

    def _measure(self, schedule: LabSchedule) -> None:
        orders = StreamOrders(self.scenarios)
        while True:
            step = schedule.next(self.collector.loads(self.gates))
            match step:
                case Measure():
                    self._order("measured", orders.up_to(step.streams), f"look {step.look}")
                case Rerun():
                    self.rerun = max(step.streams.values())
                    self.collector.progress.say("  something looks slower; measuring it afresh")
                    self._order("rerun", orders.afresh(step.streams), "re-run")
                case Done():
                    return

    def _order(self, phase: Phase, streams: tuple[StreamOrder, ...], what: str) -> None:
        header = self.collector.header
        order = Order(
            run=header.id,
            seed=header.seed,
            phase=phase,
            scenarios=self.scenarios,
            sides=self.sides,
            streams=streams,
            first_iteration=len(self.collector.iterations),
            headed=self.headed,
            evidence=self.collector.evidence,
        )
        self.collector.carry_out(order, what)


def _sides(options: AbOptions, scenarios: Sequence[Scenario]) -> tuple[Side, Side]:
    """The two sides as asked for: two commands, or two addresses."""
    if options.head_serve or options.base_serve:
        if not (options.head_serve and options.base_serve):
            raise UsageError("`--serve` and `--against-serve` belong together.", "Give both.")
        if options.head_url or options.base_url:
            raise UsageError(
                "Two commands and an address are given.",
                "Give --serve with --against-serve, or --base-url with --against.",
            )
        for command in (options.head_serve, options.base_serve):
            split_command(command, 0)  # refuses what cannot be started before a browser is
        return Side("base", serve=options.base_serve), Side("head", serve=options.head_serve)
    if not options.base_url:
        raise UsageError(
            "An A/B comparison needs a base and a head.",
            "Give --base-url URL --against URL, or --serve CMD --against-serve CMD.",
        )
    base = checked_address(options.base_url, "--against")
    head = options.head_url
    head = site_of(scenarios) if head is None else checked_address(head, "--base-url")
    return Side("base", url=base), Side("head", url=head)


def _labels(sides: Sequence[Side], options: AbOptions) -> dict[str, SideLabel]:
    given = {"base": options.base_label, "head": options.head_label}
    return {
        side.arm: SideLabel(given[side.arm] or _label(side), side.url, serve=side.serve)
        for side in sides
    }


def _label(side: Side) -> str:
    """A short name for people: the address, or the command without folders and port."""
    if side.url:
        return side.url
    words = shlex.split(side.serve or side.arm)
    told = [word for word in words if word not in ("{port}", "--port", "-p")]
    return " ".join([PurePath(words[0]).name, *told[1:]])
