"""How it was measured: design, pairs, error control, machine, network, seed."""

import math
from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from rumtest.charts.sentence import Sentence, join, sentence, strong
from rumtest.compare.model import Comparison, GateResult
from rumtest.report.numbers import percent_text
from rumtest.report.strangers import clean
from rumtest.report.view import MethodView
from rumtest.report.wording_terms import FAILURES
from rumtest.run.model import Run

__all__ = ["method_of"]

RESTARTS = {
    "block": "servers started anew for every block",
    "look": "servers started anew at each look",
    "none": "servers not restarted",
}
# Why a pair takes no part, by the comparison's own codes.
DROPPED = {
    "failed": "a load failed",
    "missing": "metric missing",
    "unpaired": "without a partner",
}


def method_of(comparison: Comparison, head: Run, base: Run | None, command: str) -> MethodView:
    """Everything a reader needs to judge the run and to do it again."""
    kept, dropped = _kept(comparison), _dropped(comparison)
    return MethodView(
        design=_design(comparison, head),
        pairs=_pairs(comparison, kept, dropped),
        pairs_kept=kept,
        pairs_dropped=dropped,
        runner_fit=_runner(comparison, head),
        error_control=_errors(comparison),
        machine=_machine(head, base),
        network=_network(head),
        seed=_seed(head, base),
        command=clean(command, 1000),
        q=comparison.q if comparison.family else None,
        q_improved=comparison.q_improved if comparison.family else None,
        family=comparison.family,
        looks=comparison.looks,
    )


def _design(comparison: Comparison, head: Run) -> Sentence:
    if comparison.design == "pairs":
        restarts = RESTARTS[comparison.restarts]
        return sentence(
            strong("Interleaved pairs"),
            f" base and head seconds apart, in random order; {restarts}",
        )
    if comparison.design == "runs":
        return sentence(
            strong("Run against run"), " loads taken at different times; not interleaved"
        )
    return sentence(
        strong("One side"), " limits only; nothing was compared", _given(head.header.app)
    )


def _given(app: str) -> str:
    return f", app {clean(app, 40)}" if app and app != "default" else ""


def _streams(comparison: Comparison) -> dict[str, list[GateResult]]:
    found: dict[str, list[GateResult]] = {}
    for result in comparison.gates:
        found.setdefault(result.gate.stream, []).append(result)
    return found


def _kept(comparison: Comparison) -> int:
    return sum(
        max((_loads(r) for r in results if r.gate.metric != FAILURES), default=0)
        for results in _streams(comparison).values()
    )


def _loads(result: GateResult) -> int:
    return len(result.pairs) or len(result.head.values)


def _dropped(comparison: Comparison) -> dict[str, int]:
    """Pairs left out by reason.

    All gates of a stream share its loads, so the largest count of each is taken.
    """
    total: dict[str, int] = {}
    for results in _streams(comparison).values():
        reasons = {reason for result in results for reason in result.dropped}
        for reason in reasons:
            most = max(result.dropped.get(reason, 0) for result in results)
            told = DROPPED.get(reason, clean(reason, 80))
            total[told] = total.get(told, 0) + most
    return {reason: total[reason] for reason in sorted(total) if total[reason]}


def _pairs(comparison: Comparison, kept: int, dropped: Mapping[str, int]) -> Sentence:
    noun = "pairs" if comparison.design == "pairs" else "loads"
    each = sorted({_loads(r) for r in comparison.gates if r.gate.metric != FAILURES})
    if not each:
        return sentence(strong(f"No {noun}"))
    span = f"{each[0]:,} to {each[-1]:,}" if each[0] != each[-1] else f"{each[0]:,}"
    left_out = (
        "; left out: " + ", ".join(f"{count:,} ({reason})" for reason, count in dropped.items())
        if dropped
        else "; none left out"
    )
    return sentence(strong(f"{span} a gate"), f" {kept:,} {noun} in all{left_out}")


def _runner(comparison: Comparison, head: Run) -> Sentence:
    fitness = head.header.fitness
    told = []
    fit = fitness.get("fit")
    if isinstance(fit, bool):
        told.append(sentence(strong("Fit" if fit else "Not fit"), " by its own controls;"))
    noise = _noise(comparison)
    if noise is not None:
        told.append(sentence(f"noise {percent_text(noise, signed=False)} a load"))
    spread = _cpu_spread(head)
    if spread is not None:
        told.append(sentence(f"; CPU check within {percent_text(spread, signed=False)}"))
    if not isinstance(fit, bool):
        told.append(sentence("; no control was run"))
    text = join(told, "")
    if text and text[0].kind == "text":
        first = text[0].text.lstrip("; ")
        return sentence(strong(first[:1].upper() + first[1:]), *text[1:])
    return text


def _noise(comparison: Comparison) -> float | None:
    """The spread of a load around its side's middle, as a share: the median over gates in ms."""
    spreads = []
    for result in comparison.gates:
        side = result.base or result.head
        values = [value for value in side.values if value > 0]
        if result.gate.kind != "regression" or len(values) < 8 or result.scale != "log":
            continue
        logs = [math.log(value) for value in values]
        low, _, high = quantiles(logs, n=4)
        # The quartiles of a normal distribution lie 1.349 standard deviations apart; one slow load
        # moves them little.
        spreads.append((high - low) / 1.349)
    return median(spreads) if spreads else None


def _cpu_spread(run: Run) -> float | None:
    """How far the calibrated loop strayed from its median, for nine in ten iterations."""
    checks = sorted(i.cpu_check for i in run.iterations if i.cpu_check > 0)
    if len(checks) < 10:
        return None
    middle = median(checks)
    strayed = sorted(abs(check / middle - 1) for check in checks)
    return strayed[int(0.9 * (len(strayed) - 1))]


def _errors(comparison: Comparison) -> Sentence:
    if comparison.design == "single":
        return sentence(
            strong("By interval"),
            " a limit is missed or kept only when the whole 95 % interval says so",
        )
    looks = ", ".join(str(look) for look in comparison.looks)
    told = f" over {comparison.family:,} gate{'' if comparison.family == 1 else 's'}"
    if comparison.q_improved:
        told += f", {percent_text(comparison.q_improved, signed=False)} among improvements"
    if len(comparison.looks) > 1:
        told += f"; looks at {looks} pairs"
    if comparison.design == "pairs":
        told += "; a regression must recur in fresh pairs"
    margin = (
        f"; {percent_text(comparison.margin, signed=False)} is forgiven as a difference of servers"
    )
    return sentence(
        strong(f"False discoveries held at {percent_text(comparison.q, signed=False)}"),
        told,
        margin if comparison.margin else "",
    )


def _machine(head: Run, base: Run | None) -> Sentence:
    machine = head.header.environment
    cores = f"{machine.cores} core{'' if machine.cores == 1 else 's'}"
    same = ""
    if base is not None:
        alike = base.header.environment.fingerprint == machine.fingerprint
        same = "; both runs on the same" if alike else "; the base ran on another machine"
    return sentence(
        strong(f"{clean(machine.cpu, 80)}, {cores}"),
        f" {clean(machine.os, 80)}, {clean(machine.browser, 80)}{same}",
    )


def _network(head: Run) -> Sentence:
    told = [_profile(name, settings) for name, settings in sorted(head.header.profiles.items())]
    if not told:
        return sentence(strong("As it is"), " nothing was emulated")
    emulated = any(_shaped(settings) for settings in head.header.profiles.values())
    note = (
        " emulated; TTFB and its parts are then the server’s time alone, without the network’s"
        if emulated
        else " not shaped: latency and bandwidth are the machine’s own"
    )
    return sentence(strong("; ".join(told)), note)


def _profile(name: str, settings: Mapping[str, Any]) -> str:
    parts = []
    if settings.get("rtt"):
        parts.append(f"{settings['rtt']:g}\u00a0ms")
    if settings.get("down"):
        parts.append(f"{settings['down']:g}\u00a0Mbit/s")
    if settings.get("cpu") not in (None, 1, 1.0):
        parts.append(f"CPU {settings['cpu']:g}× slower")
    return f"{clean(name, 40)}: {', '.join(parts) or 'as it is'}"


def _shaped(settings: Mapping[str, Any]) -> bool:
    return any(settings.get(key) for key in ("rtt", "down", "up"))


def _seed(head: Run, base: Run | None) -> Sentence:
    header = head.header
    runs = f" run {clean(header.id, 60)}"
    if base is not None:
        runs = f" runs {clean(base.header.id, 60)} and {clean(header.id, 60)}"
    scenarios: Sequence[Mapping[str, str]] = header.scenarios
    hashes = ", ".join(clean(str(s.get("sha256", "")), 64)[:8] for s in scenarios[:3])
    return sentence(
        strong(str(header.seed)), f"{runs}{f' · scenario sha {hashes}' if hashes else ''}"
    )
