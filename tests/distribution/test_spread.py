"""Heaps are spread over what was rounded to them, and nothing else moves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.distribution.histogram import Histogram
from rumtest.distribution.quantile import quantile, rank
from rumtest.distribution.spread import spread

heaps = st.lists(st.integers(0, 400).map(lambda n: 8.0 * n), min_size=1, max_size=60)


@given(heaps)
def test_spreading_keeps_the_weight(sample: list[float]) -> None:
    assert spread(Histogram.of(sample), 8.0).weight == pytest.approx(len(sample))


@given(heaps)
def test_half_of_a_heap_lies_to_each_side_of_it(sample: list[float]) -> None:
    narrow = [value for value in sample if 8 <= value < 1024]
    if not narrow:
        return

    found = rank(spread(Histogram.of([narrow[0]] * 10), 8.0), narrow[0])

    assert found == pytest.approx(0.5)


def test_a_heap_reaches_half_a_resolution_to_both_sides() -> None:
    one = spread(Histogram.of([104.0] * 4), 8.0)

    assert quantile(one, 0.0) == pytest.approx(100.0, rel=0.008)
    assert quantile(one, 1.0) == pytest.approx(108.0, rel=0.008)


def test_a_heap_at_zero_is_spread_upwards_alone() -> None:
    one = spread(Histogram.of([0.0] * 4), 8.0)

    assert quantile(one, 1.0) == pytest.approx(4.0, rel=0.008)


def test_a_value_that_is_no_multiple_is_spread_around_its_bucket() -> None:
    one = spread(Histogram.of([101.0]), 8.0)

    assert quantile(one, 0.5) == pytest.approx(101.0, rel=0.008)


def test_buckets_wider_than_the_resolution_stay_as_they_are() -> None:
    wide = Histogram.of([2048.0, 4096.0, 4100.0])

    same = spread(wide, 8.0)

    assert np.array_equal(same.buckets, wide.buckets)
    assert np.allclose(same.counts, wide.counts)


@pytest.mark.parametrize("sample", [[], [8.0]])
def test_without_a_resolution_nothing_changes(sample: list[float]) -> None:
    histogram = Histogram.of(sample)

    assert spread(histogram, 0.0) is histogram


def test_a_negative_resolution_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        spread(Histogram.of([1.0]), -8.0)
