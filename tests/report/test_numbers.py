"""How numbers are written, and that rounding never crosses a line."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rumtest.charts.data import Kind
from rumtest.report.numbers import (
    change_range,
    change_text,
    count_text,
    limit_text,
    pair_text,
    percent_range,
    percent_text,
    value_range,
    value_text,
)

S = "\u00a0"
M = "\u2212"
UNITS = {"ms": 1.0, "s": 1000.0, "": 1.0, "B": 1.0, "kB": 1e3, "MB": 1e6, "%": 0.01}


def read_back(text: str) -> float:
    """What a reader would take the text to say."""
    number, _, unit = text.replace(M, "-").replace("±", "").replace(",", "").partition(S)
    return float(number) * UNITS[unit]


def side(value: float, line: float) -> int:
    return (value > line) - (value < line)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0, "ms", f"0{S}ms"),
        (156.4, "ms", f"156{S}ms"),
        (999.6, "ms", f"1.00{S}s"),
        (1874, "ms", f"1.87{S}s"),
        (9_996, "ms", f"10.0{S}s"),
        (10_040, "ms", f"10.0{S}s"),
        (72_000, "ms", f"1{S}min 12{S}s"),
        (59_970, "ms", f"1{S}min 0{S}s"),
        (0, "shift", "0"),
        (0.0317, "shift", "0.032"),
        (0.144, "shift", "0.14"),
        (512, "byte", f"512{S}B"),
        (84_200, "byte", f"84{S}kB"),
        (9_000, "byte", f"9{S}kB"),
        (1_234_567, "byte", f"1.2{S}MB"),
        (12_345, "count", "12,345"),
        (0.073, "share", f"7.3{S}%"),
        (0.42, "share", f"42{S}%"),
        (None, "ms", "unknown"),
    ],
)
def test_a_value_is_written_as_the_report_writes_it(
    value: float | None, kind: Kind, text: str
) -> None:
    assert value_text(value, kind) == text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (156, "ms", f"+156{S}ms"),
        (-4.2, "ms", f"{M}4{S}ms"),
        (1040, "ms", f"+1.04{S}s"),
        (0, "ms", f"±0{S}ms"),
        (0.2, "ms", f"+0.2{S}ms"),
        (0.034, "shift", "+0.034"),
        (0.012, "share", f"+1.2{S}points"),
    ],
)
def test_a_difference_has_its_sign_and_stays_in_ms_below_a_second(
    value: float, kind: Kind, text: str
) -> None:
    assert change_text(value, kind) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0831, f"+8.3{S}%"), (0.0996, f"+10{S}%"), (-0.124, f"{M}12{S}%"), (0, f"±0.0{S}%")],
)
def test_percent_has_one_decimal_below_ten_and_none_from_there(share: float, text: str) -> None:
    assert percent_text(share) == text


def test_an_intervals_ends_have_as_many_digits_as_their_estimate() -> None:
    assert percent_range(0.037, 0.1012, 0.083) == f"+3.7 to +10.1{S}%"
    assert percent_range(0.052, 0.189, 0.12) == f"+5 to +19{S}%"


def test_an_intervals_unit_is_told_once_where_both_ends_share_it() -> None:
    assert change_range(-3, 7, "ms") == f"{M}3 to +7{S}ms"
    assert change_range(900, 1100, "ms") == f"+900{S}ms to +1.10{S}s"
    assert value_range(1940, 2180, "ms") == f"1.94 to 2.18{S}s"
    assert pair_text(84_200, 212_400, "byte") == f"84 → 212{S}kB"


def test_two_ends_that_read_alike_are_told_once() -> None:
    assert change_range(0.1429, 0.1431, "shift") == "+0.14"
    assert change_range(-1e-5, 1e-5, "ms") == f"±0{S}ms"


def test_no_share_at_all_has_no_decimal() -> None:
    assert value_text(0.0, "share") == f"0{S}%"


def test_an_end_that_few_loads_cannot_give_is_said_to_be_open() -> None:
    assert value_range(1930, None, "ms") == f"at least 1.93{S}s"
    assert value_range(None, 1930, "ms") == f"at most 1.93{S}s"
    assert value_range(None, None, "ms") == "no interval"


def test_a_limit_is_told_as_it_was_written() -> None:
    assert limit_text(2500, "ms") == f"2.5{S}s"
    assert limit_text(800, "ms") == f"800{S}ms"
    assert limit_text(0.1, "shift") == "0.1"
    assert limit_text(0.01, "share") == f"1{S}%"


def test_a_value_just_above_its_limit_shows_the_digit_that_tells() -> None:
    assert value_text(2504, "ms", lines=(2500,)) == f"2.504{S}s"


def test_an_end_that_only_closes_over_ties_reads_as_zero() -> None:
    assert change_range(-8, 1e-5, "ms") == f"{M}8 to ±0{S}ms"
    assert percent_range(-0.4, 1e-6, -0.13) == f"{M}40 to ±0{S}%"


def test_counts_have_commas_between_thousands() -> None:
    assert count_text(48_210) == "48,210"


KINDS: st.SearchStrategy[Kind] = st.sampled_from(("ms", "shift", "byte", "share"))


@given(KINDS, st.floats(0, 50_000), st.floats(0, 50_000))
def test_a_rounded_value_stays_on_its_side_of_a_limit(
    kind: Kind, value: float, limit: float
) -> None:
    # Nearer than this no number of digits that anyone reads tells them apart.
    assume(abs(value - limit) > 1e-5 * max(1.0, limit))

    shown = read_back(value_text(value, kind, lines=(limit,)))

    assert side(shown, limit) == side(value, limit)


@given(st.sampled_from(("ms", "shift", "byte")), st.floats(-50_000, 50_000))
def test_a_difference_never_loses_or_turns_its_sign(kind: Kind, value: float) -> None:
    assume(value == 0 or abs(value) > 1e-4)

    text = change_text(value, kind)

    assert text[0] == {1: "+", -1: M, 0: "±"}[side(value, 0)]
    assert side(read_back(text.lstrip("+")), 0) == side(value, 0)


@given(st.floats(-3, 3), st.floats(0.001, 0.5))
def test_a_percentage_stays_on_its_side_of_zero_and_of_the_allowance(
    share: float, allowed: float
) -> None:
    assume(abs(share) > 1e-4 and abs(abs(share) - allowed) > 1e-6)

    shown = read_back(percent_text(share, lines=(0.0, allowed, -allowed)).lstrip("+"))

    for line in (0.0, allowed, -allowed):
        assert side(shown, line) == side(share, line)


@given(KINDS, st.floats(0, 1e7))
def test_a_written_number_keeps_its_unit_on_the_line(kind: Kind, value: float) -> None:
    text = value_text(value, kind)

    assert re.fullmatch(rf"[\d.,]+({S}\w+|{S}%)?( \d+{S}s)?", text), text
