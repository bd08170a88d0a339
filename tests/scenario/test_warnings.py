"""Promises that the loads of a scenario can never show kept are warned of."""

from pathlib import Path

import pytest

from rumtest.scenario.loader import warnings
from rumtest.scenario.threshold import parse_threshold
from rumtest.scenario.warnings import loads_to_keep
from tests.support.scenario import HEAD, MINIMAL, NOWHERE, load_text, step


# The numbers of docs/statistics.md, *Limits on their own*.
@pytest.mark.parametrize(
    ("text", "loads"),
    [("median", 6), ("p75", 11), ("p90", 29), ("p95", 59), ("p99", 299)],
)
@pytest.mark.parametrize("operator", ["<", ">"])
def test_a_quantile_needs_loads_on_both_sides_of_it(text: str, loads: int, operator: str) -> None:
    threshold = parse_threshold("lcp", f"{text} {operator} 2s", NOWHERE)

    assert loads_to_keep(threshold) == loads


# Wilson's upper end for 0 of n is z²/(n + z²): 3.84/(381 + 3.84) is the first below 1 %.
@pytest.mark.parametrize(
    ("text", "loads"), [("rate < 1%", 381), ("rate < 50%", 4), ("rate <= 100%", 1)]
)
def test_a_rate_needs_loads_for_its_interval(text: str, loads: int) -> None:
    assert loads_to_keep(parse_threshold("errors", text, NOWHERE)) == loads


def test_a_count_is_exact_from_the_first_load() -> None:
    assert loads_to_keep(parse_threshold("errors", "count == 0", NOWHERE)) == 1


def test_a_threshold_that_max_loads_cannot_keep_is_warned_of_at_its_place(tmp_path: Path) -> None:
    text = MINIMAL + "thresholds:\n  lcp: p95 < 2s\n"

    (warning,) = warnings(load_text(tmp_path, text))

    assert (warning.place.line, warning.place.column, warning.code) == (5, 8, "too-few-loads")
    assert "never kept with 50 loads; it needs 59" in warning.message


def test_a_threshold_of_a_step_is_warned_of_too(tmp_path: Path) -> None:
    text = step("", "thresholds: {lcp: p99 < 2s}")

    assert [w.code for w in warnings(load_text(tmp_path, text))] == ["too-few-loads"]


def test_enough_loads_are_not_warned_of(tmp_path: Path) -> None:
    text = MINIMAL + "sampling: {iterations: {max: 59}}\nthresholds: {lcp: p95 < 2s}\n"

    assert warnings(load_text(tmp_path, text)) == ()


def test_too_few_pairs_to_compare_are_warned_of_unless_nothing_is_gated(tmp_path: Path) -> None:
    text = MINIMAL + "sampling: {iterations: {max: 7}}\n"

    assert [w.code for w in warnings(load_text(tmp_path, text))] == ["too-few-pairs"]
    assert warnings(load_text(tmp_path, text + "regression: none\n")) == ()


def test_a_metric_that_no_step_can_have_is_warned_of(tmp_path: Path) -> None:
    text = HEAD + "pages: [/]\nthresholds: {inp: p75 < 200ms}\n"

    assert [w.code for w in warnings(load_text(tmp_path, text))] == ["never-measured"]
