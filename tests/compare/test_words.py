"""Numbers in sentences are short, have their unit, and never cross a line by rounding."""

import pytest

from rumtest.compare.words import amount, plural, share, signed_amount, signed_share, span
from rumtest.metric import METRICS, Metric

LCP, CLS = METRICS["lcp"], METRICS["cls"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (8.66, "8.7 ms"),
        (4.0, "4 ms"),
        (156.2, "156 ms"),
        (1870.0, "1.87 s"),
        (12_340.0, "12.3 s"),
    ],
)
def test_times_are_told_in_the_unit_that_reads_best(value: float, text: str) -> None:
    assert amount(value, LCP).replace("\xa0", " ") == text


@pytest.mark.parametrize(("value", "text"), [(0.0123, "0.012"), (0.251, "0.25"), (0.0, "0")])
def test_layout_shifts_have_two_or_three_decimals(value: float, text: str) -> None:
    assert amount(value, CLS) == text


def test_rounding_does_not_put_a_missed_limit_onto_the_line() -> None:
    assert amount(2504.0, LCP, line=2500.0).replace("\xa0", " ") == "2.504 s"


def test_bytes_are_told_in_thousands() -> None:
    size = Metric("bytes", "Bytes", "byte", None, None, (0, 1e12), "ours")

    assert amount(128_000, size).replace("\xa0", " ") == "128 kB"


@pytest.mark.parametrize(("value", "text"), [(0.0083, "0.8 %"), (0.05, "5 %"), (0.132, "13 %")])
def test_shares_are_percentages(value: float, text: str) -> None:
    assert share(value).replace("\xa0", " ") == text


def test_signs_are_a_plus_or_a_true_minus() -> None:
    assert [signed_share(value).replace("\xa0", " ") for value in (0.08, -0.08, 0.0)] == [
        "+8 %",
        "−8 %",
        "0 %",
    ]
    assert signed_amount(-148.0, LCP).replace("\xa0", " ") == "−148 ms"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (-0.08, 0.18, "from 8 % faster to 18 % slower"),
        (0.04, 0.06, "from 4 % to 6 % slower"),
        (-0.06, -0.04, "from 4 % to 6 % faster"),
    ],
)
def test_an_interval_is_told_in_words(low: float, high: float, text: str) -> None:
    assert span(low, high, LCP, relative=True).replace("\xa0", " ") == text


def test_what_is_no_time_is_higher_or_lower() -> None:
    assert span(-0.01, 0.02, CLS, relative=False) == "from 0.010 lower to 0.020 higher"


def test_one_thing_is_not_many() -> None:
    assert (plural(1, "pair"), plural(2, "pair")) == ("1 pair", "2 pairs")
