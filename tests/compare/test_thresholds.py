"""A limit is kept or missed by the whole interval; else the gate is undecided and says why."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.compare.limits import judge_threshold, loads_to_keep
from rumtest.compare.model import Outcome
from rumtest.compare.schedule import Done, Measure
from rumtest.compare.thresholds import ThresholdSchedule, judge_thresholds, threshold_looks_of
from rumtest.loads import Loads
from tests.support.gates import Operator, regression, threshold


def head(*values: float | None) -> Loads:
    return Loads((), tuple(values))


RAMP = head(*(1000.0 + 10 * n for n in range(20)))


@pytest.mark.parametrize(
    ("limit", "outcome", "code"),
    [
        (2000.0, Outcome.PASSED, "limit-kept"),
        (1050.0, Outcome.FAILED, "limit-missed"),
        (1150.0, Outcome.UNDECIDED, "limit-inside"),
    ],
)
def test_a_quantile_is_judged_by_its_interval(limit: float, outcome: Outcome, code: str) -> None:
    result = judge_threshold(threshold("t", limit), RAMP)

    assert (result.outcome, result.reason.code) == (outcome, code)


def test_the_shown_value_has_its_interval_and_its_loads() -> None:
    value = judge_threshold(threshold("t", 2000.0), RAMP).value

    # P(11 <= Bin(20, 0.75) < 19) = 0.962, half of the rest at most to each side.
    assert value is not None
    assert (value.value, value.low, value.high, value.n) == (1142.5, 1100.0, 1180.0, 20)


def test_ten_loads_can_miss_a_p75_but_not_keep_it() -> None:
    ten = head(*RAMP.head[:10])

    kept, missed = (judge_threshold(threshold("t", limit), ten) for limit in (9e9, 1.0))

    assert (kept.outcome, kept.reason.code) == (Outcome.UNDECIDED, "too-few")
    assert "11 can" in kept.reason.sentence
    assert kept.pairs_to_decide == 11
    assert missed.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("loads", "told"),
    [
        (Loads((), ()), "No load was measured."),
        (head(None, None), "No load had a value of lcp."),
        (replace(head(None, None), failed_head=(True, True)), "All 2 loads failed."),
        (
            replace(head(None, None), failed_head=(True, False)),
            "1 of 2 loads failed and the others had no lcp.",
        ),
    ],
)
def test_a_limit_without_a_value_says_why(loads: Loads, told: str) -> None:
    assert judge_threshold(threshold("t", 2000.0), loads).reason.sentence == told


@pytest.mark.parametrize(("share", "fewest"), [(0.5, 6), (0.75, 11), (0.95, 59)])
def test_how_many_loads_can_keep_a_limit_is_known_beforehand(share: float, fewest: int) -> None:
    assert loads_to_keep(share) == fewest


@pytest.mark.parametrize(
    ("operator", "kept", "missed"),
    [("<", 2000.0, 900.0), ("<=", 2000.0, 900.0), (">", 900.0, 2000.0), (">=", 900.0, 2000.0)],
)
def test_each_operator_keeps_and_misses_on_its_side(
    operator: Operator, kept: float, missed: float
) -> None:
    outcomes = [
        judge_threshold(threshold("t", limit, operator=operator), RAMP).outcome
        for limit in (kept, missed)
    ]

    assert outcomes == [Outcome.PASSED, Outcome.FAILED]


def test_loads_that_all_lie_on_the_limit_keep_only_what_allows_it() -> None:
    same = head(*(200.0,) * 12)

    outcomes = [
        judge_threshold(threshold("t", 200.0, operator=operator), same).outcome
        for operator in ("<", "<=", "==")
    ]

    assert outcomes == [Outcome.FAILED, Outcome.PASSED, Outcome.PASSED]


def test_no_error_in_fifty_loads_does_not_keep_a_rate_of_one_percent() -> None:
    gate = threshold("t", 0.01, metric="errors", aggregation="rate")

    result = judge_threshold(gate, head(*(0.0,) * 50))

    assert result.outcome is Outcome.UNDECIDED
    assert result.value is not None
    assert result.value.high == pytest.approx(0.07, abs=0.005)


def test_a_rate_counts_loads_with_any_and_is_missed_by_its_lower_end() -> None:
    gate = threshold("t", 0.01, metric="errors", aggregation="rate")

    result = judge_threshold(gate, head(*(3.0, 0.0) * 10))

    assert result.value is not None
    assert (result.outcome, result.value.value) == (Outcome.FAILED, 0.5)


@pytest.mark.parametrize(("errors", "outcome"), [(0.0, Outcome.PASSED), (1.0, Outcome.FAILED)])
def test_a_count_is_exact(errors: float, outcome: Outcome) -> None:
    gate = threshold("t", 0.0, metric="errors", aggregation="count", operator="==")

    assert judge_threshold(gate, head(0.0, errors, 0.0)).outcome is outcome


def test_failed_loads_have_no_part_in_a_value() -> None:
    loads = replace(RAMP, failed_head=(True, True) + (False,) * 18)

    result = judge_threshold(threshold("t", 2000.0), loads)

    assert (result.dropped, len(result.head.values)) == ({"failed": 2}, 18)


def test_too_many_failed_loads_keep_no_limit() -> None:
    loads = replace(RAMP, failed_head=(True,) * 5 + (False,) * 15)

    result = judge_threshold(threshold("t", 2000.0), loads)

    assert (result.outcome, result.reason.code) == (Outcome.UNDECIDED, "failed-loads")


def test_errors_that_were_seen_count_though_other_loads_failed() -> None:
    gate = threshold("t", 0.0, metric="errors", aggregation="count", operator="==")
    loads = Loads((), (2.0, None, None), failed_head=(False, True, True))

    assert judge_threshold(gate, loads).outcome is Outcome.FAILED


def test_a_metric_that_no_load_has_decides_nothing() -> None:
    result = judge_threshold(threshold("t", 1.0), head(None, None))

    assert (result.outcome, result.reason.code) == (Outcome.UNDECIDED, "metric-missing")
    assert result.value is None


def test_a_threshold_without_a_limit_is_a_bug() -> None:
    with pytest.raises(ValueError, match="without a limit"):
        judge_threshold(replace(threshold("t", 1.0), limit=None), RAMP)


def test_the_base_is_shown_beside_but_not_judged() -> None:
    result = judge_threshold(threshold("t", 2000.0), replace(RAMP, base=(9000.0,) * 20))

    assert result.outcome is Outcome.PASSED
    assert result.base is not None
    assert result.base.p75 == 9000.0


@given(
    st.lists(st.floats(1, 1e5), min_size=1, max_size=60),
    st.floats(1, 1e5),
    st.floats(1, 1e5),
)
def test_a_laxer_limit_is_never_judged_more_harshly(
    values: list[float], one: float, other: float
) -> None:
    order = (Outcome.FAILED, Outcome.UNDECIDED, Outcome.PASSED)

    strict, lax = (
        order.index(judge_threshold(threshold("t", limit), head(*values)).outcome)
        for limit in sorted((one, other))
    )

    assert strict <= lax


def test_a_run_without_a_base_looks_at_most_twice() -> None:
    assert threshold_looks_of(10, 50) == (11, 50)
    assert threshold_looks_of(20, 50) == (20, 50)
    assert threshold_looks_of(3, 8) == (8,)


def test_a_run_ends_when_every_threshold_is_decided() -> None:
    plan = ThresholdSchedule([threshold("t", 2000.0)], {"s": (11, 50)})

    assert plan.next({}) == Measure(1, {"s": 11})
    assert plan.next({"t": head(*RAMP.head[:11])}) == Done()


def test_a_run_goes_on_while_a_threshold_is_undecided() -> None:
    plan = ThresholdSchedule([threshold("t", 1080.0)], {"s": (11, 50)})

    assert plan.next({"t": head(*RAMP.head[:11])}) == Measure(2, {"s": 50})


def test_a_run_ends_at_its_last_look_decided_or_not() -> None:
    plan = ThresholdSchedule([threshold("t", 1150.0)], {"s": (11, 20)})

    assert plan.next({"t": RAMP}) == Done()


def test_regression_gates_have_no_part_in_a_run_without_a_base() -> None:
    gates = [regression("a"), threshold("t", 2000.0)]
    plan = ThresholdSchedule(gates, {"s": (11, 20)})

    comparison = judge_thresholds(plan, gates, {"a": RAMP, "t": RAMP}, seed=3)

    assert [result.gate.id for result in comparison.gates] == ["t"]
    assert (comparison.family, comparison.design, comparison.loads) == (0, "single", {"s": 20})


@pytest.mark.slow
def test_a_page_on_its_limit_gets_a_wrong_word_in_at_most_five_percent_a_side() -> None:
    rng = np.random.default_rng(12)
    runs = 4000
    loads = rng.random((runs, 50))
    gate = threshold("t", 0.75)
    plan = ThresholdSchedule([gate], {"s": (11, 50)})

    said = []
    for values in loads.tolist():
        step = plan.next({"t": head(*values[:11])})
        n = 50 if isinstance(step, Measure) else 11
        said.append(judge_threshold(gate, head(*values[:n])).outcome)

    allowed = 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5
    assert said.count(Outcome.PASSED) / runs <= allowed
    assert said.count(Outcome.FAILED) / runs <= allowed
