"""The report as text for a terminal: one block a stream and page, what fails first."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rumtest.charts.data import Dots
from rumtest.charts.sentence import Sentence, plain
from rumtest.compare.model import Outcome
from rumtest.report.numbers import (
    NEGLIGIBLE,
    change_range,
    change_text,
    limit_text,
    value_range,
    value_text,
)
from rumtest.report.strangers import cut_middle
from rumtest.report.view import FindingView, GateView, ReportView
from rumtest.report.wording_gates import (
    allowed,
    change_in_full,
    change_short,
    in_percent,
    is_exact,
    noun_of,
)

__all__ = ["render"]

BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = "_.-:=+*#"
BINS = 8
# How the glyphs and signs of our sentences read where only ASCII can be shown.
ASCII = {
    "−": "-",
    "–": "-",
    "…": "...",
    "→": "->",
    "±": "+-",
    "≥": ">=",
    "·": "|",
    "×": "x",
    "“": '"',
    "”": '"',
    "’": "'",
    "\u00a0": " ",
}
MARKS = {Outcome.FAILED: "✗", Outcome.PASSED: "✓", Outcome.UNDECIDED: "?"}
ASCII_MARKS = {Outcome.FAILED: "x", Outcome.PASSED: "ok", Outcome.UNDECIDED: "?"}
COLOURS = {Outcome.FAILED: "31", Outcome.PASSED: "32", Outcome.UNDECIDED: "33"}


@dataclass(frozen=True, slots=True)
class _Pen:
    """What the terminal can show."""

    width: int
    color: bool
    unicode: bool

    def mark(self, outcome: Outcome) -> str:
        marks = MARKS if self.unicode else ASCII_MARKS
        mark = marks[outcome].ljust(max(map(len, marks.values())))
        return self.paint(mark, COLOURS[outcome])

    @property
    def marked(self) -> str:
        """Holds a mark's place while its line is wrapped, since colour codes have no width."""
        return "@" if self.unicode else "@@"

    def said(self, text: str) -> str:
        """The text in the characters the terminal can show."""
        if self.unicode:
            return text
        for sign, plain_sign in ASCII.items():
            text = text.replace(sign, plain_sign)
        return text.encode("ascii", "replace").decode()

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text

    def wrapped(self, text: str, indent: int) -> list[str]:
        room = max(20, self.width - indent)
        text = self.said(text)
        lines = textwrap.wrap(text, room, break_long_words=True, break_on_hyphens=False)
        return [" " * indent + line for line in lines]


def render(
    view: ReportView, *, width: int = 100, color: bool = False, unicode: bool = True
) -> str:
    """The text, every line at most `width` columns; without `unicode` it is pure ASCII."""
    pen = _Pen(max(40, width), color, unicode)
    lines = [pen.paint(line, "1") for line in pen.wrapped(_title(view), 0)]
    lines += pen.wrapped(plain(view.summary), 2)
    for note in view.notes:
        lines += pen.wrapped(f"! {plain(note)}", 2)
    findings = {finding.gate_id: finding for finding in view.findings}
    for gates in _groups(view.gates):
        lines += ["", *_block(gates, findings, view, pen)]
    lines += ["", *_unknowns(view, pen), *pen.wrapped(_counts(view), 0)]
    return "\n".join(lines) + "\n"


def _title(view: ReportView) -> str:
    return f"{view.word}: {plain(view.headline)}"


def _groups(gates: Iterable[GateView]) -> list[list[GateView]]:
    groups: dict[tuple[str, ...], list[GateView]] = {}
    for gate in gates:
        key = (gate.scenario, gate.profile, gate.cache, gate.place)
        groups.setdefault(key, []).append(gate)
    return list(groups.values())


def _block(
    gates: Sequence[GateView], findings: dict[str, FindingView], view: ReportView, pen: _Pen
) -> list[str]:
    first = gates[0]
    names = (first.scenario, first.profile, first.cache, first.place)
    left = pen.said(" · ".join(cut_middle(name, 28) for name in names if name))
    most = max(gate.pairs for gate in gates)
    noun = max((noun_of(gate) for gate in gates), default="load")  # pairs, where there are any
    right = f"{most:,} {noun}{'' if most == 1 else 's'}"
    room = pen.width - len(right) - 2
    left = pen.said(cut_middle(left, room - 2))
    lines = [pen.paint(f"{left}{' ' * (pen.width - len(left) - len(right))}{right}", "1")]
    quiet: list[tuple[str, Outcome]] = []
    for gate in gates:
        if gate.standing in ("regressed", "missed", "improved"):
            lines += _loud(gate, findings.get(gate.id), pen)
        else:
            quiet.append((pen.said(_short(gate)), gate.outcome))
    return lines + _columns(quiet, pen)


def _loud(gate: GateView, finding: FindingView | None, pen: _Pen) -> list[str]:
    lines = pen.wrapped(f"{pen.marked} {_name(gate)} {_numbers(gate)}", 2)
    lines[0] = lines[0].replace(pen.marked, pen.mark(gate.outcome), 1)
    if finding is None:
        return lines
    drawn = _histograms(finding, pen)
    if drawn:
        told = "confirmed on re-run" if gate.confirmed and gate.confirmed.agreed else ""
        lines += pen.wrapped(f"{drawn}{'   ' + told if told else ''}", 10)
    for cause in finding.causes[:2]:
        lines += pen.wrapped(f"{plain(cause.what)} ({cause.kind}{_sure(cause.confidence)})", 10)
    return lines


def _sure(confidence: str) -> str:
    return f", {confidence}" if confidence == "likely" else ""


def _name(gate: GateView) -> str:
    return f"{cut_middle(gate.metric.label.lower(), 20):<5}"


def _numbers(gate: GateView) -> str:
    kind = gate.metric.kind
    if gate.kind == "threshold":
        return _against_limit(gate)
    change = gate.change
    if change is None:
        return gate.reason.sentence
    sides = ""
    if gate.base and gate.head:
        before, after = value_text(gate.base.value, kind), value_text(gate.head.value, kind)
        sides = f"  base {before} → head {after}"
    share = ""
    if in_percent(gate):
        ends = change_in_full(gate).replace(" to ", "…")
        share = f" ({change_short(gate)}, 95 % CI {ends})"
    else:
        share = f" (95 % CI {change_in_full(gate).replace(' to ', '…')})"
    word = " improved" if gate.standing == "improved" else ""
    return f"{change_text(change.absolute, kind)}{share}{sides}  gate {allowed(gate)}{word}"


def _against_limit(gate: GateView) -> str:
    if gate.head is None or gate.limit is None:
        return gate.reason.sentence
    kind, lines = gate.metric.kind, (gate.limit,)
    quantile = f"p{gate.quantile * 100:g} " if gate.quantile else ""
    value = value_text(gate.head.value, kind, lines=lines)
    limit = f"limit {limit_text(gate.limit, kind)}"
    ends = value_range(gate.head.low, gate.head.high, kind, lines=lines).replace(" to ", "…")
    if is_exact(gate) or ends == value:
        return f"{quantile}{value}  {limit}"
    return f"{quantile}{value} ({ends})  {limit}"


def _short(gate: GateView) -> str:
    """One gate without news in half a line."""
    name = cut_middle(gate.metric.label.lower(), 20)
    if gate.kind == "threshold":
        return f"{name} {_against_limit(gate)}"
    change = gate.change
    if change is None:
        return f"{name} {gate.reason.sentence}"
    kind = gate.metric.kind
    ends = change_range(change.absolute_low, change.absolute_high, kind).replace(" to ", "…")
    amount = change_text(change.absolute, kind) if change.absolute else "±0"
    told = f"{name} {amount}"
    # Ends that are nothing but the closing of an interval over ties say nothing more.
    if max(abs(change.absolute_low), abs(change.absolute_high)) > NEGLIGIBLE:
        told += f" ({ends})"
    if gate.standing == "inconclusive":
        told += ": inconclusive"
        if gate.confirmed is not None:
            return f"{told}, fresh pairs did not agree"
        if change.smallest_visible_absolute is not None:
            told += f", this run can see ≥ {value_text(change.smallest_visible_absolute, kind)}"
    return told


def _columns(quiet: Sequence[tuple[str, Outcome]], pen: _Pen) -> list[str]:
    """Two gates a line where both fit, else one."""
    lines: list[str] = []
    half = (pen.width - 2) // 2
    waiting: tuple[str, Outcome] | None = None
    for item in quiet:
        if waiting and len(waiting[0]) + 6 <= half and len(item[0]) + 4 <= half:
            gap = " " * (half - len(waiting[0]) - 3)
            lines.append(
                f"  {pen.mark(waiting[1])} {waiting[0]}{gap}{pen.mark(item[1])} {item[0]}"
            )
            waiting = None
            continue
        if waiting:
            lines += _one(waiting, pen)
        waiting = item
    return lines + (_one(waiting, pen) if waiting else [])


def _one(item: tuple[str, Outcome], pen: _Pen) -> list[str]:
    lines = pen.wrapped(f"{pen.marked} {item[0]}", 2)
    lines[0] = lines[0].replace(pen.marked, pen.mark(item[1]), 1)
    return lines


def _histograms(finding: FindingView, pen: _Pen) -> str:
    chart = finding.pairs
    if chart is None:
        return ""
    sides = [side for side in (chart.base, chart.head) if side is not None]
    values = [value for side in sides for value in side.values]
    low, high = min(values), max(values)
    return "      ".join(f"{_sparkline(side, low, high, pen)} {side.name}" for side in sides)


def _sparkline(side: Dots, low: float, high: float, pen: _Pen) -> str:
    """The loads of a side in eight bins of the axis both sides share."""
    counts = [0] * BINS
    for value in side.values:
        share = (value - low) / (high - low) if high > low else 0.5
        counts[min(BINS - 1, int(share * BINS))] += 1
    bars = BARS if pen.unicode else ASCII_BARS
    most = max(counts) or 1
    return "".join(bars[-(-count * (len(bars) - 1) // most)] for count in counts)


def _unknowns(view: ReportView, pen: _Pen) -> list[str]:
    if not view.unknowns:
        return []
    gates = {gate.id: gate for gate in view.gates}
    lines = [pen.paint("What this run could not tell", "1")]
    for unknown in view.unknowns:
        gate = gates[unknown.gate_id]
        told: list[Sentence] = [unknown.fits, unknown.remedy]
        where = (
            f"{cut_middle(gate.place, 60)} {gate.metric.label} ({cut_middle(gate.profile, 28)})"
        )
        lines += pen.wrapped(f"{where}: {' '.join(plain(t) for t in told if t)}", 2)
    return [*lines, ""]


def _counts(view: ReportView) -> str:
    counts = [(count, verdict.value) for verdict, count in view.counts.items()]
    counts += [
        (view.missed, "limit missed" if view.missed == 1 else "limits missed"),
        (view.undecided, "limit undecided" if view.undecided == 1 else "limits undecided"),
        (view.kept, "limit kept" if view.kept == 1 else "limits kept"),
    ]
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    seed = view.method.seed[0].text if view.method.seed else ""
    return f"{told or 'no gates'} · seed {seed}"
