"""The report as one self-contained HTML file under a strict content security policy."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from rumtest.charts.bundle import Bundle, report_bundle
from rumtest.charts.sentence import plain
from rumtest.report.document import document_json
from rumtest.report.numbers import change_text, value_text
from rumtest.report.page_matrix import matrix_of
from rumtest.report.page_rows import chips_of, gate_rows
from rumtest.report.page_strips import axis_of, hero_strip, strip_of
from rumtest.report.strangers import cut_middle
from rumtest.report.view import CounterRow, GateView, ReportView
from rumtest.report.wording_gates import (
    allowed,
    change_in_full,
    change_short,
    in_percent,
    noun_of,
)
from rumtest.report.wording_terms import WORDS

__all__ = ["render"]


def render(view: ReportView, *, bundle: Bundle | None = None) -> str:
    """The page.

    It asks for nothing from anywhere; `bundle` defaults to the one built with the package.
    """
    bundle = bundle or report_bundle()
    gates = {gate.id: gate for gate in view.gates}
    leading = gates.get(view.leading_gate) if view.leading_gate else None
    rows = gate_rows(view.gates)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            view=view,
            bundle=bundle,
            data=_embedded(document_json(view)),
            gates=gates,
            leading=leading,
            hero=hero_strip(leading) if leading else None,
            matrix=matrix_of(view.gates),
            chips=chips_of(view.gates),
            rows=rows,
            rows_by={row.gate.id: row for row in rows},
            axis=axis_of(view.gates),
            standing_words=WORDS,
            news="What changed" if _any_changed(view) else "What is missed",
            created=_instant(view.created),
            places=_distinct(gate.place for gate in view.gates),
            metrics=_distinct(gate.metric.label for gate in view.gates),
            profiles=_distinct(gate.profile for gate in view.gates),
            standings=_distinct(gate.standing for gate in view.gates),
            strips={gate.id: strip_of(gate, axis_of([gate])) for gate in view.gates},
        )
    )


def _embedded(text: str) -> str:
    """JSON that cannot end its element, whatever strings it holds, and parses to the same."""
    for character, escape in (
        ("&", "\\u0026"),
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escape)
    return text


def _instant(created: str) -> str:
    """An RFC 3339 instant as people read it: "24 Nov 2026 14:02 UTC"."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    date, _, time = created.partition("T")
    year, month, day = date.split("-")
    zone = "UTC" if time.endswith(("Z", "+00:00")) else time[-6:]
    return f"{int(day)} {months[int(month) - 1]} {year} {time[:5]} {zone}"


def _distinct(values: Any) -> list[str]:
    return list(dict.fromkeys(values))


def _change_size(gate: GateView) -> str:
    """The big number of a card.

    The change in the metric's unit, or the value that missed its limit.
    """
    if gate.change is not None:
        return change_text(gate.change.absolute, gate.metric.kind)
    if gate.head is None:
        return ""
    lines = () if gate.limit is None else (gate.limit,)
    return value_text(gate.head.value, gate.metric.kind, lines=lines)


def _any_changed(view: ReportView) -> bool:
    return any(gate.standing in ("regressed", "improved") for gate in view.gates)


def _noun(gate: GateView) -> str:
    return noun_of(gate) + ("" if gate.pairs == 1 else "s")


def _counter_change(row: CounterRow) -> str:
    if row.base is None or row.head is None:
        return "–"
    return change_text(row.head - row.base, row.kind)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rumtest.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["cut"] = cut_middle
    environment.filters["plain"] = plain
    environment.filters["written"] = value_text
    environment.filters["noun"] = _noun
    environment.filters["big_change"] = _change_size
    environment.filters["change_short"] = change_short
    environment.filters["change_in_full"] = change_in_full
    environment.filters["allowed"] = allowed
    environment.filters["in_percent"] = in_percent
    environment.filters["counter_change"] = _counter_change
    return environment
