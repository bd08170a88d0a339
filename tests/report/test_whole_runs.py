"""Quantities of all loads together: failed loads, counts and shares, told as what they are."""

from dataclasses import replace

import pytest

from rumtest.charts.sentence import plain
from rumtest.compare.failures import judge_failed_share
from rumtest.compare.limits import judge_threshold
from rumtest.compare.model import Comparison, Gate, GateResult
from rumtest.compare.policy import POLICY
from rumtest.iteration import Failure
from rumtest.loads import Loads
from rumtest.report import html, terminal
from rumtest.report.compose import compose
from rumtest.report.view import ReportView
from rumtest.run.model import Run
from tests.support.report import CREATED, TINY_BUNDLE
from tests.support.report_gates import comparison_of, gate
from tests.support.report_lab import COMMAND, Lab, run_of

LAB = Lab(desktop=False, pairs=12)
ALONE = replace(LAB, kind="run")
S = "\u00a0"


def view_of(*results: GateResult, lab: Lab = ALONE, run: Run | None = None) -> ReportView:
    run = run or run_of(lab)
    made: Comparison = replace(comparison_of(lab, run, []), gates=results)
    return compose(made, run, command=COMMAND, created=CREATED)


def errors(limit: float, *, rate: bool) -> Gate:
    one = gate(LAB, "Home", "errors", limit=limit)
    return replace(one, aggregation="rate" if rate else "count", operator="<=")


def failures(failed: int, of: int) -> GateResult:
    flags = (True,) * failed + (False,) * (of - failed)
    loads = {"g": Loads((), (None,) * of, failed_head=flags)}
    (result,) = judge_failed_share(
        (replace(gate(LAB, "Home", "lcp", limit=2500), id="g"),), loads, policy=POLICY
    )
    return result


def test_a_journey_that_never_works_is_told_in_loads_and_in_percent() -> None:
    view = view_of(failures(2, 2))

    assert plain(view.headline) == f"2 of 2 loads failed on phones; the limit is 20{S}%"
    assert plain(view.findings[0].headline) == "checkout: 2 of 2 loads failed"
    assert f"The share of loads that failed is 100{S}%" in plain(view.findings[0].summary)


def test_failed_loads_come_before_slow_ones() -> None:
    slow = judge_threshold(gate(LAB, "Home", "lcp", limit=1), Loads((), (1300.0,) * 12))

    view = view_of(slow, failures(12, 12))

    assert view.leading_gate is not None
    assert view.leading_gate == view.gates[1].id
    assert "2 of 2 limits are missed" in plain(view.headline)
    assert plain(view.summary).startswith("Worst: checkout 12 of 12 loads failed;")


@pytest.mark.parametrize("rate", [False, True], ids=["count", "share"])
def test_base_is_reckoned_as_head_is(rate: bool) -> None:
    every = Loads((1.0,) * 12, (1.0,) * 12)

    view = view_of(judge_threshold(errors(0, rate=rate), every), lab=LAB)

    base, head = view.gates[0].base, view.gates[0].head
    assert base is not None
    assert head is not None
    assert base.value == head.value == (1.0 if rate else 12.0)


def test_a_count_has_no_interval_and_no_chart_of_single_loads() -> None:
    view = view_of(judge_threshold(errors(5, rate=False), Loads((), (1.0,) * 12)))

    told = terminal.render(view)
    assert "errors 12  limit 5" in told
    assert "interval" not in told
    assert view.findings[0].pairs is None
    assert "12 JavaScript errors in 12 loads" in plain(view.headline)


def test_a_kept_count_is_told_without_an_interval() -> None:
    view = view_of(judge_threshold(errors(50, rate=False), Loads((), (1.0,) * 12)))

    assert plain(view.summary) == "Home Errors is 12 over 12 loads; the limit is 50."


@pytest.mark.parametrize(
    ("loads", "remedy"),
    [
        (Loads((), (1.0,) * 8), "It takes 11 loads at least (-n 11)."),
        (Loads((), (1.0,) * 10 + (5000.0,) * 2), "More loads narrow the interval; "),
        (Loads((), (None,) * 8), "Find out why the metric is missing first."),
        (
            Loads((), (None,) * 8, failed_head=(True,) * 8),
            "Find out why the loads failed first.",
        ),
        (Loads((), ()), "Let the run go on to its end."),
    ],
    ids=["few", "inside", "missing", "failed", "nothing"],
)
def test_what_would_decide_a_limit_follows_from_why_it_is_open(loads: Loads, remedy: str) -> None:
    view = view_of(judge_threshold(gate(LAB, "Home", "lcp", limit=2500), loads))

    assert plain(view.unknowns[0].remedy).startswith(remedy)


def test_an_open_limit_is_called_undecided() -> None:
    view = view_of(judge_threshold(gate(LAB, "Home", "lcp", limit=2500), Loads((), (1.0,) * 8)))

    page = html.render(view, bundle=TINY_BUNDLE)
    assert "1 undecided</a>" in page
    assert "Undecided" in page


def test_limits_alone_are_not_headed_as_changes() -> None:
    missed = judge_threshold(gate(LAB, "Home", "lcp", limit=1), Loads((), (1300.0,) * 12))

    page = html.render(view_of(missed, lab=LAB), bundle=TINY_BUNDLE)

    assert "What is missed" in page
    assert "What changed" not in page


def _broken(run: Run, arm: str, reasons: list[str]) -> Run:
    waiting = list(reasons)
    iterations = [
        replace(i, failed=Failure("status", waiting.pop(0), "Home"))
        if i.arm == arm and waiting
        else i
        for i in run.iterations
    ]
    return replace(run, iterations=tuple(iterations))


def test_failures_are_told_by_side_whatever_port_the_server_took() -> None:
    run = _broken(
        run_of(LAB), "head", [f"http://127.0.0.1:{port}/ answered 500." for port in (81, 82, 83)]
    )

    view = view_of(lab=LAB, run=run)

    (note,) = (plain(note) for note in view.notes)
    assert note == "3 of 12 loads of head failed at Home: http://127.0.0.1:81/ answered 500."


def test_what_a_page_answered_is_a_strangers_word() -> None:
    view = view_of(run=_broken(run_of(ALONE), "head", ["<b>\u202ebad</b>"]))

    (span,) = (span for span in view.notes[0] if "bad" in span.text)
    assert (span.kind, span.text) == ("name", "<b>bad</b>")


def _met_errors(run: Run, arms: tuple[str, ...]) -> Run:
    beacons = {}
    for key, kept in run.beacons.items():
        met = [{"message": "boom", "count": 1}] if kept.beacon["lab"]["arm"] in arms else []
        beacons[key] = replace(kept, beacon={**kept.beacon, "errors": met})
    return replace(run, beacons=beacons)


def test_errors_that_only_head_meets_are_told_though_no_gate_looks_at_them() -> None:
    view = view_of(lab=LAB, run=_met_errors(run_of(LAB), ("head",)))

    assert [plain(note) for note in view.notes] == [
        "Script errors in 12 of 12 loads of head, in 0 of 12 of base; no gate looks at them."
    ]


def test_errors_that_both_sides_meet_are_no_news() -> None:
    assert view_of(lab=LAB, run=_met_errors(run_of(LAB), ("head", "base"))).notes == ()


def test_a_run_that_sets_no_limit_was_measured_and_is_not_called_inconclusive() -> None:
    run = run_of(ALONE)
    single = replace(comparison_of(ALONE, run, []), gates=(), design="single")

    view = compose(single, run, command=COMMAND, created=CREATED)

    assert (view.word, view.verdict) == ("Measured", None)
    assert plain(view.headline) == "Nothing was judged: no limit is set and there is no base"
    assert "Inconclusive" not in html.render(view, bundle=TINY_BUNDLE)
