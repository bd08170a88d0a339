"""Loads that fail are told of, and fail the build where head fails more often."""

from dataclasses import replace

import pytest

from rumtest.compare.failures import FAILURES, judge_failed_share
from rumtest.compare.lab import judge
from rumtest.compare.model import Outcome, Verdict
from rumtest.compare.policy import POLICY
from rumtest.loads import Loads
from tests.support.gates import lognormal, regression, schedule, threshold, upto

QUIET = lognormal(1, 50, sd=0.004)


def test_more_failing_loads_on_head_fail_the_build() -> None:
    loads = replace(
        upto(QUIET, 12),
        failed_base=(False,) * 12,
        failed_head=tuple(n < 7 for n in range(12)),
    )
    plan = schedule([regression("a")], (12,))

    _, failures = judge(plan, [regression("a")], {"a": loads}).gates

    assert (failures.gate.metric, failures.verdict) == ("failures", Verdict.REGRESSED)
    assert (failures.outcome, failures.p_slower) == (Outcome.FAILED, 0.5**7)


@pytest.mark.parametrize(
    ("base", "head", "verdict"),
    [
        ((), (0,), Verdict.INCONCLUSIVE),
        ((0,), (), Verdict.UNCHANGED),
        ((0, 1), (0, 1), Verdict.UNCHANGED),
    ],
)
def test_any_failed_load_is_told_of(
    base: tuple[int, ...], head: tuple[int, ...], verdict: Verdict
) -> None:
    loads = replace(
        upto(QUIET, 12),
        failed_base=tuple(n in base for n in range(12)),
        failed_head=tuple(n in head for n in range(12)),
    )
    plan = schedule([regression("a")], (12,))

    _, failures = judge(plan, [regression("a")], {"a": loads}).gates

    assert failures.verdict is verdict


def test_a_run_without_failures_says_nothing_of_them() -> None:
    loads = replace(upto(QUIET, 12), failed_base=(False,) * 12, failed_head=(False,) * 12)

    plan = schedule([regression("a")], (12,))
    (only,) = judge(plan, [regression("a")], {"a": loads}).gates

    assert only.gate.metric == "lcp"


def test_without_a_base_a_journey_that_never_works_misses_its_limit() -> None:
    (result,) = judge_failed_share(
        (threshold("g", 2500),),
        {"g": Loads((), (None,) * 3, failed_head=(True,) * 3)},
        policy=POLICY,
    )

    assert result.outcome is Outcome.FAILED
    assert result.gate.metric == FAILURES


def test_without_a_base_one_failed_load_of_many_fails_nothing() -> None:
    failed = (True, *(False,) * 39)
    (result,) = judge_failed_share(
        (threshold("g", 2500),), {"g": Loads((), (1.0,) * 40, failed_head=failed)}, policy=POLICY
    )

    assert result.outcome is Outcome.PASSED


def test_without_a_base_a_stream_without_failures_gets_no_gate_for_them() -> None:
    loads = {"g": Loads((), (1.0,) * 3, failed_head=(False,) * 3)}

    assert judge_failed_share((threshold("g", 2500),), loads, policy=POLICY) == ()
