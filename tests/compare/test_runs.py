"""Run against run is advice: judged, shown, and never a reason to fail a build."""

import pytest

from rumtest.compare.model import Outcome, Verdict
from rumtest.compare.runs import judge_runs
from rumtest.loads import Loads
from tests.support.gates import lognormal, regression, threshold, upto

SLOWER = lognormal(2, 20, ratio=1.3)


def test_a_slower_run_has_regressed_but_fails_no_build() -> None:
    comparison = judge_runs([regression("a")], {"a": SLOWER}, same_environment=True, seed=5)

    (result,) = comparison.gates
    assert (result.verdict, result.outcome) == (Verdict.REGRESSED, Outcome.UNDECIDED)
    assert (result.advisory, comparison.advisory, comparison.design) == (True, True, "runs")
    assert "advice" in result.reason.sentence


def test_there_is_one_look_that_may_spend_all_of_q() -> None:
    comparison = judge_runs([regression("a")], {"a": SLOWER}, same_environment=True)

    assert comparison.looks == (20,)
    assert comparison.gates[0].level == pytest.approx(0.10)


def test_two_hours_differ_as_much_as_two_addresses() -> None:
    comparison = judge_runs([regression("a")], {"a": SLOWER}, same_environment=True)

    assert comparison.margin == 0.02


def test_another_environment_leaves_every_regression_gate_inconclusive() -> None:
    comparison = judge_runs([regression("a")], {"a": SLOWER}, same_environment=False)

    (result,) = comparison.gates
    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "environment-differs")
    assert result.reason.sentence.startswith("Environment differs")
    assert result.change is not None
    assert not result.regression_excluded


def test_loads_without_a_partner_are_left_out_and_counted() -> None:
    longer = Loads(SLOWER.base, SLOWER.head[:15])

    (result,) = judge_runs([regression("a")], {"a": longer}, same_environment=True).gates

    assert (len(result.pairs), result.dropped) == (15, {"unpaired": 5})


def test_a_threshold_judges_the_second_run_and_is_no_advice() -> None:
    gates = [threshold("t", 100.0), regression("a")]
    loads = {"t": SLOWER, "a": upto(SLOWER, 20)}

    missed, _ = judge_runs(gates, loads, same_environment=True).gates

    assert (missed.outcome, missed.advisory) == (Outcome.FAILED, False)


def test_runs_without_common_loads_decide_nothing() -> None:
    loads = Loads((), SLOWER.head)

    (result,) = judge_runs([regression("a")], {"a": loads}, same_environment=True).gates

    assert result.reason.code == "not-measured"
