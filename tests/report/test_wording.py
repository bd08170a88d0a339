"""The words at the top and about each gate: true to the numbers, whatever they are."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.charts.sentence import plain
from rumtest.compare import model
from rumtest.report.compose_gates import gate_views
from rumtest.report.view import GateView
from rumtest.report.wording import headline_of, summary_of, unfit_headline
from rumtest.report.wording_gates import (
    allowance,
    change_short,
    confirmation,
    finding_summary,
    interval_note,
    measured_change,
)
from rumtest.report.wording_terms import condition_of, metric_view, plain_clause, subject_of
from rumtest.report.wording_unknowns import unknown_of
from tests.support.report_gates import change_of, gate, side_of
from tests.support.report_lab import Lab

S = "\u00a0"
PHONE = {"phone-p75": {"device": "Pixel 7"}}
PAGES = ("Home", "Product page", "Checkout", "/login")


def result(
    verdict: model.Verdict = model.Verdict.REGRESSED,
    *,
    step: str = "Product page",
    metric: str = "lcp",
    estimate: float = 156.0,
    error: float = 30.0,
    middle: float = 1870.0,
    pairs: int = 20,
    relative: float = 0.05,
    absolute: float = 20.0,
    confirmed: bool | None = None,
) -> model.GateResult:
    """A result with just these numbers."""
    one = gate(Lab(), step, metric, relative=relative, absolute=absolute)
    tolerance = max(relative * middle, absolute)
    change = change_of(estimate, error, middle, n=pairs)
    return model.GateResult(
        gate=one,
        outcome=model.Outcome.PASSED,
        reason=model.Reason(verdict.value, "By the numbers."),
        base=side_of([middle] * pairs),
        head=side_of([middle + estimate] * pairs),
        verdict=verdict,
        change=change,
        pairs=((middle, middle + estimate),) * pairs,
        tolerance=tolerance,
        tolerance_relative=tolerance / middle,
        scale="log" if relative * middle >= absolute else "identity",
        confirmed=None if confirmed is None else model.Confirmation(15, change, 0.01, confirmed),
        pairs_to_decide=105,
        regression_excluded=False,
    )


def threshold(
    value: float,
    low: float | None,
    high: float | None,
    outcome: model.Outcome,
    *,
    limit: float = 2500.0,
) -> model.GateResult:
    """A limit of LCP with just these numbers."""
    return model.GateResult(
        gate=gate(Lab(), "Product page", "lcp", limit=limit),
        outcome=outcome,
        reason=model.Reason("limit", "By the numbers."),
        base=None,
        head=side_of([value] * 20),
        value=model.Value(value, low, high, 20),
    )


def views(*results: model.GateResult) -> tuple[GateView, ...]:
    return gate_views(results)


def headline(*results: model.GateResult) -> str:
    return plain(headline_of(views(*results), PHONE))


UNCHANGED = model.Verdict.UNCHANGED
IMPROVED = model.Verdict.IMPROVED
OPEN = model.Verdict.INCONCLUSIVE
RED = model.Verdict.REGRESSED


def test_one_regression_is_told_by_what_it_means_and_where() -> None:
    told = headline(result(), result(UNCHANGED, step="Home", estimate=0))

    assert told == "The product page shows its main content later on phones"


def test_several_regressions_are_counted_and_placed() -> None:
    red = [result(metric=m) for m in ("lcp", "fcp")]
    quiet = [result(UNCHANGED, step="Home", metric=m, estimate=0) for m in ("ttfb", "fcp")]

    told = headline(*red, result(step="Checkout"), *quiet)

    assert told == "3 of 5 gates regressed, two of them on the product page"


def test_regressions_on_one_page_alone_say_so() -> None:
    told = headline(result(), result(metric="fcp"))

    assert told == "2 of 2 gates regressed, both on the product page"


def test_a_missed_limit_is_told_with_value_and_limit() -> None:
    told = headline(threshold(2710, 2600, 2800, model.Outcome.FAILED))

    assert told == f"LCP p75 is 2.71{S}s on phones; the limit is 2.5{S}s"


def test_a_value_that_rounds_to_its_limit_shows_one_more_digit() -> None:
    told = headline(threshold(2504, 2502, 2510, model.Outcome.FAILED))

    assert f"is 2.504{S}s" in told


def test_open_gates_are_never_told_as_no_problem() -> None:
    told = headline(result(OPEN), result(UNCHANGED, step="Home", estimate=0))

    assert told == "Nothing got worse that this run could see; 1 of 2 gates stays open"


def test_a_run_that_decided_nothing_says_so() -> None:
    assert headline(result(OPEN)) == "This run could not tell: its only gate stays open"
    assert "all 2 gates stay open" in headline(result(OPEN), result(OPEN, step="Home"))


def test_no_change_comes_with_what_would_have_been_seen() -> None:
    told = headline(result(UNCHANGED, estimate=2, error=30))

    assert told.startswith("No gate changed; changes from ")
    assert told.endswith(" up would have been seen")


def test_an_unfit_machine_is_told_with_what_it_did_to_an_unchanged_page() -> None:
    told = plain(unfit_headline(0.14))

    assert told == (
        f"This machine was too noisy to judge: an unchanged page differed by 14{S}% from itself"
    )


ANY = st.sampled_from(list(model.Verdict))


@given(st.lists(st.tuples(ANY, st.sampled_from(PAGES)), min_size=1, max_size=12))
def test_the_headline_follows_the_order_of_severity(
    made: Sequence[tuple[model.Verdict, str]],
) -> None:
    results = [
        result(verdict, step=page, estimate=-156 if verdict is IMPROVED else 156)
        for verdict, page in made
    ]
    verdicts = {verdict for verdict, _ in made}

    told = headline(*results)

    if RED in verdicts:
        assert "later" in told or "regressed" in told
    elif OPEN in verdicts:
        assert "open" in told
    elif IMPROVED in verdicts:
        assert "earlier" in told or "improved" in told
    else:
        assert told.startswith("No gate changed")


@given(st.lists(st.sampled_from(PAGES), min_size=2, max_size=9))
def test_the_counts_in_a_headline_are_the_counts_of_the_gates(pages: Sequence[str]) -> None:
    told = headline(*(result(step=page) for page in pages))

    assert told.startswith(f"{len(pages)} of {len(pages)} gates regressed")


@given(
    st.floats(-900, 900).filter(lambda x: abs(x) > 0.01), st.sampled_from(("lcp", "inp", "cls"))
)
def test_the_direction_of_a_sentence_is_the_sign_of_its_number(
    estimate: float, metric: str
) -> None:
    one = views(result(RED, metric=metric, estimate=estimate))[0]

    told = plain(measured_change(one, sided=False))

    assert (" longer" in told or " more" in told) == (estimate > 0)
    # What is too small for the digits shown has no sign of its own; none ever has the wrong one.
    assert ("+" in told or "±" in told) if estimate > 0 else ("+" not in told)


@given(st.floats(0.1, 400), st.floats(1, 200))
def test_the_note_on_an_interval_stands_only_where_it_reaches_into_the_allowance(
    estimate: float, error: float
) -> None:
    one = views(result(estimate=estimate, error=error))[0]
    assert one.change is not None
    assert one.tolerance is not None

    told = plain(interval_note(one))

    reaches = 0 < one.change.absolute_low < (one.tolerance.absolute or 0)
    assert bool(told) == reaches


def test_the_allowance_is_told_on_the_scale_it_is_judged_on() -> None:
    relative = views(result())[0]
    absolute = views(result(middle=180, estimate=30))[0]

    assert allowance(relative) == f"5{S}% is allowed"
    assert allowance(absolute) == f"20{S}ms is allowed"


def test_a_re_run_that_disagreed_is_told_as_that() -> None:
    agreed, disagreed = views(result(confirmed=True), result(OPEN, step="Home", confirmed=False))

    assert plain(confirmation(agreed)).startswith("Confirmed by a fresh re-run")
    assert "did not confirm" in plain(confirmation(disagreed))


def test_the_card_says_whether_the_limit_still_holds() -> None:
    gates = views(result(), threshold(2030, 1990, 2100, model.Outcome.PASSED))

    assert f"The limit of 2.5{S}s still holds." in plain(finding_summary(gates[0], gates[1]))


@given(st.floats(-400, 400), st.floats(5, 300))
def test_what_fits_the_data_names_both_ends_of_the_interval(estimate: float, error: float) -> None:
    one = views(result(OPEN, estimate=estimate, error=error))[0]
    assert one.change is not None

    told = plain(unknown_of(one, 105).fits)

    assert ("slower" in told) == ((one.change.high or 0) > 0)
    assert ("faster" in told) == ((one.change.low or 0) < 0)
    assert "the gate asks for" in told


def test_the_remedy_gives_the_option_to_type() -> None:
    one = views(result(OPEN))[0]

    assert "(-n 105)" in plain(unknown_of(one, 105).remedy)
    assert "-n" not in plain(unknown_of(one, None).remedy)


def test_loads_of_two_runs_are_counted_as_loads() -> None:
    one = replace(views(result(OPEN))[0], advisory=True)

    told = unknown_of(one, 105)

    assert "With 20 loads this run sees" in plain(told.fits)
    assert "105 loads" in plain(told.remedy)


def test_a_hopeless_number_of_pairs_is_no_advice() -> None:
    one = views(result(OPEN))[0]

    assert plain(unknown_of(one, 3149).remedy).startswith("It would take about 3,149 pairs;")


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("not-rerun", "Let the run go on to its end, re-run included."),
        ("not-measured", "Let the run go on to its end."),
        ("too-few", "Measure more pairs."),
    ],
)
def test_the_remedy_follows_from_the_reason(code: str, remedy: str) -> None:
    made = replace(result(OPEN), reason=model.Reason(code, "So it is."))

    assert plain(unknown_of(views(made)[0], None).remedy) == remedy


@pytest.mark.parametrize("code", ["too-few", "failed-loads", "metric-missing"])
def test_data_that_carry_no_test_are_told_by_their_reason(code: str) -> None:
    made = replace(
        result(OPEN), reason=model.Reason(code, "4 whole pairs; at least 8 are needed.")
    )

    told = plain(unknown_of(views(made)[0], None).fits)

    assert told == "4 whole pairs; at least 8 are needed."


def test_a_change_of_very_little_is_told_in_its_unit() -> None:
    one = views(result(OPEN, metric="ttfb", middle=9, estimate=-6, error=20))[0]

    told = plain(unknown_of(one, 74).fits)

    assert "%" not in told
    assert told.startswith(f"Anything from 45{S}ms faster to 33{S}ms slower fits the data.")


def test_a_limit_without_an_upper_end_is_told_as_not_yet_kept() -> None:
    one = views(threshold(1960, 1930, None, model.Outcome.UNDECIDED))[0]

    told = plain(unknown_of(one, None).fits)

    assert f"from 1.93{S}s up" in told
    assert "cannot be called kept" in told


def test_a_missed_limit_says_whether_base_kept_it() -> None:
    missed = threshold(2710, 2600, 2800, model.Outcome.FAILED)
    kept = replace(missed, base=side_of([2400.0] * 20))
    gates = views(kept)

    told = plain(summary_of(gates, gates[0], ()))

    assert told.startswith(f"Base kept it, at 2.40{S}s.")


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        ("Product page", "The product page"),
        ("/login", "Page /login"),
        ("Add to cart", "Add to cart"),
    ],
)
def test_a_place_becomes_a_subject(place: str, subject: str) -> None:
    assert plain(subject_of(place)) == subject


@pytest.mark.parametrize(
    ("profile", "settings", "told"),
    [
        ("phone-p75", {"device": "Pixel 7"}, "on phones"),
        ("mine", {"device": "iPad Mini"}, "on tablets"),
        ("desktop", {}, "on desktops"),
        ("slow", {"device": None}, "under the profile slow"),
    ],
)
def test_a_profile_is_told_as_people_say_it(
    profile: str, settings: dict[str, object], told: str
) -> None:
    assert condition_of(profile, settings) == told


@given(st.sampled_from(("lcp", "fcp", "ttfb", "inp", "cls", "tbt", "duration", "load", "hero")))
def test_every_metric_has_a_clause_for_worse_and_one_for_better(metric: str) -> None:
    shown = metric_view(metric)

    assert plain_clause(shown, worse=True) != plain_clause(shown, worse=False)


@given(st.floats(-2, 3).filter(lambda x: abs(x) > 1e-4))
def test_the_short_change_never_rounds_to_zero(share: float) -> None:
    one = views(result(estimate=1870 * share))[0]

    assert not change_short(one).startswith("±")
