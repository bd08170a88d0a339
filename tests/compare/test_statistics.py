"""The probabilities behind the verdicts are those of the textbooks."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rumtest.compare.statistics import (
    beta_shares,
    median,
    normal_quantile,
    normal_tail,
    order_statistics,
    quantile_of_values,
    rejected,
    sign_test,
    student_tail,
    wilson,
    woodruff_error,
    woodruff_shares,
)

p_values = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12)


def benjamini_hochberg(p: list[float], level: float, family: int) -> list[bool]:
    """The largest k with P_(k) <= level·k/m; all up to it."""
    ascending = sorted(p)
    fits = [k for k, value in enumerate(ascending, 1) if value <= level * k / family]
    return [value <= ascending[max(fits) - 1] if fits else False for value in p]


@given(p_values, st.floats(0.001, 0.3), st.integers(0, 50))
def test_multiplicity_is_paid_after_benjamini_and_hochberg(
    p: list[float], level: float, without_test: int
) -> None:
    family = len(p) + without_test

    found = rejected(np.array([p]), level, family=family)[0]

    assert found.tolist() == benjamini_hochberg(p, level, family)


@given(p_values, p_values, st.floats(0.001, 0.3))
def test_reports_judged_together_are_judged_alike(
    one: list[float], other: list[float], level: float
) -> None:
    m = min(len(one), len(other))
    both = np.array([one[:m], other[:m]])

    together = rejected(both, level, family=m)

    assert together.tolist() == [rejected(row[None], level, family=m)[0].tolist() for row in both]


def test_a_report_without_gates_rejects_nothing() -> None:
    assert rejected(np.empty((1, 0)), 0.1, family=0).shape == (1, 0)


@given(st.floats(-6, 6))
def test_the_normal_tail_and_its_inverse_agree(z: float) -> None:
    share = 1 - float(normal_tail(np.array([z]))[0])

    if 1e-9 < share < 1 - 1e-9:
        assert normal_quantile(share) == pytest.approx(z, abs=1e-4)


def test_students_tail_is_that_of_the_tables() -> None:
    assert student_tail(np.array([2.086]), 20)[0] == pytest.approx(0.025, abs=1e-4)


def test_none_of_fifty_only_says_less_than_seven_percent() -> None:
    low, high = wilson(0, 50, confidence=0.95)

    assert (low, round(high, 2)) == (0.0, 0.07)


@given(st.integers(1, 300), st.data())
def test_wilsons_interval_holds_the_shares_that_a_score_test_keeps(
    n: int, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, n))

    low, high = wilson(hits, n, confidence=0.95)

    assert 0 <= low <= hits / n <= high <= 1
    for end in (low, high):
        if 0 < end < 1 and end != hits / n:
            score = (hits / n - end) / math.sqrt(end * (1 - end) / n)
            assert abs(score) == pytest.approx(1.959964, rel=1e-4)


@given(st.integers(1, 400), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]))
def test_order_statistics_enclose_the_quantile_with_the_confidence_asked_for(
    n: int, share: float
) -> None:
    low, high = order_statistics(n, share, confidence=0.95)

    hits = stats.binom(n, share)
    below = 0.0 if low is None else hits.cdf(low - 1)
    above = 0.0 if high is None else hits.sf(high - 1)
    assert below + above <= 0.05 + 1e-12
    assert low is None or high is None or 1 <= low <= high <= n


@pytest.mark.parametrize(
    ("share", "fewest"), [(0.5, 6), (0.75, 11), (0.9, 29), (0.95, 59), (0.99, 299)]
)
def test_an_upper_end_needs_as_many_loads_as_the_contract_says(share: float, fewest: int) -> None:
    ends = [order_statistics(n, share, confidence=0.95)[1] for n in (fewest - 1, fewest)]

    assert (ends[0], ends[1]) == (None, fewest)


@given(st.integers(1, 200), st.sampled_from([0.5, 0.75, 0.9]))
def test_order_statistics_of_the_other_tail_are_mirrored(n: int, share: float) -> None:
    low, high = order_statistics(n, share, confidence=0.95)
    other_low, other_high = order_statistics(n, 1 - share, confidence=0.95)

    if share != 0.5:
        assert (other_low, other_high) == (high and n + 1 - high, low and n + 1 - low)


@given(st.floats(80, 1e6), st.sampled_from([0.5, 0.75, 0.95]))
def test_field_intervals_are_beta_quantiles_around_the_share(
    effective: float, share: float
) -> None:
    low, high = beta_shares(share, effective, confidence=0.95)

    k = effective * share
    assert low == pytest.approx(stats.beta.ppf(0.025, k, effective - k + 1))
    assert high == pytest.approx(stats.beta.ppf(0.975, k + 1, effective - k))
    assert low < share < high


def test_woodruffs_error_is_that_of_the_normal_quantile() -> None:
    low, high = woodruff_shares(0.75, 10_000)

    error = woodruff_error(normal_quantile(low), normal_quantile(high))

    density = stats.norm.pdf(stats.norm.ppf(0.75))
    assert error == pytest.approx(math.sqrt(0.75 * 0.25 / 10_000) / density, rel=0.01)


def test_woodruffs_shares_stay_shares() -> None:
    low, high = woodruff_shares(0.95, 10)

    assert low == pytest.approx(0.95 - 2 * math.sqrt(0.00475))
    assert high == 1.0


def test_seven_failures_to_none_are_enough_and_six_are_not() -> None:
    assert sign_test(7, 0) <= 0.01 < sign_test(6, 0)


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_sign_test_is_the_exact_binomial_one(worse: int, better: int) -> None:
    if worse + better:
        known = stats.binomtest(worse, worse + better, alternative="greater").pvalue
        assert sign_test(worse, better) == pytest.approx(known)


def test_shown_quantiles_are_of_type_seven() -> None:
    values = [1.0, 2.0, 3.0, 10.0]

    assert (median(values), quantile_of_values(values, 0.75)) == (2.5, 4.75)


def test_scipy_is_not_loaded_before_a_probability_is_asked_for() -> None:
    modules = "rumtest.compare.lab, rumtest.compare.model, rumtest.compare.schedule"
    code = f"import sys, {modules}; sys.exit('scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
