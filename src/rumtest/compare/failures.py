"""Loads that fail more often on head: a gate of its own for each stream, by an exact sign test.

Failed loads are left out of all other gates, so a build that breaks half of its page views would
otherwise only look as if it had fewer of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rumtest.compare.limits import judge_threshold
from rumtest.compare.model import Gate, GateResult, Reason, Side, Verdict
from rumtest.compare.policy import Policy
from rumtest.compare.statistics import sign_test
from rumtest.compare.table import outcome_of
from rumtest.compare.words import plural
from rumtest.loads import Loads

__all__ = ["FAILURES", "judge_failed_share", "judge_failures"]

# The metric's name in results; it is counted by the lab itself and never declared.
FAILURES = "failures"


def judge_failures(
    gates: Sequence[Gate], loads: Mapping[str, Loads], *, policy: Policy, advisory: bool = False
) -> tuple[GateResult, ...]:
    """One result for each stream of which any load failed, in the order of the streams."""
    first_of: dict[str, Gate] = {}
    failed: dict[str, tuple[tuple[bool, ...], tuple[bool, ...]]] = {}
    for gate in gates:
        its = loads.get(gate.id)
        if its is None:
            continue
        first_of.setdefault(gate.stream, gate)
        pairs = min(len(its.failed_base), len(its.failed_head))
        if pairs > len(failed.get(gate.stream, ((), ()))[0]):
            failed[gate.stream] = its.failed_base[:pairs], its.failed_head[:pairs]
    return tuple(
        _judge(first_of[stream], base, head, policy=policy, advisory=advisory)
        for stream, (base, head) in failed.items()
        if any(base) or any(head)
    )


def judge_failed_share(
    gates: Sequence[Gate], loads: Mapping[str, Loads], *, policy: Policy
) -> tuple[GateResult, ...]:
    """Without a base: a limit on the share of failed loads, for each stream of which any failed.

    The limit is the share of pairs that may be dropped: where more loads fail, what is left
    is a selection. It is judged by its interval, as every limit: one failed load of many fails
    nothing, a journey that never works fails at once.
    """
    failed: dict[str, tuple[Gate, tuple[bool, ...]]] = {}
    for gate in gates:
        flags = loads.get(gate.id, Loads((), ())).failed_head
        if any(flags) and len(flags) > len(failed.get(gate.stream, (gate, ()))[1]):
            failed[gate.stream] = gate, flags
    return tuple(
        judge_threshold(
            replace(
                _gate_of(gate),
                kind="threshold",
                aggregation="rate",
                operator="<=",
                limit=policy.most_dropped,
            ),
            Loads((), tuple(float(flag) for flag in flags)),
            policy=policy,
        )
        for gate, flags in failed.values()
    )


def _judge(
    gate: Gate,
    base: tuple[bool, ...],
    head: tuple[bool, ...],
    *,
    policy: Policy,
    advisory: bool,
) -> GateResult:
    pairs = tuple(zip(base, head, strict=True))
    worse = sum(new and not old for old, new in pairs)
    better = sum(old and not new for old, new in pairs)
    p = sign_test(worse, better)
    verdict, code = Verdict.INCONCLUSIVE, "few-failures"
    if p <= policy.failures_level:
        verdict, code = Verdict.REGRESSED, "more-failures"
    elif not worse:
        verdict, code = Verdict.UNCHANGED, "no-new-failures"
    return GateResult(
        _gate_of(gate),
        outcome_of(verdict, advisory=advisory),
        Reason(code, _sentence(code, base, head, (worse, better))),
        _side(base),
        _side(head),
        verdict,
        pairs=tuple((float(old), float(new)) for old, new in pairs),
        pair_numbers=tuple(range(len(pairs))),
        p_slower=p,
        level=policy.failures_level,
        regression_excluded=not worse,
        advisory=advisory,
    )


def _sentence(
    code: str, base: tuple[bool, ...], head: tuple[bool, ...], differing: tuple[int, int]
) -> str:
    counts = f"{plural(sum(head), 'load')} of head failed and {sum(base)} of base's"
    counts += f", of {plural(len(head), 'pair')}"
    if code == "more-failures":
        return f"{counts}; chance alone would hardly do that."
    if code == "no-new-failures":
        return f"{counts}; none failed on head alone."
    worse, better = differing
    return (
        f"{counts}; {plural(worse, 'pair')} failed on head alone, {better} on base alone, too "
        "few to tell the builds apart (7 to 0 would)."
    )


def _gate_of(gate: Gate) -> Gate:
    return Gate(
        f"{gate.stream}/{FAILURES}",
        "regression",
        gate.stream,
        gate.scenario,
        gate.journey,
        "",
        "",
        FAILURES,
        gate.profile,
        gate.cache,
        text="failed loads",
        file=gate.file,
    )


def _side(failed: tuple[bool, ...]) -> Side:
    return Side(tuple(float(it) for it in failed), None, None)
