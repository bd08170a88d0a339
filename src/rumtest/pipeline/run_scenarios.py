"""Measures one side in real browsers and judges its thresholds."""

from rumtest.compare.model import Gate
from rumtest.compare.schedule import Measure
from rumtest.compare.thresholds import ThresholdSchedule, judge_thresholds, threshold_looks_of
from rumtest.errors import NothingSelected
from rumtest.pipeline.collect import Collector
from rumtest.pipeline.gates import gates_of, notes_of, only
from rumtest.pipeline.header import new_header, report_path, utc_now
from rumtest.pipeline.options import Answer, RunOptions, Style
from rumtest.pipeline.progress import Progress
from rumtest.pipeline.select import load_selected, selected_config, site_of
from rumtest.pipeline.streams import StreamOrders, schedule_of
from rumtest.pipeline.write_reports import Job, make_way, write_reports
from rumtest.run.model import SideLabel
from rumtest.synthetic.order import Side

__all__ = ["run_scenarios"]


def run_scenarios(options: RunOptions, *, progress: Progress, style: Style) -> Answer:
    """Measure until every threshold is decided or the most iterations are taken; judge; report."""
    config = selected_config(options.selection)
    scenarios = load_selected(options.selection, config)
    url = site_of(scenarios)
    # The regression gates are only written down, so that a later `rumtest compare` has them.
    gates = only(gates_of(scenarios, against_base=True), options.selection.keyword)
    if not gates:
        raise NothingSelected(
            "No gate is left: nothing of this run would be judged, now or against another run.",
            "Give the scenario `thresholds`, or take -k or `regression: none` away.",
        )
    make_way(options.outputs)
    header = new_header(
        "run",
        scenarios,
        gates,
        sides={"head": SideLabel(url, url)},
        schedule=schedule_of(scenarios, gates, restarts="none", looks=threshold_looks_of),
        seed=options.seed,
        command=options.command,
    )
    collector = Collector(
        runs=options.outputs.runs or config.runs,
        header=header,
        scenarios=scenarios,
        sides=(Side("head", url=url),),
        progress=progress,
        now=utc_now,
        headed=options.headed,
    )
    for text in notes_of(scenarios, gates, against_base=False):
        progress.say(f"  {text}")
    schedule = ThresholdSchedule(gates, header.schedule.streams)
    with collector:
        interrupted = collector.is_interrupted(lambda: _measure(collector, schedule, gates))
        loads = collector.loads(gates)
        comparison = judge_thresholds(schedule, gates, loads, seed=header.seed)
        run = collector.finish(comparison, interrupted=interrupted)
    job = Job(comparison, run, report_path(config.reports, scenarios), run.header.command)
    return write_reports(job, options.outputs, style)


def _measure(collector: Collector, schedule: ThresholdSchedule, gates: tuple[Gate, ...]) -> None:
    orders = StreamOrders(collector.scenarios)
    while isinstance(step := schedule.next(collector.loads(gates)), Measure):
        collector.carry_out("measured", orders.up_to(step.streams), f"look {step.look}")
