"""Headings above charts: each is worked out from the data it stands over."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rumtest.charts.sentence import plain
from rumtest.report.parts import PartChange
from rumtest.report.resample import Band
from rumtest.report.resources import ResourceChange
from rumtest.report.view import Estimate
from rumtest.report.wording_charts import (
    any_two_heading,
    few_heading,
    limit_heading,
    order_heading,
    pairs_heading,
    parts_heading,
    shift_heading,
    waterfall_heading,
)
from rumtest.report.wording_terms import metric_view

S = "\u00a0"
M = "\u2212"
LCP = metric_view("lcp")
CLS = metric_view("cls")
NUMBERS = st.lists(st.floats(-500, 500), min_size=1, max_size=40)


@given(NUMBERS)
def test_the_pairs_heading_counts_the_pairs(differences: Sequence[float]) -> None:
    told = plain(pairs_heading(LCP, differences))
    above, below = sum(d > 0 for d in differences), sum(d < 0 for d in differences)

    if not above and not below:
        assert "equal" in told
    else:
        assert ("slower" in told) == (above >= below)
        most = max(above, below)
        whole = "all " if most > 1 else "the only pair"
        assert (f"{most} of {len(differences)} pairs" in told) or whole in told


def test_the_pairs_heading_of_a_score_speaks_of_higher() -> None:
    assert plain(pairs_heading(CLS, [0.1, 0.2, -0.1])) == "Head was higher in 2 of 3 pairs"


@given(st.lists(st.floats(100, 900), min_size=1, max_size=20), NUMBERS)
def test_the_unpaired_heading_never_claims_less_than_half(
    base: Sequence[float], head: Sequence[float]
) -> None:
    told = plain(any_two_heading(LCP, base, head))

    share = told.partition("slower ")[2] or told.partition("faster ")[2]
    if share and "as often" not in told:
        assert float(share.partition(S)[0]) >= 50


def test_few_loads_are_told_as_few() -> None:
    assert (
        plain(few_heading(3, 0.31, paired=True)) == f"3 pairs can show only changes from 31{S}% up"
    )
    assert plain(few_heading(1, None, paired=True)) == "1 pair is too few to show a change"


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=40), st.floats(1, 5000))
def test_the_limit_heading_counts_the_loads_above(values: Sequence[float], limit: float) -> None:
    above = sum(value > limit for value in values)

    told = plain(limit_heading(values, limit, "ms"))

    if above == 0:
        assert "keep within" in told
    elif above == len(values):
        assert "are above" in told
    else:
        assert told.startswith(f"{above} of {len(values)} load")


def test_a_steady_difference_is_told_as_all_along() -> None:
    differences = [100.0, 120, 90, 130, 110, 95, 125, 105, 115, 100, 118, 99]

    told = plain(order_heading(LCP, differences, range(12)))

    assert told == "All along: no drift from the first pair to the last"


def test_a_growing_difference_is_told_as_drift() -> None:
    differences = [float(10 * i) for i in range(12)]

    assert plain(order_heading(LCP, differences, range(12))).startswith("It drifts: +25")


def test_one_bad_spell_is_told_with_its_pairs() -> None:
    differences = [2.0, -3, 1, 210, 190, 205, 200, 4, 1, 2, 1, -2]

    told = plain(order_heading(LCP, differences, range(12)))

    assert told == f"Mostly one spell: pairs 4 to 7; the others show +1{S}ms on average"


def test_a_single_bad_pair_is_told_as_that() -> None:
    differences = [2.0, -3, 1, 2, 900, 1, 2, 3, -2, 1, 3, 2]

    told = plain(order_heading(LCP, differences, range(12)))

    assert told.startswith("Mostly one spell: pair 5 alone; the others show +")


def test_few_pairs_cannot_tell_a_spell() -> None:
    assert "too few" in plain(order_heading(LCP, [1.0, 2, 3], range(3)))


def band(values: Sequence[float], half: float) -> Band:
    shares = tuple(0.1 + 0.8 * i / (len(values) - 1) for i in range(len(values)))
    return Band(
        shares,
        tuple(values),
        tuple(v - half for v in values),
        tuple(v + half for v in values),
    )


def test_an_even_shift_is_told_as_alike() -> None:
    told = plain(shift_heading(LCP, band([150, 140, 155, 148, 152], 40)))

    assert told == "Fast and slow loads slowed alike"


def test_a_shift_of_the_slow_end_alone_names_where_it_begins() -> None:
    told = plain(shift_heading(LCP, band([0, 2, 1, 200, 900], 20)))

    assert told.startswith("Nothing sure up to p50; +200")
    assert "at p90" in told


def test_a_wide_band_claims_nothing() -> None:
    told = plain(shift_heading(LCP, band([50, 20, 90, 10, 140], 400)))

    assert "do not tell them apart" in told


@given(st.lists(st.floats(-300, 300), min_size=5, max_size=17), st.floats(1, 300))
def test_alike_is_only_said_where_every_percentile_is_near_the_middle(
    values: Sequence[float], half: float
) -> None:
    told = plain(shift_heading(LCP, band(values, half)))

    if "alike" in told:
        middle = sorted(values)[len(values) // 2] if len(values) % 2 else None
        assert max(values) - min(values) <= 2 * half
        assert middle is None or all(abs(v - middle) <= 0.35 * abs(middle) for v in values)


def part(key: str, effect: float, half: float) -> PartChange:
    return PartChange(
        key, key, 500, 500 + effect, Estimate(effect, effect - half, effect + half, 20)
    )


def test_the_part_that_carries_the_change_is_named_with_its_share() -> None:
    parts = [part("ttfb", 2, 10), part("load_duration", 135, 40)]

    told = plain(parts_heading(LCP, parts, 156, "/img/hero.avif"))

    assert told == f"Loading /img/hero.avif takes 135{S}ms longer: 87{S}% of the change"


def test_no_part_is_named_within_its_noise() -> None:
    parts = [part("ttfb", 2, 10), part("load_duration", 35, 40)]

    assert plain(parts_heading(LCP, parts, 40, "")) == "No part moved beyond the noise"


def test_one_changed_request_is_told_by_name() -> None:
    changed = ResourceChange("size", "/hero.avif", "/hero.avif", "image", True, 84_200, 212_400)

    told = plain(waterfall_heading([changed], 12))

    assert told == f"/hero.avif went from 84{S}kB to 212{S}kB; the rest are alike"


def test_several_changed_requests_are_counted_by_kind() -> None:
    new = [ResourceChange("new", f"/{i}.js", f"/{i}.js", "script", True) for i in range(2)]
    gone = ResourceChange("gone", "/old.js", "/old.js", "script", True)

    told = plain(waterfall_heading([*new, gone], 12))

    assert told == "Two requests are new, one is gone"


def test_equal_requests_are_told_as_alike() -> None:
    assert plain(waterfall_heading([], 12)) == "All 12 requests are alike on both sides"
