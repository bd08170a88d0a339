"""Measures base and head interleaved, as the schedule asks for it, and judges what changed."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from rumtest.compare.lab import judge
from rumtest.compare.model import Comparison, Gate
from rumtest.compare.schedule import Done, LabSchedule, Measure, Rerun, looks_of
from rumtest.errors import NothingSelected, UsageError
from rumtest.pipeline.collect import Collector
from rumtest.pipeline.gates import gates_of, notes_of, only
from rumtest.pipeline.header import new_header, report_path, utc_now
from rumtest.pipeline.options import AbOptions, Answer, Style
from rumtest.pipeline.progress import Progress
from rumtest.pipeline.rejudge import lab_schedule
from rumtest.pipeline.select import checked_address, load_selected, selected_config, site_of
from rumtest.pipeline.streams import StreamOrders, schedule_of
from rumtest.pipeline.write_reports import Job, make_way, write_reports
from rumtest.run.model import Run, SideLabel
from rumtest.scenario.model import Scenario
from rumtest.synthetic.order import Side
from rumtest.synthetic.servers import split_command

__all__ = ["Measured", "measure_ab", "run_ab"]


@dataclass(frozen=True, slots=True)
class Measured:
    """An `ab` run with its comparison, and where a report of it belongs."""

    comparison: Comparison
    run: Run
    report: Path


def run_ab(options: AbOptions, *, progress: Progress, style: Style) -> Answer:
    """Measure, judge, report; Ctrl-C ends the measuring, and what there is is judged."""
    measured = measure_ab(options, progress=progress)
    header = measured.run.header
    job = Job(measured.comparison, measured.run, measured.report, header.command)
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
    header = new_header(
        "ab",
        scenarios,
        gates,
        sides=_labels(sides, options),
        schedule=schedule_of(scenarios, gates, restarts=restarts, looks=looks_of),
        seed=options.seed,
        command=options.command,
    )
    collector = Collector(
        runs=options.outputs.runs or config.runs,
        header=header,
        scenarios=scenarios,
        sides=sides,
        progress=progress,
        now=utc_now,
        headed=options.headed,
    )
    for text in notes_of(scenarios, gates, against_base=True):
        progress.say(f"  {text}")
    with collector:
        work = _Interleaving(gates, collector)
        interrupted = collector.is_interrupted(work.measure)
        comparison = work.judge()
        run = collector.finish(comparison, interrupted=interrupted, rerun=work.rerun)
    return Measured(comparison, run, report_path(config.reports, scenarios))


@dataclass(slots=True)
class _Interleaving:
    """The dialogue between the schedule, which says what is wanted, and the measuring child."""

    gates: tuple[Gate, ...]
    collector: Collector
    rerun: int = 0

    @property
    def schedule(self) -> LabSchedule:
        """The schedule as declared; it keeps no state."""
        return lab_schedule(self.gates, self.collector.header.schedule)

    def measure(self) -> None:
        """Measure until the schedule has enough."""
        orders = StreamOrders(self.collector.scenarios)
        while True:
            step = self.schedule.next(self.collector.loads(self.gates))
            match step:
                case Measure():
                    streams = orders.up_to(step.streams)
                    self.collector.carry_out("measured", streams, f"look {step.look}")
                case Rerun():
                    self.rerun = max(step.streams.values())
                    self.collector.progress.say("  something looks slower; measuring it afresh")
                    self.collector.carry_out("rerun", orders.afresh(step.streams), "re-run")
                case Done():
                    return

    def judge(self) -> Comparison:
        """Every gate's result from what was measured, be it all that was wanted or not."""
        loads = self.collector.loads(self.gates)
        return judge(self.schedule, self.gates, loads, seed=self.collector.header.seed)


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
