"""Composed reports to look at and to test: one a state that a report can be in."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rumtest.charts.bundle import bundle_of
from rumtest.compare import model
from rumtest.report.compose import compose
from rumtest.report.view import ReportView
from tests.support.report_gates import comparison_of, gates_of
from tests.support.report_lab import COMMAND, Lab, run_of

CREATED = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
TINY_BUNDLE = bundle_of('"use strict";', ":root{color-scheme:light dark}")
GOLDEN = Path(__file__).parent.parent / "report" / "golden"

# -------------------

HOSTILE = {
    "checkout": "<script>alert(1)</script>",
    "Product page": 'Product "page"<img src=x onerror=alert(2)>\u202egnp.exe',
    "Add to cart": "\u202e\u2066" + "<svg onload=alert(3)>" * 400,
    "Checkout": "Check\u0000out\u0301" + "\u0301" * 50 + "{{7*7}}{% raw %}",
    "feat/hero-avif@9be07d4": "</script><script>alert(4)</script>" + "\u2028x",
    "main@3f2a91c": "main'\"><a href=javascript:alert(5)>",
    "/experiment.js": "/'+alert(6)+'/<b>.js",
    "/img/hero.avif": "/img/" + "ا" * 400 + "\u202e.avif",
    "img.hero": "img[title='</title><script>alert(7)</script>']",
    "desktop": "desk<top onmouseover=alert(8)>",
}


def view_of(lab: Lab, gates: Sequence[model.Gate] | None = None) -> ReportView:
    """The composed report of this lab."""
    run = run_of(lab)
    return compose(comparison_of(lab, run, gates), run, command=COMMAND, created=CREATED)


def example_view() -> ReportView:
    """One regression, one improvement, a missed limit, what stays open, and the quiet rest."""
    return view_of(Lab())


def small_view() -> ReportView:
    """The example with one profile and twelve pairs: small enough for golden files."""
    return view_of(Lab(pairs=12, desktop=False))


def unchanged_view() -> ReportView:
    """Nothing happened, and the noise was low enough to say so."""
    lab = Lab(hero_delay=0, checkout_factor=1, experiment=False, noise=0.4)
    return view_of(lab, [g for g in gates_of(lab) if g.kind == "regression" and g.metric != "inp"])


def inconclusive_view() -> ReportView:
    """Five pairs on a noisy machine: nothing can be told."""
    lab = Lab(pairs=9, hero_delay=30, checkout_factor=1, experiment=False, noise=4, seed=3)
    wanted = [g for g in gates_of(lab) if g.kind == "regression" and g.metric != "cls"]
    return view_of(lab, wanted)


def single_view() -> ReportView:
    """A run without base: limits only, one of them missed."""
    return view_of(Lab(kind="run", desktop=False))


def kept_view() -> ReportView:
    """A run without base whose limits all hold."""
    lab = Lab(kind="run", desktop=False)
    wanted = [g for g in gates_of(lab) if g.step == "Product page"]
    return view_of(lab, wanted)


def interrupted_view() -> ReportView:
    """A run that was broken off after four pairs."""
    return view_of(Lab(pairs=4, interrupted=True, desktop=False))


def hostile_view() -> ReportView:
    """The example with a hostile string in every field a stranger can fill."""
    return view_of(Lab(names=HOSTILE))


def unfit_view() -> ReportView:
    """A machine that failed its own control."""
    return view_of(Lab(noise=4, fitness={"fit": False, "difference": 0.14}))


def runs_view(*, fingerprint: str = "ab12") -> ReportView:
    """Two runs taken apart: the made-up pairs as if each arm were a run of its own."""
    lab = Lab(desktop=False)
    head = run_of(replace(lab, kind="run"))
    base = run_of(replace(lab, kind="run", seed=9, hero_delay=0, checkout_factor=1))
    machine = replace(base.header.environment, fingerprint=fingerprint)
    base = replace(base, header=replace(base.header, environment=machine))
    made = comparison_of(lab, run_of(lab), [g for g in gates_of(lab) if g.kind == "regression"])
    results = tuple(replace(result, advisory=True) for result in made.gates)
    comparison = replace(made, gates=results, design="runs", advisory=True)
    return compose(comparison, head, base=base, command=COMMAND, created=CREATED)


VIEWS = {
    "example": example_view,
    "unchanged": unchanged_view,
    "inconclusive": inconclusive_view,
    "single": single_view,
    "kept": kept_view,
    "interrupted": interrupted_view,
    "hostile": hostile_view,
    "unfit": unfit_view,
    "runs": runs_view,
}


def renewing() -> bool:
    """Whether this test run shall write what it would compare with."""
    return os.environ.get("RUMTEST_RENEW_GOLDENS") == "1"


def golden(name: str, text: str) -> str:
    """The golden file's text; with RUMTEST_RENEW_GOLDENS=1 it is written anew first."""
    path = GOLDEN / name
    if renewing():
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")
