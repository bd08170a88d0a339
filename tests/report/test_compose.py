"""The composed view: the right word, the right order, every gate once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rumtest.charts.sentence import plain
from rumtest.compare import model
from rumtest.report.compose import compose
from rumtest.report.view import ReportView
from tests.support.report import (
    CREATED,
    VIEWS,
    example_view,
    hostile_view,
    interrupted_view,
    kept_view,
    runs_view,
    single_view,
    unchanged_view,
    unfit_view,
)
from tests.support.report_gates import comparison_of, gate, gates_of, side_of
from tests.support.report_lab import COMMAND, Lab, run_of

LAB = Lab(desktop=False)


@pytest.mark.parametrize(
    ("make", "word", "outcome"),
    [
        (example_view, "Regressed", model.Outcome.FAILED),
        (unchanged_view, "Unchanged", model.Outcome.PASSED),
        (single_view, "Limit missed", model.Outcome.FAILED),
        (kept_view, "Limit kept", model.Outcome.PASSED),
        (unfit_view, "Inconclusive", model.Outcome.FAILED),
    ],
    ids=["regressed", "unchanged", "missed", "kept", "unfit"],
)
def test_the_word_at_the_top_follows_the_order(
    make: Callable[[], ReportView], word: str, outcome: model.Outcome
) -> None:
    view = make()

    assert view.word == word
    assert view.outcome is outcome


@pytest.mark.parametrize("name", VIEWS)
def test_every_gate_stands_in_the_view_once_under_its_own_id(name: str) -> None:
    view = VIEWS[name]()

    ids = [one.id for one in view.gates]
    assert len(set(ids)) == len(ids)
    assert {f.gate_id for f in view.findings} <= set(ids)
    assert {u.gate_id for u in view.unknowns} <= set(ids)


@pytest.mark.parametrize("name", VIEWS)
def test_every_open_gate_stands_among_what_could_not_be_told(name: str) -> None:
    view = VIEWS[name]()

    open_gates = {one.id for one in view.gates if one.standing == "inconclusive"}

    assert {unknown.gate_id for unknown in view.unknowns} == open_gates


@pytest.mark.parametrize("name", VIEWS)
def test_the_counts_add_up_to_the_gates(name: str) -> None:
    view = VIEWS[name]()

    total = sum(view.counts.values()) + view.missed + view.undecided + view.kept

    assert total == len(view.gates)


def test_two_gates_of_one_name_get_ids_that_differ() -> None:
    run = run_of(LAB)
    twice = [gate(LAB, "Home", "lcp"), gate(LAB, "Home", "lcp")]

    view = compose(comparison_of(LAB, run, twice), run, command=COMMAND, created=CREATED)

    assert len({one.id for one in view.gates}) == 2


def test_findings_stand_worst_first() -> None:
    view = example_view()
    standing = {one.id: one.standing for one in view.gates}

    order = [standing[finding.gate_id] for finding in view.findings]

    assert order == ["regressed", "missed", "improved"]


def test_a_finding_has_its_four_panels() -> None:
    finding = example_view().findings[0]

    assert finding.pairs is not None
    assert finding.order is not None
    assert finding.shift is not None
    assert finding.parts is not None


def test_the_evidence_of_pages_with_news_comes_first() -> None:
    pages = example_view().pages

    assert [page.standing for page in pages][:3] == ["regressed", "missed", "inconclusive"]


def test_counters_that_repeat_show_what_changed_exactly() -> None:
    page = example_view().pages[0]

    changed = {row.name: (row.base, row.head) for row in page.counters}

    assert changed["Requests"] == (8.0, 9.0)
    assert plain(page.counters_heading) == "5 of 12 counters changed"


def test_beyond_a_hundred_loads_fifty_dots_stand_for_two_percent_each() -> None:
    lab = replace(LAB, pairs=101)
    run = run_of(lab)
    made = comparison_of(lab, run, [gate(lab, "Product page", "lcp")])

    chart = compose(made, run, command=COMMAND, created=CREATED).findings[0].pairs

    assert chart is not None
    assert chart.base is not None
    assert (len(chart.base.values), chart.share) == (50, 2.0)
    assert chart.note == "More than 100 loads a side: each dot stands for 2 % of them."


def test_a_run_without_base_compares_nothing() -> None:
    view = single_view()

    assert view.base is None
    assert view.verdict is None
    assert view.kind == "run"
    assert all(finding.order is None for finding in view.findings)


def test_loads_of_two_runs_are_never_shown_as_pairs() -> None:
    finding = runs_view().findings[0]

    assert finding.order is None
    assert finding.pairs is not None
    assert plain(finding.pairs.heading).startswith("Of any two loads, head’s was slower")


def test_a_comparison_of_runs_says_that_it_is_advice() -> None:
    assert "not interleaved" in plain(runs_view().notes[0])
    assert "another machine" in plain(runs_view(fingerprint="zz").notes[0])


def test_an_interrupted_run_says_so_first() -> None:
    assert plain(interrupted_view().notes[0]).startswith("The run was interrupted")


def test_more_failing_loads_are_a_finding_in_words() -> None:
    run = run_of(LAB)
    made = comparison_of(LAB, run, [gate(LAB, "Home", "lcp")])
    one = replace(gate(LAB, "", "failures"), page_group="", id="checkout/failures")
    failed = model.GateResult(
        gate=one,
        outcome=model.Outcome.FAILED,
        reason=model.Reason("more-failures", "8 loads of head failed and 0 of base's."),
        base=replace(side_of([0.0] * 20), median=None, p75=None),
        head=replace(side_of([1.0] * 8 + [0.0] * 12), median=None, p75=None),
        verdict=model.Verdict.REGRESSED,
        pairs=((0.0, 1.0),) * 20,
    )

    view = compose(
        replace(made, gates=(*made.gates, failed)), run, command=COMMAND, created=CREATED
    )

    assert plain(view.headline) == "Checkout fails more often on phones".replace("C", "c", 1)
    assert plain(view.findings[0].summary) == "8 loads of head failed and 0 of base's."


def test_an_emulated_network_is_said_to_leave_ttfb_to_the_server() -> None:
    assert "server’s time alone" in plain(example_view().method.network)


def test_dropped_pairs_are_told_with_their_reason() -> None:
    run = run_of(LAB)
    made = comparison_of(LAB, run, [gate(LAB, "Home", "lcp")])
    dropped = replace(made.gates[0], dropped={"failed": 2})

    view = compose(replace(made, gates=(dropped,)), run, command=COMMAND, created=CREATED)

    assert view.method.pairs_dropped == {"a load failed": 2}
    assert "2 (a load failed)" in plain(view.method.pairs)


def test_the_same_run_composes_to_the_same_view() -> None:
    assert example_view() == example_view()


def test_names_of_strangers_are_clean_before_any_renderer_sees_them() -> None:
    view = hostile_view()

    for one in view.gates:
        assert "\u202e" not in one.place + one.profile
        assert len(one.place) <= 300


def test_gates_keep_the_line_where_they_are_written() -> None:
    source = example_view().gates[3].source

    assert source is not None
    assert (source.file, source.line) == ("scenarios/checkout.yaml", 17)


def test_every_gate_of_the_scenario_is_judged() -> None:
    assert len(example_view().gates) == len(gates_of(Lab()))
