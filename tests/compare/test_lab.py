"""Every gate gets the verdict of the table, with its reason and every number behind it."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rumtest.compare.lab import judge
from rumtest.compare.model import Comparison, Gate, GateResult, Outcome, Verdict
from rumtest.loads import Loads
from tests.support.gates import lognormal, measure, regression, schedule, threshold, upto

QUIET = lognormal(1, 50, sd=0.004)
NOISY = lognormal(4, 50, sd=0.12)
SLOWER = lognormal(2, 50, ratio=1.3)
FASTER = lognormal(3, 50, ratio=0.7)


def compared(loads: dict[str, Loads], looks: tuple[int, ...] = (12,)) -> Comparison:
    gates = [regression(name) for name in loads]
    plan = schedule(gates, looks)
    return judge(plan, gates, measure(plan, loads), seed=7)


def the_only(comparison: Comparison) -> GateResult:
    (result,) = comparison.gates
    return result


def of(loads: Loads, gate: Gate | None = None, looks: tuple[int, ...] = (12,)) -> GateResult:
    """The one gate's result with exactly these loads, measured or cut."""
    gate = gate or regression("a")
    plan = schedule([gate], looks)
    return the_only(judge(plan, [gate], {gate.id: loads}))


def without(arm: Sequence[float | None], numbers: Sequence[int]) -> tuple[float | None, ...]:
    return tuple(None if n in numbers else value for n, value in enumerate(arm))


def test_a_slow_down_that_the_rerun_finds_again_has_regressed() -> None:
    result = the_only(compared({"a": SLOWER}))

    assert (result.verdict, result.outcome) == (Verdict.REGRESSED, Outcome.FAILED)
    assert result.confirmed is not None
    assert (result.confirmed.agreed, result.confirmed.pairs) == (True, 12)
    assert "5 % is allowed. 12 fresh pairs agree" in result.reason.sentence.replace("\xa0", " ")


def test_a_slow_down_that_the_rerun_does_not_find_is_inconclusive() -> None:
    flash = replace(SLOWER, rerun_base=QUIET.base, rerun_head=QUIET.head)

    result = the_only(compared({"a": flash}))

    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "not-confirmed")
    assert result.outcome is Outcome.UNDECIDED


def test_a_slow_down_that_was_not_run_again_is_inconclusive() -> None:
    result = of(upto(SLOWER, 12))

    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "not-rerun")


def test_a_speed_up_has_improved_without_a_rerun() -> None:
    result = the_only(compared({"a": FASTER}))

    assert (result.verdict, result.outcome) == (Verdict.IMPROVED, Outcome.PASSED)
    assert result.confirmed is None


def test_an_improvement_shows_the_level_of_improvements() -> None:
    result = the_only(compared({"a": FASTER}))

    assert result.level == pytest.approx(0.01)
    assert result.p_faster is not None
    assert result.p_faster <= 0.01


def test_the_rerun_shows_the_level_it_was_held_against() -> None:
    confirmed = the_only(compared({"a": SLOWER})).confirmed

    assert confirmed is not None
    assert confirmed.level == 0.10
    assert confirmed.p_slower <= 0.10


def test_a_rerun_of_too_few_whole_pairs_is_not_said_to_be_absent() -> None:
    lost = without(SLOWER.rerun_head[:12], range(6))
    rest = replace(upto(SLOWER, 12), rerun_base=SLOWER.rerun_base[:12], rerun_head=lost)

    result = of(rest)

    assert result.reason.code == "not-rerun"
    assert "no re-run of 8 whole pairs" in result.reason.sentence


def test_an_interval_wholly_inside_the_tolerance_is_unchanged() -> None:
    result = the_only(compared({"a": QUIET}))

    assert (result.verdict, result.outcome) == (Verdict.UNCHANGED, Outcome.PASSED)
    assert result.change is not None
    assert result.tolerance is not None
    assert -result.tolerance < result.change.absolute_low
    assert result.change.absolute_high < result.tolerance


@pytest.mark.promise("N6")
def test_what_this_run_cannot_tell_says_what_it_could_have_seen() -> None:
    result = the_only(compared({"a": NOISY}))

    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "too-noisy")
    assert result.change is not None
    assert result.change.smallest_visible is not None
    assert result.pairs_to_decide is not None
    assert result.pairs_to_decide > 12
    assert "fits the data" in result.reason.sentence


def test_loads_that_are_all_equal_are_unchanged_with_nothing_in_doubt() -> None:
    same = Loads((500.0,) * 12, (500.0,) * 12)

    result = of(same)

    assert (result.verdict, result.reason.code) == (Verdict.UNCHANGED, "all-equal")
    assert result.change is not None
    assert (result.change.absolute_low, result.change.absolute_high) == (0.0, 0.0)


def test_all_zeros_are_unchanged_too() -> None:
    result = of(Loads((0.0,) * 12, (0.0,) * 12), regression("a", metric="cls"))

    assert (result.verdict, result.scale) == (Verdict.UNCHANGED, "identity")
    assert result.change is not None
    assert result.change.relative is None


def test_fewer_than_eight_whole_pairs_decide_nothing() -> None:
    result = of(upto(SLOWER, 7))

    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "too-few")
    assert result.change is None


def test_nothing_measured_decides_nothing() -> None:
    result = of(Loads((), ()))

    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "not-measured")


def test_more_than_a_fifth_of_the_pairs_failed_decides_nothing() -> None:
    failed = tuple(n < 4 for n in range(15))
    loads = replace(upto(SLOWER, 15), failed_base=(False,) * 15, failed_head=failed)

    first = judge(schedule([regression("a")], (15,)), [regression("a")], {"a": loads}).gates[0]

    assert (first.verdict, first.reason.code) == (Verdict.INCONCLUSIVE, "failed-loads")
    assert first.dropped == {"failed": 4}


def test_what_is_left_of_failed_loads_rules_no_regression_out() -> None:
    quiet = upto(lognormal(1, 50, sd=0.001), 40)
    lost = tuple(n < 10 for n in range(40))

    result = of(replace(quiet, failed_head=lost), looks=(40,))

    assert result.reason.code == "failed-loads"
    assert result.change is not None
    assert not result.regression_excluded


def test_a_metric_missing_on_head_alone_decides_nothing_and_says_so() -> None:
    loads = replace(upto(SLOWER, 15), head=without(SLOWER.head[:15], range(4)))

    result = of(loads, looks=(15,))

    assert (result.verdict, result.reason.code) == (Verdict.INCONCLUSIVE, "metric-missing")
    assert result.reason.sentence.startswith("Metric missing: 4 loads of head and 0 of base")


def test_a_metric_missing_on_one_side_only_stays_in_the_report() -> None:
    loads = replace(upto(QUIET, 12), head=(None,) * 12)

    assert of(loads).reason.code == "metric-missing"


def test_a_few_missing_pairs_are_left_out_by_reason() -> None:
    failed = tuple(n == 5 for n in range(12))
    loads = replace(upto(QUIET, 12), base=without(QUIET.base[:12], [3]))
    loads = replace(loads, failed_base=failed, failed_head=(False,) * 12)

    plan = schedule([regression("a")], (12,))
    result = judge(plan, [regression("a")], {"a": loads}).gates[0]

    assert result.dropped == {"failed": 1, "missing": 1}
    assert result.pair_numbers == (0, 1, 2, 4, 6, 7, 8, 9, 10, 11)
    assert len(result.pairs) == 10


def test_a_metric_that_neither_side_has_is_left_out_but_counts() -> None:
    nobody: tuple[float | None, ...] = (None,) * 12

    comparison = compared({"a": QUIET, "inp": Loads(nobody, nobody)})

    assert [result.gate.id for result in comparison.gates] == ["a"]
    assert comparison.family == 2


def test_a_stream_whose_loads_all_failed_stays_in_the_report() -> None:
    nobody: tuple[float | None, ...] = (None,) * 12
    loads = Loads(nobody, nobody, (True,) * 12, (True,) * 12)
    plan = schedule([regression("a")], (12,))

    comparison = judge(plan, [regression("a")], {"a": loads})

    assert [result.reason.code for result in comparison.gates] == [
        "failed-loads",
        "no-new-failures",
    ]


def test_the_larger_arm_of_the_tolerance_chooses_the_scale() -> None:
    slow = of(upto(QUIET, 12))
    fast = of(lognormal(1, 12, sd=0.004, middle=100))

    assert (slow.scale, fast.scale) == ("log", "identity")
    assert slow.tolerance_relative == pytest.approx(0.05)
    assert fast.tolerance == 20.0


def test_a_zero_at_the_first_look_keeps_a_gate_off_logs() -> None:
    loads = upto(QUIET, 12)

    result = of(replace(loads, head=(0.0, *loads.head[1:])))

    assert result.scale == "identity"
    assert result.tolerance == pytest.approx(0.05 * np.median(np.array(loads.base)))


def test_the_scale_of_the_first_look_stays_whatever_comes_later() -> None:
    loads = upto(QUIET, 22)
    later = replace(loads, head=(*loads.head[:21], 0.0))

    result = of(later, looks=(10, 22))

    assert result.scale == "log"
    assert result.verdict is Verdict.UNCHANGED


def test_both_scales_are_reckoned_at_the_base_s_middle() -> None:
    result = of(upto(SLOWER, 12))

    assert result.base is not None
    assert result.base.median is not None
    assert result.change is not None
    assert result.change.relative is not None
    assert result.change.absolute == pytest.approx(result.base.median * result.change.relative)


@pytest.mark.parametrize(
    ("restarts", "margin"), [("block", 0.005), ("look", 0.01), ("none", 0.02)]
)
def test_the_margin_follows_how_the_servers_live(restarts: str, margin: float) -> None:
    gate = regression("a")
    plan = schedule([gate], (12,), restarts=restarts)  # type: ignore[arg-type]

    result = the_only(judge(plan, [gate], {"a": upto(QUIET, 12)}))

    assert result.margin_relative == pytest.approx(margin)


def test_on_the_metrics_own_scale_the_margin_is_a_tenth_of_the_tolerance() -> None:
    result = of(Loads((0.0,) * 12, (0.0,) * 12), regression("a", metric="cls", absolute=0.02))

    assert result.tolerance == 0.02
    assert result.margin == pytest.approx(0.002)


def test_the_smallest_visible_effect_is_the_printed_formula() -> None:
    result = of(upto(NOISY, 12))

    change = result.change
    assert change is not None
    assert change.relative_low is not None
    assert change.relative_high is not None
    se = (math.log1p(change.relative_high) - math.log1p(change.relative_low)) / 3.92
    z = 1.2815515655  # of 0.10 over one gate
    assert change.smallest_visible_relative == pytest.approx(
        math.expm1(math.log1p(0.005) + (z + 1.5) * se), rel=1e-6
    )


def test_a_cut_run_says_what_the_cut_data_could_have_shown() -> None:
    whole, cut = of(upto(NOISY, 50), looks=(10, 22, 50)), of(upto(NOISY, 9), looks=(10, 22, 50))

    assert whole.change is not None
    assert cut.change is not None
    assert whole.change.smallest_visible is not None
    assert cut.change.smallest_visible is not None
    assert cut.change.smallest_visible > whole.change.smallest_visible


def test_the_number_that_decided_is_the_one_of_its_look() -> None:
    result = the_only(compared({"a": SLOWER}, (10, 22, 50)))

    assert result.look == 1
    assert result.level == pytest.approx(0.02)
    assert result.p_slower is not None
    assert result.p_slower <= 0.02


def test_a_metric_that_first_turns_up_after_the_first_look_is_judged_on_what_there_is() -> None:
    late = replace(
        upto(QUIET, 50),
        base=(None,) * 10 + QUIET.base[10:],
        head=(None,) * 10 + QUIET.head[10:],
    )

    result = of(late, looks=(10, 22, 50))

    assert (result.verdict, result.scale) == (Verdict.UNCHANGED, "log")


def test_a_tolerance_below_the_margin_can_be_seen_with_no_number_of_pairs() -> None:
    gate = regression("a", relative=0.01, absolute=0.0)
    plan = schedule([gate], (12,), restarts="none")

    result = the_only(judge(plan, [gate], {"a": upto(NOISY, 12)}))

    assert (result.reason.code, result.pairs_to_decide) == ("too-noisy", None)


def test_a_layout_shift_that_grew_is_told_in_its_own_words() -> None:
    gate = regression("a", metric="cls", relative=0.1, absolute=0.02)
    small = lognormal(5, 12, middle=0.05, ratio=3.0)

    result = of(small, gate)

    assert result.scale == "identity"
    assert result.reason.sentence.startswith("cls went up by 0.0")


def test_results_stand_in_the_order_declared_with_thresholds_among_them() -> None:
    gates = [threshold("limit", 2500.0), regression("a"), regression("b")]
    loads = {gate.id: upto(QUIET, 12) for gate in gates}

    comparison = judge(schedule(gates, (12,)), gates, loads, seed=7)

    assert [result.gate.id for result in comparison.gates] == ["limit", "a", "b"]
    assert comparison.gates[0].outcome is Outcome.PASSED
    assert (comparison.seed, comparison.design, comparison.loads) == (7, "pairs", {"s": 12})
