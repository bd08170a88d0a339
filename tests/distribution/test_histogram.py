"""Histograms merge by addition, as if everything had been counted at once."""

import dataclasses
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.distribution.histogram import MOST_RAW_VALUES, Histogram
from rumtest.metric import METRICS

values = st.lists(
    st.one_of(
        st.floats(min_value=0.0, max_value=1e6),
        st.sampled_from([0.0, 8.0, 16.0, 200.0, 2500.0]),
    ),
    max_size=60,
)
histograms = values.map(lambda sample: Histogram.of(sample, METRICS["lcp"]))


@given(values, values)
def test_adding_two_histograms_equals_counting_both_samples_at_once(
    left: list[float], right: list[float]
) -> None:
    lcp = METRICS["lcp"]

    assert Histogram.of(left, lcp) + Histogram.of(right, lcp) == Histogram.of(left + right, lcp)


@given(histograms, histograms)
def test_adding_does_not_depend_on_the_order(left: Histogram, right: Histogram) -> None:
    assert left + right == right + left


@given(histograms, histograms, histograms)
def test_adding_does_not_depend_on_the_grouping(
    first: Histogram, second: Histogram, third: Histogram
) -> None:
    assert (first + second) + third == first + (second + third)


@given(histograms)
def test_an_empty_histogram_adds_nothing(histogram: Histogram) -> None:
    empty = Histogram.of([], METRICS["lcp"])

    assert histogram + empty == histogram == empty + histogram


@given(values)
def test_good_and_poor_are_counted_exactly_though_limits_lie_inside_buckets(
    sample: list[float],
) -> None:
    histogram = Histogram.of(sample, METRICS["lcp"])

    good, poor = sum(v <= 2500 for v in sample), sum(v > 4000 for v in sample)
    assert (histogram.good, histogram.poor) == (good, poor)


def test_a_metric_without_limits_has_no_good_values() -> None:
    assert Histogram.of([1.0], METRICS["duration"]).good is None


def test_raw_values_stay_in_order_of_measurement() -> None:
    left, right = Histogram.of([3.0, 1.0]), Histogram.of([2.0])

    assert (left + right).values == (3.0, 1.0, 2.0)


def test_raw_values_are_given_up_above_five_hundred() -> None:
    half = Histogram.of([1.0] * (MOST_RAW_VALUES // 2))

    assert (half + half).values is not None
    assert (half + half + Histogram.of([1.0])).values is None


def test_a_histogram_cannot_be_changed() -> None:
    histogram = Histogram.of([1.0])

    with pytest.raises(ValueError, match="read-only"):
        histogram.counts[0] = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        histogram.n = 2  # type: ignore[misc]


@given(histograms, histograms)
def test_unweighted_observations_weigh_one_beside_weighted_ones(
    left: Histogram, right: Histogram
) -> None:
    heavy = replace(right, counts=right.counts * 4, w=4.0 * right.n, ww=16.0 * right.n)

    both = left + heavy

    if left.n and right.n:
        assert (both.w, both.ww) == (left.n + 4 * right.n, left.n + 16 * right.n)
        assert both.weight == both.w


def test_session_sums_add_up() -> None:
    one = replace(Histogram.of([1.0]), sessions=1, mm=1.0, mb=0.5, bb=0.25, at=2500.0)

    both = one + one

    assert (both.sessions, both.mm, both.mb, both.bb, both.at) == (2, 2.0, 1.0, 0.5, 2500.0)


def test_a_sum_that_one_side_does_not_know_is_unknown() -> None:
    known = replace(Histogram.of([1.0]), sessions=1, mm=1.0)

    both = known + Histogram.of([1.0])

    assert (both.sessions, both.mm) == (None, None)


def test_session_sums_taken_at_different_limits_are_refused() -> None:
    one = replace(Histogram.of([1.0]), bb=1.0, at=2500.0)

    with pytest.raises(ValueError, match="do not add up"):
        one + replace(one, at=200.0)


def test_counts_of_different_values_differ() -> None:
    assert Histogram.of([1.0]) != Histogram.of([2.0])
    assert Histogram.of([1.0]) != 1


def test_the_weight_is_the_sum_of_the_counts() -> None:
    assert Histogram.of(np.arange(7.0).tolist()).weight == 7.0
