"""Measures one side in real browsers and judges its thresholds."""

from dataclasses import replace

from rumtest.compare.model import Comparison, Gate
from rumtest.compare.schedule import Measure
from rumtest.compare.thresholds import ThresholdSchedule, judge_thresholds, threshold_looks_of
from rumtest.errors import NothingSelected
from rumtest.pipeline.collect import Collector
from rumtest.pipeline.gates import gates_of, notes_of, only
from rumtest.pipeline.header import new_header, report_path, utc_now
from rumtest.pipeline.options import Answer, RunOptions, Style
from rumtest.pipeline.outcome import status_of
from rumtest.pipeline.progress import Progress
from rumtest.pipeline.select import load_selected, selected_config, site_of
from rumtest.pipeline.streams import StreamOrders, schedule_of
from rumtest.pipeline.write_reports import Job, make_way, write_reports
from rumtest.run.model import SideLabel
from rumtest.scenario.model import Scenario
from rumtest.synthetic.order import Order, Side

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
    declared = schedule_of(scenarios, gates, restarts="none", looks=threshold_looks_of)
    header = new_header(
        "run",
        scenarios,
        gates,
        sides={"head": SideLabel(url, url)},
        seed=options.seed,
        command=options.command,
    )
    collector = Collector(
        runs=options.outputs.runs or config.runs,
        header=replace(header, schedule=declared),
        progress=progress,
        now=utc_now,
    )
    for text in notes_of(scenarios, gates, against_base=False):
        progress.say(f"  {text}")
    with collector:
        comparison, interrupted = _measure(collector, scenarios, gates, url, headed=options.headed)
        run = collector.finish(
            schedule=declared,
            interrupted=interrupted,
            outcome=status_of(comparison, interrupted=interrupted, fail_inconclusive=False),
        )
    job = Job(comparison, run, report_path(config.reports, scenarios), run.header.command)
    return write_reports(job, options.outputs, style)


def _measure(
    collector: Collector,
    scenarios: tuple[Scenario, ...],
    gates: tuple[Gate, ...],
    url: str,
    *,
    headed: bool,
) -> tuple[Comparison, bool]:
    header = collector.header
    schedule = ThresholdSchedule(gates, header.schedule.streams)
    orders = StreamOrders(scenarios)
    interrupted = False
    try:
        while isinstance(step := schedule.next(collector.loads(gates)), Measure):
            order = Order(
                run=header.id,
                seed=header.seed,
                phase="measured",
                scenarios=scenarios,
                sides=(Side("head", url=url),),
                streams=orders.up_to(step.streams),
                first_iteration=len(collector.iterations),
                headed=headed,
                evidence=collector.evidence,
            )
            collector.carry_out(order, f"look {step.look}")
    except KeyboardInterrupt:
        if collector.folder is None:
            raise
        interrupted = True
    loads = collector.loads(gates)
    return judge_thresholds(schedule, gates, loads, seed=header.seed), interrupted
