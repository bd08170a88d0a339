"""Threshold expressions, and what cannot be promised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.scenario.threshold import parse_threshold
from tests.support.scenario import NOWHERE


@pytest.mark.parametrize(
    ("metric", "text", "aggregation", "quantile", "operator", "limit"),
    [
        ("lcp", "p75 < 2500ms", "quantile", 0.75, "<", 2500.0),
        ("lcp", "p75<2s", "quantile", 0.75, "<", 2000.0),
        ("lcp", "median <= 1.5 s", "quantile", 0.5, "<=", 1500.0),
        ("lcp", "p99.9 < 1m", "quantile", 0.999, "<", 60_000.0),
        ("cls", "p75 < 0.1", "quantile", 0.75, "<", 0.1),
        ("errors", "rate < 1%", "rate", None, "<", 0.01),
        ("errors", "count == 0", "count", None, "==", 0.0),
        ("hero_shown", "p75 < 2s", "quantile", 0.75, "<", 2000.0),
    ],
)
def test_an_expression_is_read_in_the_unit_of_its_metric(
    metric: str, text: str, aggregation: str, quantile: float | None, operator: str, limit: float
) -> None:
    read = parse_threshold(metric, text, NOWHERE)

    assert (read.aggregation, read.quantile, read.operator, read.limit, read.text) == (
        aggregation,
        quantile,
        operator,
        limit,
        text,
    )


@pytest.mark.parametrize(
    ("metric", "text", "words"),
    [
        ("lcp", "fast", r"'fast' is not a threshold \(p75 < 2500ms\)"),
        ("cls", "", r"is not a threshold \(p75 < 0.1\)"),
        ("errors", "none", r"is not a threshold \(count == 0\)"),
        ("tbt", "low", r"\(p75 < 200ms\)"),
        ("duration", "low", r"\(p75 < 2.5s\)|\(p75 < 2500ms\)"),
        ("lcp", "mean < 2s", "`mean` is not offered"),
        ("lcp", "avg < 2s", "`avg` is not offered"),
        ("lcp", "max < 2s", "it is a single load"),
        ("lcp", "p0 < 2s", "is not one of p1 to p99.9"),
        ("lcp", "p100 < 2s", "is not one of p1 to p99.9"),
        ("lcp", "p75 < 2500", "write 2500ms"),
        ("lcp", "p75 < 2.5sec", "has no unit of time"),
        ("lcp", "p75 == 2s", "can only be kept by a count"),
        ("lcp", "p75 = 2s", "did you mean `==`"),
        ("lcp", "p75 < 1h", "no lcp is ever above"),
        ("lcp", "p75 < 0s", "cannot be kept"),
        ("lcp", "p75 >= 0s", "promises nothing"),
        ("lcp", "rate < 1%", "for lcp write p75"),
        ("cls", "p75 < 100ms", "cls has no unit"),
        ("errors", "rate < 0.01", "is not a share"),
        ("errors", "rate < 200%", "at most 100%"),
        ("errors", "count == 1%", "a count is a plain number"),
    ],
)
def test_what_cannot_be_promised_is_refused_in_words(metric: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_threshold(metric, text, NOWHERE)


@given(st.sampled_from(["lcp", "cls", "errors"]), st.text())
def test_any_text_is_read_or_refused(metric: str, text: str) -> None:
    try:
        words = parse_threshold(metric, text, NOWHERE).text
    except ValueError as error:
        words = str(error)

    assert words
