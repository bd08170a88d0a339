"""The report's view, composed from a comparison and the runs behind it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rumtest.charts.data import Standing
from rumtest.charts.sentence import Sentence
from rumtest.compare.model import Comparison, GateResult, Outcome, Verdict
from rumtest.report.compose_findings import Finding, finding_of
from rumtest.report.compose_gates import gate_views, severity
from rumtest.report.compose_method import method_of
from rumtest.report.compose_pages import page_evidence
from rumtest.report.evidence import with_base_side
from rumtest.report.notes import notes_of
from rumtest.report.strangers import clean
from rumtest.report.view import GateView, ReportKind, ReportView, Side, UnknownView
from rumtest.report.wording import (
    headline_of,
    reach,
    summary_of,
    unfit_headline,
    unfit_summary,
)
from rumtest.report.wording_terms import WORDS
from rumtest.report.wording_unknowns import unknown_of
from rumtest.run.model import Run

__all__ = ["compose"]

NEWS: tuple[Standing, ...] = ("regressed", "missed", "improved")


def compose(
    comparison: Comparison,
    head: Run,
    *,
    base: Run | None = None,
    command: str,
    created: datetime,
) -> ReportView:
    """The whole report.

    `base` is the other run of a run-against-run comparison; an `ab` run holds both arms.
    """
    results = [
        with_base_side(_unpaired(result) if base else result, head, base)
        for result in comparison.gates
    ]
    gates = gate_views(results)
    both = list(zip(results, gates, strict=True))
    findings = _findings(both, gates, head, base)
    unfit = head.header.fitness.get("fit") is False
    leading = None if unfit else _leading(gates)
    of_leading = next((f for f in findings if leading and f.view.gate_id == leading.id), None)
    sides = _sides(head, base)
    standing = _standing(gates, unfit=unfit, compared=comparison.design != "single")
    return ReportView(
        kind=_kind(head, base),
        scenario=_scenario(head),
        created=created.isoformat(timespec="seconds"),
        verdict=_verdict(standing, compared=comparison.design != "single"),
        outcome=_outcome(gates),
        standing=standing,
        word=_word(standing, gates),
        headline=_unfit(head) if unfit else headline_of(gates, head.header.profiles),
        summary=unfit_summary()
        if unfit
        else summary_of(gates, leading, of_leading.brief if of_leading else ()),
        base=sides[0],
        head=sides[1],
        counts=_counts(gates),
        missed=_count(gates, "missed"),
        undecided=sum(1 for g in gates if g.kind == "threshold" and g.standing == "inconclusive"),
        kept=_count(gates, "kept"),
        accepted=sum(1 for gate in gates if gate.accepted),
        gates=gates,
        findings=tuple(finding.view for finding in findings),
        unknowns=_unknowns(both),
        pages=page_evidence(both, head, base),
        method=method_of(comparison, head, base, command),
        leading_gate=leading.id if leading else None,
        notes=notes_of(comparison, head, base),
        rumtest=clean(head.header.rumtest, 40),
    )


def _unpaired(result: GateResult) -> GateResult:
    """Loads of two runs are paired by number for the test only: no two belong together in time."""
    return replace(result, pairs=(), pair_numbers=(), head_first=())


def _findings(
    both: Sequence[tuple[GateResult, GateView]],
    gates: tuple[GateView, ...],
    head: Run,
    base: Run | None,
) -> list[Finding]:
    news = [(result, gate) for result, gate in both if gate.standing in NEWS]
    news.sort(key=lambda pair: severity(pair[1]))
    return [finding_of(result, gate, gates, head, base) for result, gate in news]


def _unknowns(both: Sequence[tuple[GateResult, GateView]]) -> tuple[UnknownView, ...]:
    unclear = [(result, gate) for result, gate in both if gate.standing == "inconclusive"]
    unclear.sort(key=lambda pair: severity(pair[1]))
    return tuple(unknown_of(gate, result.pairs_to_decide) for result, gate in unclear)


def _leading(gates: Sequence[GateView]) -> GateView | None:
    """The gate whose strip stands at the top.

    The worst, or where nothing happened the one nearest to news.
    """
    counted = [gate for gate in gates if gate.accepted is None]
    if not counted:
        return None
    worst = min(counted, key=severity)
    drawn = [g for g in counted if g.standing == worst.standing and g.change is not None]
    if worst.standing in ("inconclusive", "unchanged") and drawn:
        return max(drawn, key=reach)
    return worst


def _standing(gates: Sequence[GateView], *, unfit: bool, compared: bool) -> Standing:
    """The order of the report's word.

    Regressed, limit missed, inconclusive, improved, unchanged.
    """
    if unfit:
        return "inconclusive"
    counted = [gate for gate in gates if gate.accepted is None]
    if not counted:
        return "inconclusive" if compared else "kept"
    first = min(counted, key=severity).standing
    if first == "kept":
        return "unchanged" if compared else "kept"
    return first


def _word(standing: Standing, gates: Sequence[GateView]) -> str:
    if standing == "kept" and not gates:
        return "Measured"
    if standing == "kept" and len(gates) > 1:
        return "Limits kept"
    if standing == "missed" and _count(gates, "missed") > 1:
        return "Limits missed"
    return WORDS[standing]


def _verdict(standing: Standing, *, compared: bool) -> Verdict | None:
    """The verdict of the whole; a missed limit is an outcome, not a verdict."""
    if not compared or standing in ("missed", "kept"):
        return None
    return Verdict(standing)


def _outcome(gates: Sequence[GateView]) -> Outcome:
    outcomes = {gate.outcome for gate in gates if gate.accepted is None}
    for outcome in (Outcome.FAILED, Outcome.UNDECIDED):
        if outcome in outcomes:
            return outcome
    return Outcome.PASSED if outcomes else Outcome.UNDECIDED


def _counts(gates: Sequence[GateView]) -> dict[Verdict, int]:
    counted = Counter(gate.verdict for gate in gates if gate.verdict is not None)
    return {verdict: counted[verdict] for verdict in Verdict}


def _count(gates: Sequence[GateView], standing: Standing) -> int:
    return sum(1 for gate in gates if gate.standing == standing)


def _kind(head: Run, base: Run | None) -> ReportKind:
    if base is not None:
        return "compare"
    return "ab" if head.header.kind == "ab" else "run"


def _scenario(head: Run) -> str:
    names = [clean(str(scenario.get("name", ""))) for scenario in head.header.scenarios]
    return ", ".join(name for name in names if name) or clean(head.header.app)


def _sides(head: Run, base: Run | None) -> tuple[Side | None, Side]:
    """Both sides; two runs of the same label are told apart by their ids."""
    side = _side(head, "head")
    if base is None:
        return (_side(head, "base") if "base" in head.header.sides else None), side
    other = _side(base, "head")
    if other.label != side.label:
        return other, side
    return replace(other, label=clean(base.header.id)), replace(side, label=clean(head.header.id))


def _side(run: Run, arm: str) -> Side:
    label = run.header.sides.get(arm)
    loads = sum(
        1 for iteration in run.iterations if iteration.arm == arm and iteration.phase == "measured"
    )
    if label is None:
        return Side(clean(run.header.id), n=loads)
    return Side(
        label=clean(label.label),
        commit=clean(label.commit, 40) if label.commit else None,
        url=clean(label.url) if label.url else None,
        n=loads,
    )


def _unfit(head: Run) -> Sentence:
    difference = head.header.fitness.get("difference")
    return unfit_headline(difference if isinstance(difference, (int, float)) else None)
