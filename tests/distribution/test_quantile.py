"""Quantiles and ranks from counts stay within the stated error of the order statistics."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.distribution.buckets import RELATIVE_ERROR, ZERO_BELOW
from rumtest.distribution.histogram import Histogram
from rumtest.distribution.quantile import quantile, quantiles, rank, share_good
from rumtest.metric import METRICS

SHARES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
rng = np.random.default_rng(20261124)
SAMPLES = {
    "lognormal": rng.lognormal(7.5, 0.6, 20_000),
    "bimodal": np.where(
        rng.random(20_000) < 0.6, rng.normal(300, 20, 20_000), rng.normal(3000, 200, 20_000)
    ),
    "heaped": 8.0 * np.round(rng.lognormal(4.5, 0.8, 20_000) / 8),
    "zero-heavy": np.where(rng.random(20_000) < 0.45, 0.0, rng.lognormal(-3, 1, 20_000)),
    "constant": np.full(500, 1234.5),
    "few": rng.lognormal(7.5, 0.6, 7),
}
samples = st.lists(st.floats(min_value=0.0, max_value=1e9), min_size=1, max_size=80)
shares = st.floats(min_value=0.0, max_value=1.0)


def order_statistic(sample: list[float], share: float) -> float:
    """Hyndman and Fan's type 1."""
    return sorted(sample)[max(math.ceil(share * len(sample)), 1) - 1]


def is_close_enough(found: float, exact: float) -> bool:
    return abs(found - exact) <= max(RELATIVE_ERROR * exact, ZERO_BELOW)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_quantile_is_off_by_less_than_the_stated_error(name: str, share: float) -> None:
    sample = SAMPLES[name].tolist()

    found = quantile(Histogram.of(sample), share)

    assert found is not None
    assert is_close_enough(found, order_statistic(sample, share))


@given(samples, shares)
def test_no_data_set_breaks_the_stated_error(sample: list[float], share: float) -> None:
    found = quantile(Histogram.of(sample), share)

    assert found is not None
    assert is_close_enough(found, order_statistic(sample, share))


@given(samples, shares, shares)
def test_a_larger_share_never_has_a_smaller_value(
    sample: list[float], one: float, other: float
) -> None:
    low, high = quantiles(Histogram.of(sample), sorted((one, other)))

    assert low <= high


@given(samples, shares)
def test_the_rank_of_a_quantile_is_its_share(sample: list[float], share: float) -> None:
    histogram = Histogram.of(sample)
    value = quantile(histogram, share)

    assert value is not None
    found = rank(histogram, value)

    # Between two values there is nothing to reach, at 0 all zeros are reached at once.
    heap = sum(1 for it in sample if it < ZERO_BELOW) / len(sample)
    assert found is not None
    assert found == pytest.approx(share, abs=1e-6) or (value == 0.0 and found == heap)


def test_ranks_run_from_none_below_to_all_above() -> None:
    histogram = Histogram.of([10.0, 20.0, 30.0])

    assert (rank(histogram, 1.0), rank(histogram, 25.0), rank(histogram, 99.0)) == (0, 2 / 3, 1)


def test_zeros_are_reached_at_zero() -> None:
    histogram = Histogram.of([0.0, 0.0, 0.0, 5.0])

    assert (rank(histogram, 0.0), quantile(histogram, 0.75)) == (0.75, 0.0)


def test_an_empty_histogram_has_no_value_and_no_rank() -> None:
    empty = Histogram.of([], METRICS["lcp"])

    assert (quantile(empty, 0.5), rank(empty, 1.0), share_good(empty)) == (None, None, None)
    assert quantiles(empty, (0.25, 0.75)) == ()


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_0_to_1_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="not a share"):
        quantile(Histogram.of([1.0]), share)


def test_the_share_of_good_values_is_exact() -> None:
    histogram = Histogram.of([2499.0, 2500.0, 2501.0, 9000.0], METRICS["lcp"])

    assert share_good(histogram) == 0.5


def test_a_metric_without_limits_has_no_share_of_good_values() -> None:
    assert share_good(Histogram.of([1.0], METRICS["load"])) is None
