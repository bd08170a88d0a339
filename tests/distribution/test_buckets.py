"""Every value has one bucket, and Python and numpy agree on it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.distribution.buckets import (
    BUCKETS,
    EDGES,
    RELATIVE_ERROR,
    TOO_LARGE,
    ZERO_BELOW,
    bucket,
    buckets_of,
)

NO_BUCKET = [-1.0, -5e-324, float("nan"), float("inf"), float("-inf"), 2.0**40, 1e300]


def test_the_buckets_of_one_and_of_a_second_are_those_of_the_contract() -> None:
    assert (bucket(1.0), bucket(1000.0), EDGES[3195]) == (1921, 3195, 1000.0)


def test_there_are_7041_buckets_and_they_fit_sixteen_bits() -> None:
    assert (BUCKETS, len(EDGES), BUCKETS < 2**16) == (7041, 7042, True)


def test_every_edge_and_its_two_neighbours_fall_where_the_edges_say() -> None:
    inner = EDGES[1:-1]
    below, above = np.nextafter(inner, 0.0), np.nextafter(inner, np.inf)

    found = [buckets_of(values) for values in (below, inner, above)]

    index = np.arange(1, BUCKETS)
    assert all(map(np.array_equal, found, (index - 1, index, index)))


def test_python_and_numpy_agree_on_every_edge_and_its_neighbours() -> None:
    values = np.concatenate(
        (EDGES[:-1], np.nextafter(EDGES[1:], 0.0), np.nextafter(EDGES[:-1], np.inf))
    )

    assert [bucket(value) for value in values.tolist()] == buckets_of(values).tolist()


@given(st.floats(min_value=0.0, max_value=TOO_LARGE, exclude_max=True))
def test_python_and_numpy_agree_on_any_value(value: float) -> None:
    assert bucket(value) == buckets_of([value])[0]


@given(st.floats(min_value=0.0, max_value=TOO_LARGE, exclude_max=True))
def test_a_value_lies_between_the_edges_of_its_bucket(value: float) -> None:
    index = bucket(value)

    assert EDGES[index] <= value < EDGES[index + 1]


def test_no_bucket_is_wider_than_the_stated_error() -> None:
    lower, upper = EDGES[1:-1], EDGES[2:]

    assert ((upper - lower) / lower).max() <= RELATIVE_ERROR < 0.0079


def test_negative_zero_and_what_is_too_small_to_tell_are_zero() -> None:
    tiny = [-0.0, 0.0, 5e-324, float(np.nextafter(ZERO_BELOW, 0.0))]

    assert [bucket(value) for value in tiny] == buckets_of(tiny).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("value", NO_BUCKET)
def test_what_has_no_bucket_is_refused_and_quoted(value: float) -> None:
    with pytest.raises(ValueError, match="has no bucket") as refusal:
        bucket(value)

    assert repr(value) in str(refusal.value)


@pytest.mark.parametrize("value", NO_BUCKET)
def test_one_bad_value_refuses_the_whole_array(value: float) -> None:
    with pytest.raises(ValueError, match="has no bucket"):
        buckets_of([1.0, value, 2.0])
