"""A histogram survives JSON, and a damaged document is refused with what is wrong."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.distribution.document import from_document, to_document
from rumtest.distribution.histogram import Histogram
from rumtest.metric import METRICS

values = st.lists(st.floats(min_value=0.0, max_value=1e6), max_size=60)


@given(values, st.sampled_from(["lcp", "duration"]))
def test_a_histogram_comes_back_from_json_as_it_went(sample: list[float], metric: str) -> None:
    histogram = Histogram.of(sample, METRICS[metric])

    assert from_document(json.loads(json.dumps(to_document(histogram)))) == histogram


@given(values.filter(bool), st.floats(min_value=0.5, max_value=16.0))
def test_weights_and_session_sums_come_back_too(sample: list[float], weight: float) -> None:
    plain = Histogram.of(sample, METRICS["lcp"])
    histogram = replace(
        plain,
        counts=plain.counts * weight,
        w=plain.n * weight,
        ww=plain.n * weight**2,
        sessions=3,
        mm=2.5,
        mb=1.5,
        bb=0.5,
        at=2500.0,
        values=None,
    )

    assert from_document(json.loads(json.dumps(to_document(histogram)))) == histogram


def test_the_document_is_the_one_of_the_contract() -> None:
    assert to_document(Histogram.of([1000.0, 1000.0, 1.0], METRICS["lcp"])) == {
        "format": 1,
        "scheme": "log2/7",
        "buckets": [1921, 3195],
        "counts": [1, 2],
        "n": 3,
        "good": 3,
        "poor": 0,
        "values": [1000.0, 1000.0, 1.0],
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "format 2"),
        ({"scheme": "log10"}, "scheme 'log10'"),
        ({"buckets": [5]}, "1 buckets but 2 counts"),
        ({"buckets": [9, 5]}, "ascend"),
        ({"buckets": [5, 7041]}, "7041 does not exist"),
        ({"buckets": [5, 9.5]}, "9.5"),
        ({"buckets": None}, "not a list"),
        ({"counts": [1, 0]}, "left out"),
        ({"counts": [1, -1]}, "-1"),
        ({"counts": [1, True]}, "True"),
        ({"counts": [1, "2"]}, "'2'"),
        ({"counts": [1, 5]}, "n is 3"),
        ({"n": -3}, "-3"),
        ({"good": 1.5}, "1.5"),
        ({"w": float("inf")}, "inf"),
        ({"values": [1.0]}, "1 raw values of 3"),
        ({"colour": "red"}, "'colour' is not a field"),
    ],
)
def test_a_damaged_document_is_refused_with_what_is_wrong(
    change: dict[str, Any], told: str
) -> None:
    document = to_document(Histogram.of([1.0, 1000.0, 1000.0])) | change

    with pytest.raises(ValueError, match=told):
        from_document(document)
