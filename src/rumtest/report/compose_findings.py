"""Findings: for each gate with news its words, its charts and its causes."""

from dataclasses import dataclass

from rumtest.charts.sentence import Sentence, name, sentence
from rumtest.compare.model import GateResult
from rumtest.report.causes import Explanation, explain
from rumtest.report.chart_builders import order_chart, pairs_chart, parts_chart, shift_chart
from rumtest.report.compose_gates import cell
from rumtest.report.evidence import evidence_of
from rumtest.report.strangers import cut_middle
from rumtest.report.view import FindingView, GateView
from rumtest.report.wording_gates import finding_summary, limited_value
from rumtest.report.wording_terms import FAILURES, plain_clause, subject_of
from rumtest.run.model import Run

__all__ = ["Finding", "finding_of"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, and the one line about its strongest cause that the summary repeats."""

    view: FindingView
    brief: Sentence


def finding_of(
    result: GateResult, gate: GateView, gates: tuple[GateView, ...], head: Run, base: Run | None
) -> Finding:
    """The whole finding of a gate that regressed, improved or missed its limit."""
    if gate.metric.name == FAILURES:
        told = sentence(gate.reason.sentence)
        if gate.kind == "threshold":
            told = finding_summary(gate, None)
        return Finding(FindingView(gate.id, _headline(gate, ()), told), ())
    seed = head.header.seed
    evidence = evidence_of(result, head, base)
    limit_gate = _limit_of(gate, gates)
    limit = gate.limit if gate.kind == "threshold" else (limit_gate.limit if limit_gate else None)
    # A share or a sum of loads is no quantity of one load, which is what the chart draws.
    of_all_loads = gate.kind == "threshold" and gate.quantile is None
    explanation = _explained(result, gate, head, base)
    middles = (
        (result.base.median, result.head.median)
        if result.base and result.base.median is not None and result.head.median is not None
        else None
    )
    compared = gate.change is not None and bool(evidence.base)
    view = FindingView(
        gate_id=gate.id,
        headline=_headline(gate, explanation.title),
        summary=finding_summary(gate, limit_gate),
        pairs=None if of_all_loads else pairs_chart(result, gate, limit),
        order=order_chart(result, gate) if result.pairs else None,
        shift=shift_chart(result, gate, seed=seed) if compared else None,
        parts=parts_chart(
            gate,
            explanation.parts,
            resource=cut_middle(explanation.resource, 60),
            middles=None if middles is None else (middles[0] or 0.0, middles[1] or 0.0),
        ),
        causes=explanation.causes,
    )
    return Finding(view, explanation.brief)


def _explained(result: GateResult, gate: GateView, head: Run, base: Run | None) -> Explanation:
    evidence = evidence_of(result, head, base)
    if gate.change is None or not evidence.base or not evidence.head:
        return Explanation((), (), (), (), (), "")
    return explain(gate, evidence, seed=head.header.seed)


def _headline(gate: GateView, title: Sentence) -> Sentence:
    """The card is headed by its cause when there is one."""
    if title:
        return sentence(name(gate.place), ": ", title)
    if gate.standing == "missed" and gate.quantile is None and gate.head is not None:
        return sentence(name(gate.place), f": {limited_value(gate)}")
    if gate.standing == "missed":
        return sentence(name(gate.place), f": the limit of {gate.metric.label} is missed")
    worse = gate.standing == "regressed"
    return sentence(subject_of(gate.place), f" {plain_clause(gate.metric, worse=worse)}")


def _limit_of(gate: GateView, gates: tuple[GateView, ...]) -> GateView | None:
    """The threshold at p75 on the same metric of the same place, which the card should mention."""
    if gate.kind == "threshold":
        return None
    return next(
        (
            other
            for other in gates
            if other.kind == "threshold" and cell(other) == cell(gate) and other.quantile == 0.75
        ),
        None,
    )
