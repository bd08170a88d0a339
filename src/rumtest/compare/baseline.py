"""A stored baseline: today's median against those of earlier sessions. Always advice.

Sessions on shared machines differ by more than the changes one looks for: over 60 unchanged
gates 3 to 5 % of reports alarm, and +20 % is found in 9 to 19 %. So it never fails a build, and
it is what is left where there is nothing to interleave with.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, variance

import numpy as np

from rumtest.compare.policy import POLICY, Policy
from rumtest.compare.statistics import rejected, student_tail

__all__ = ["BaselineAnswer", "against_baseline"]


@dataclass(frozen=True, slots=True)
class BaselineAnswer:
    """What the earlier sessions say of one gate.

    `slower` is True where today's median is too high for them, None where they cannot tell
    (`reason` says why). `change` is a share of their geometric mean. `sessions` were compared.
    """

    slower: bool | None
    reason: str
    sessions: int
    change: float | None = None
    t: float | None = None
    p_slower: float | None = None


def against_baseline(
    now: Mapping[str, float],
    stored: Mapping[str, Sequence[float]],
    *,
    same_fingerprint: bool,
    policy: Policy = POLICY,
) -> dict[str, BaselineAnswer]:
    """Each gate's median of this session against its medians of earlier ones, oldest first.

    Only the newest sessions count, as many as the policy keeps. Works on logs, so a median of 0
    cannot be told. A gate's own spread is steadied by the median spread of all gates.
    """
    kept = {gate: tuple(stored.get(gate, ()))[-policy.baseline_kept :] for gate in now}
    answers = {
        gate: BaselineAnswer(None, reason, len(kept[gate]))
        for gate in now
        if (reason := _hindrance(now[gate], kept[gate], policy, same=same_fingerprint))
    }
    able = [gate for gate in now if gate not in answers]
    if not able:
        return answers
    logs = {gate: [math.log(value) for value in kept[gate]] for gate in able}
    spreads = {gate: variance(logs[gate]) for gate in able}
    common = median(spreads.values())
    changes = {gate: math.log(now[gate]) - fmean(logs[gate]) for gate in able}
    ts = {gate: _t(changes[gate], spreads[gate], common, len(logs[gate]), policy) for gate in able}
    ps = {
        gate: float(student_tail(np.array([ts[gate]]), len(logs[gate]) + _borrowed(policy))[0])
        for gate in able
    }
    flags = rejected(np.array([ps[gate] for gate in able]), policy.baseline_q, family=len(now))
    for gate, flag in zip(able, flags, strict=True):
        answers[gate] = BaselineAnswer(
            bool(flag),
            "slower than earlier sessions" if flag else "within what earlier sessions did",
            len(logs[gate]),
            math.expm1(changes[gate]),
            ts[gate],
            ps[gate],
        )
    return {gate: answers[gate] for gate in now}


def _t(change: float, spread: float, common: float, sessions: int, policy: Policy) -> float:
    borrowed = policy.baseline_borrowed
    steadied = (sessions - 1) * spread + borrowed * common
    se = math.sqrt(steadied / (sessions + _borrowed(policy)) * (1 + 1 / sessions))
    if se == 0:
        return math.copysign(math.inf, change) if change else 0.0
    return change / se


def _borrowed(policy: Policy) -> int:
    """Degrees of freedom beyond the number of sessions."""
    return policy.baseline_borrowed - 1


def _hindrance(now: float, kept: Sequence[float], policy: Policy, *, same: bool) -> str:
    if not same:
        return "environment differs"
    if len(kept) < policy.baseline_fewest:
        return f"{len(kept)} earlier sessions; at least {policy.baseline_fewest} are needed"
    if min(now, *kept) <= 0:
        return "a median of 0 cannot be compared in shares"
    return ""
