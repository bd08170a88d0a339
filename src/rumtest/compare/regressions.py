"""One regression gate from its loads to its result, with every number that decided."""

from dataclasses import dataclass
from typing import Literal

from rumtest.compare.aligned import Shift
from rumtest.compare.changes import change_of
from rumtest.compare.evidence import Evidence, p_slower, shifts
from rumtest.compare.looks import Plan
from rumtest.compare.model import Change, Confirmation, Gate, GateResult, Reason
from rumtest.compare.pairs import Pairs, pairs_of, rerun_pairs_of
from rumtest.compare.policy import Policy
from rumtest.compare.scale import Scale
from rumtest.compare.schedule import LabSchedule, Reading
from rumtest.compare.sentences import Told, sentence_of
from rumtest.compare.sides import side_of
from rumtest.compare.statistics import median
from rumtest.compare.table import HINDRANCES, Case, outcome_of, verdict_of
from rumtest.compare.visible import Effort, pairs_to_decide, smallest_visible, standard_error
from rumtest.loads import Loads

__all__ = ["Manner", "judge_regressions"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the loads were taken: whether a red is run again, and whether the result is advice."""

    asked_again: bool = True
    advisory: bool = False
    environment_differs: bool = False


@dataclass(frozen=True, slots=True)
class _Measured:
    """One gate's pairs and, where they have one, their scale and shift."""

    gate: Gate
    pairs: Pairs
    scale: Scale | None
    shift: Shift | None
    effort: Effort

    @property
    def middle(self) -> float:
        return median(self.pairs.base)


def judge_regressions(
    schedule: LabSchedule, reading: Reading, manner: Manner
) -> dict[str, GateResult]:
    """The result of each regression gate by its id; without those whose metric nobody ever had."""
    gates = schedule.regressions
    evidence = reading.evidence
    pairs = [pairs_of(loads) for loads in evidence.loads]
    found = shifts(pairs, evidence.scales)
    plan = schedule.plan
    results: dict[str, GateResult] = {}
    for at, gate in enumerate(gates):
        if _is_told(evidence.loads[at], pairs[at], schedule.policy):
            effort = _effort(schedule, reading, plan, at, pairs[at].measured)
            enough = pairs[at].whole >= schedule.policy.fewest_pairs
            shift = found[at] if enough else None
            measured = _Measured(gate, pairs[at], evidence.scales[at], shift, effort)
            results[gate.id] = _result(measured, at, reading, plan, schedule.policy, manner)
    return results


def _is_told(loads: Loads, pairs: Pairs, policy: Policy) -> bool:
    """Not where loads went well and neither side ever had the metric."""
    if not pairs.measured or pairs.failed > policy.most_dropped * pairs.measured:
        return True
    return any(value is not None for arm in (loads.base, loads.head) for value in arm)


def _effort(schedule: LabSchedule, reading: Reading, plan: Plan, at: int, measured: int) -> Effort:
    stream = schedule.regressions[at].stream
    first, last = schedule.pairs_at(stream, 0), schedule.looks[stream][-1]
    tested = int(reading.standing.last[0, at])
    if measured < schedule.pairs_at(stream, tested):
        # Cut short: what was not measured could not have been seen.
        first, last = min(first, measured), measured
    return Effort(measured, max(first, 1), max(last, 1), plan.levels[-1], plan.family)


def _result(
    measured: _Measured,
    at: int,
    reading: Reading,
    plan: Plan,
    policy: Policy,
    manner: Manner,
) -> GateResult:
    gate, pairs, scale, shift = measured.gate, measured.pairs, measured.scale, measured.shift
    standing = reading.standing
    red, green = bool(standing.red[0, at]), bool(standing.green[0, at])
    confirmed = _confirmed(measured, reading.evidence, at) if red and manner.asked_again else None
    low, high, tolerance = _on_scale(shift, scale)
    case = Case(
        pairs,
        red,
        green,
        low,
        high,
        tolerance,
        len({*pairs.base, *pairs.head}) == 1,
        manner.asked_again,
        confirmed,
        manner.environment_differs,
    )
    verdict, code = verdict_of(case, policy)
    told = _told(measured, code, case, policy, manner)
    look = _look(reading, at)
    p, p_improved = _p_values(reading, at, look)
    return GateResult(
        gate,
        outcome_of(verdict, advisory=manner.advisory),
        Reason(code, sentence_of(code, told)),
        side_of(pairs.base),
        side_of(pairs.head),
        verdict,
        told.change,
        pairs=tuple(zip(pairs.base, pairs.head, strict=True)),
        pair_numbers=pairs.numbers,
        head_first=pairs.head_first,
        tolerance=told.tolerance if scale else None,
        tolerance_relative=told.tolerance_relative,
        margin=scale.absolute(scale.margin, measured.middle) if scale else None,
        margin_relative=scale.relative(scale.margin, measured.middle) if scale else None,
        scale=_kind(scale),
        p_slower=p,
        p_faster=p_improved,
        level=(plan.levels_improved if code == "improved" else plan.levels)[look],
        look=look + 1,
        regression_excluded=told.regression_excluded,
        confirmed=confirmed,
        pairs_to_decide=told.pairs_to_decide,
        dropped=pairs.dropped,
        advisory=manner.advisory,
    )


def _told(measured: _Measured, code: str, case: Case, policy: Policy, manner: Manner) -> Told:
    scale, shift, effort = measured.scale, measured.shift, measured.effort
    if scale is None:
        return Told(measured.gate, measured.pairs, policy, advisory=manner.advisory)
    middle = measured.middle
    change: Change | None = None
    decide: int | None = None
    if shift is not None:
        se = standard_error(case.low, case.high)
        change = change_of(shift, scale, middle, smallest_visible(se, scale, effort, policy))
        if code == "too-noisy":
            decide = pairs_to_decide(se, scale, effort, policy)
    return Told(
        measured.gate,
        measured.pairs,
        policy,
        change,
        scale.absolute(scale.tolerance, middle),
        scale.relative(scale.tolerance, middle),
        scale.kind == "log",
        case.confirmed,
        decide,
        # What is left of a selection rules nothing out.
        code not in HINDRANCES and shift is not None and case.high < case.tolerance,
        manner.advisory,
    )


def _confirmed(measured: _Measured, evidence: Evidence, at: int) -> Confirmation | None:
    """What the fresh pairs say; None while there are too few of them."""
    policy, scale = evidence.policy, measured.scale
    fresh = rerun_pairs_of(evidence.loads[at])
    if scale is None or fresh.whole < policy.fewest_pairs:
        return None
    (shift,) = shifts([fresh], [scale])
    if shift is None:
        return None
    base, head = scale.onto(fresh.base)[None], scale.onto(fresh.head)[None]
    p = float(p_slower(base, head, shift.estimate * 0 + scale.margin)[0])
    change = change_of(shift, scale, median(fresh.base), None)
    return Confirmation(fresh.whole, change, p, p <= policy.rerun_level, policy.rerun_level)


def _on_scale(shift: Shift | None, scale: Scale | None) -> tuple[float, float, float]:
    if shift is None or scale is None:
        return float("-inf"), float("inf"), 0.0
    return float(shift.low[0]), float(shift.high[0]), scale.tolerance


def _look(reading: Reading, at: int) -> int:
    """The look, from 0, that turned the gate red or green, else the last that tested it."""
    standing = reading.standing
    for decided in (standing.red_at, standing.green_at):
        if decided[0, at] >= 0:
            return int(decided[0, at])
    return int(standing.last[0, at])


def _p_values(reading: Reading, at: int, look: int) -> tuple[float | None, float | None]:
    """The two p-values at that look; none where the data could not carry a test."""
    seen = reading.seen[look]
    slower, faster = float(seen.p_slower[0, at]), float(seen.p_faster[0, at])
    return (None, None) if slower == faster == 1.0 else (slower, faster)


def _kind(scale: Scale | None) -> Literal["log", "identity"] | None:
    return scale.kind if scale else None
