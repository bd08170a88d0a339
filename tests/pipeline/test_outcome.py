"""The exit status follows from the comparison: failed, open when asked, interrupted, or fine."""

import pytest

from rumtest.compare.model import Comparison, Gate, GateResult, Outcome, Reason, Side, Verdict
from rumtest.pipeline.outcome import status_of

GATE = Gate("g", "regression", "s", "s", "j", "step", "step", "lcp", "desktop", "cold")


def comparison(
    outcome: Outcome,
    verdict: Verdict | None = None,
    *,
    advisory: bool = False,
    excluded: bool = False,
) -> Comparison:
    result = GateResult(
        GATE,
        outcome,
        Reason("code", "Why."),
        None,
        Side((), None, None),
        verdict,
        regression_excluded=excluded,
        advisory=advisory,
    )
    return Comparison((result,), 1, (10,), 0.005, 0.1)


def status(it: Comparison, *, interrupted: bool = False, fail_inconclusive: bool = False) -> int:
    return status_of(it, interrupted=interrupted, fail_inconclusive=fail_inconclusive)


def test_a_gate_that_failed_ends_with_1_unless_it_is_advice() -> None:
    assert status(comparison(Outcome.FAILED, Verdict.REGRESSED)) == 1
    assert status(comparison(Outcome.FAILED, Verdict.REGRESSED, advisory=True)) == 0


def test_an_open_gate_ends_with_0_and_with_6_only_when_asked_to() -> None:
    is_open = comparison(Outcome.UNDECIDED, Verdict.INCONCLUSIVE)

    assert status(is_open) == 0
    assert status(is_open, fail_inconclusive=True) == 6


def test_an_inconclusive_gate_that_excludes_a_regression_never_fails() -> None:
    excluded = comparison(Outcome.UNDECIDED, Verdict.INCONCLUSIVE, excluded=True)

    assert status(excluded, fail_inconclusive=True) == 0


def test_an_undecided_limit_fails_when_asked_to() -> None:
    assert status(comparison(Outcome.UNDECIDED), fail_inconclusive=True) == 6


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_interrupted_run_ends_with_2_whatever_it_found(outcome: Outcome) -> None:
    assert status(comparison(outcome), interrupted=True) == 2
