"""The one table that turns an estimate, an interval and a test into one of four verdicts."""

from dataclasses import dataclass
from typing import Final

from rumtest.compare.model import Confirmation, Outcome, Verdict
from rumtest.compare.pairs import Pairs
from rumtest.compare.policy import Policy

__all__ = ["HINDRANCES", "Case", "outcome_of", "verdict_of"]

# The reasons that say the data cannot carry a test at all: no interval of them rules anything out.
HINDRANCES: Final = frozenset(
    {"environment-differs", "failed-loads", "metric-missing", "not-measured", "too-few"}
)


@dataclass(frozen=True, slots=True)
class Case:
    """What the table reads of a gate; `low`, `high` and `tolerance` are on its working scale.

    `red` and `green` are what the tests said at their looks, estimates included. A red is
    `asked_again` where a re-run has to agree.
    """

    pairs: Pairs
    red: bool
    green: bool
    low: float
    high: float
    tolerance: float
    all_equal: bool
    asked_again: bool
    confirmed: Confirmation | None
    environment_differs: bool = False


def verdict_of(case: Case, policy: Policy) -> tuple[Verdict, str]:
    """The verdict and the code of its reason: the first row of the table that fits."""
    if (hindrance := _hindrance(case, policy)) is not None:
        return Verdict.INCONCLUSIVE, hindrance
    agreed = case.confirmed is not None and case.confirmed.agreed
    if case.red and (agreed or not case.asked_again):
        return Verdict.REGRESSED, "regressed"
    if case.green:
        return Verdict.IMPROVED, "improved"
    if case.all_equal:
        return Verdict.UNCHANGED, "all-equal"
    if -case.tolerance < case.low and case.high < case.tolerance:
        return Verdict.UNCHANGED, "unchanged"
    if case.red:
        return Verdict.INCONCLUSIVE, "not-rerun" if case.confirmed is None else "not-confirmed"
    return Verdict.INCONCLUSIVE, "too-noisy"


def outcome_of(verdict: Verdict, *, advisory: bool) -> Outcome:
    """What a gate makes of its verdict; advice alone leaves a regression undecided."""
    if verdict is Verdict.REGRESSED:
        return Outcome.UNDECIDED if advisory else Outcome.FAILED
    return Outcome.UNDECIDED if verdict is Verdict.INCONCLUSIVE else Outcome.PASSED


def _hindrance(case: Case, policy: Policy) -> str | None:
    """Why the data cannot carry a test, if they cannot."""
    pairs = case.pairs
    if case.environment_differs:
        return "environment-differs"
    if not pairs.measured:
        return "not-measured"
    if pairs.dropped_share > policy.most_dropped:
        return "failed-loads" if pairs.failed >= pairs.missing else "metric-missing"
    return "too-few" if pairs.whole < policy.fewest_pairs else None
