"""A believable lab run, seeded, through the real dataclasses."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from rumtest.iteration import Arm, Iteration, StepRecord
from rumtest.run.model import Environment, Kept, Run, RunHeader, Schedule, SideLabel

COMMAND = (
    "rumtest ab scenarios/checkout.yaml --against-serve 'shop {port}' "
    "--serve 'shop {port}' --seed 7"
)
ORIGIN = {"base": "http://127.0.0.1:8911", "head": "http://127.0.0.1:8921"}

# What one load of each page looks like on a phone: metric middles and how much a load varies (log-
# sd).
PAGES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "Home": {"ttfb": (182, 0.05), "fcp": (820, 0.04), "lcp": (1370, 0.04), "cls": (0, 0)},
    "Product page": {
        "ttfb": (214, 0.04),
        "fcp": (930, 0.04),
        "lcp": (1800, 0.035),
        "cls": (0.031, 0.05),
    },
    "Checkout": {
        "ttfb": (251, 0.05),
        "fcp": (990, 0.04),
        "lcp": (1560, 0.035),
        "cls": (0.14, 0.04),
    },
}
RESOURCES: Mapping[str, Sequence[tuple[str, str, float, float, int, bool]]] = {
    "Home": (
        ("/s.css", "style", 200, 190, 22_100, True),
        ("/app.js", "script", 205, 400, 96_400, False),
        ("/img/banner.webp", "image", 640, 520, 71_300, False),
        ("/api/offers", "fetch", 900, 160, 2_300, False),
    ),
    "Product page": (
        ("/s.css", "style", 420, 190, 22_100, True),
        ("/app.js", "script", 425, 420, 96_400, False),
        ("/fonts/inter.woff2", "font", 640, 265, 48_200, False),
        ("/img/hero.webp", "image", 868, 792, 84_200, False),
        ("/img/thumb-1.webp", "image", 880, 300, 18_400, False),
        ("https://cdn.reviews.example/widget.js", "script", 905, 505, 61_000, False),
        ("/api/price", "fetch", 1020, 175, 1_100, False),
        ("/img/thumb-2.webp", "image", 1190, 290, 17_200, False),
    ),
    "Checkout": (
        ("/s.css", "style", 300, 190, 22_100, True),
        ("/app.js", "script", 305, 430, 96_400, False),
        ("/pay.js", "script", 310, 640, 131_000, False),
        ("/api/cart", "fetch", 760, 140, 1_900, False),
    ),
}
LCP_TARGETS = {"Home": "img.banner", "Product page": "img.hero", "Checkout": "h1"}
DESKTOP = 0.55  # a desktop shows pages in about this share of a phone's time


@dataclass(frozen=True, slots=True)
class Lab:
    """What the made-up lab run is like."""

    seed: int = 7
    pairs: int = 20
    hero_delay: float = 135.0
    checkout_factor: float = 0.915
    experiment: bool = True
    noise: float = 1.0
    names: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["ab", "run"] = "ab"
    interrupted: bool = False
    fitness: Mapping[str, Any] = field(default_factory=dict)
    desktop: bool = True

    def name(self, text: str) -> str:
        """The stranger's text that stands for this one."""
        return self.names.get(text, text)


def run_of(lab: Lab) -> Run:
    """The whole run: iterations and beacons of both arms (or of head alone)."""
    rng = np.random.default_rng(lab.seed)
    iterations: list[Iteration] = []
    beacons: dict[str, Kept] = {}
    arms: tuple[Arm, ...] = ("base", "head") if lab.kind == "ab" else ("head",)
    profiles = ("phone-p75", "desktop") if lab.desktop else ("phone-p75",)
    for profile in profiles:
        for pair in range(lab.pairs):
            first = int(rng.integers(0, 2))
            for turn, arm in enumerate(arms if not first else arms[::-1]):
                iteration, kept = _iteration(lab, rng, profile, pair, turn, arm, len(iterations))
                iterations.append(iteration)
                beacons.update({view.view: view for view in kept})
    return Run("reports/runs/x", _header(lab, profiles), tuple(iterations), beacons)


def _header(lab: Lab, profiles: Sequence[str]) -> RunHeader:
    sides = {"head": SideLabel("feat/hero-avif@9be07d4", ORIGIN["head"], "9be07d4")}
    if lab.kind == "ab":
        sides["base"] = SideLabel("main@3f2a91c", ORIGIN["base"], "3f2a91c")
    settings: dict[str, dict[str, Any]] = {
        "phone-p75": {"device": "Pixel 7", "cpu": 4, "rtt": 100, "down": 5, "up": 2},
        "desktop": {"device": None, "cpu": 1, "rtt": 0, "down": 0, "up": 0},
    }
    return RunHeader(
        id="20261124T140200Z-4f2c",
        kind=lab.kind,
        rumtest="0.1.0",
        command=COMMAND,
        seed=lab.seed,
        started="2026-11-24T14:00:46Z",
        scenarios=(
            {
                "file": "scenarios/checkout.yaml",
                "name": lab.name("checkout"),
                "sha256": "5c1e44" + "0" * 58,
            },
        ),
        app="shop",
        sides={key: replace(side, label=lab.name(side.label)) for key, side in sides.items()},
        profiles={lab.name(name): settings[name] for name in profiles},
        schedule=Schedule((10, 20), 20, "block"),
        environment=Environment(
            "AMD EPYC 7763",
            2,
            8_000_000_000,
            "Debian 13",
            "Chromium 156",
            "3.11.9",
            "0.1.0",
            "ab12",
        ),
        interrupted=lab.interrupted,
        fitness=lab.fitness,
        ended=None if lab.interrupted else "2026-11-24T14:02:00Z",
    )


def _iteration(
    lab: Lab,
    rng: np.random.Generator,
    profile: str,
    pair: int,
    turn: int,
    arm: Arm,
    number: int,
) -> tuple[Iteration, list[Kept]]:
    scale = DESKTOP if profile == "desktop" else 1.0
    kept = [_view(lab, rng, page, arm, number, profile, scale) for page in PAGES]
    inp = 8.0 * round(float(rng.lognormal(math.log(180), 0.2 * lab.noise)) / 8)
    duration = float(rng.lognormal(math.log(401), 0.03 * lab.noise))
    steps = tuple(
        StepRecord(lab.name(step), opened_view=True)
        if step in PAGES
        else StepRecord(lab.name(step), duration=round(duration, 1), inp=inp)
        for step in ("Home", "Product page", "Add to cart", "Checkout")
    )
    return (
        Iteration(
            iteration=number,
            scenario=lab.name("checkout"),
            journey="checkout",
            profile=lab.name(profile),
            cache="cold",
            arm=arm,
            pair=pair,
            block=pair // 5,
            order=turn,
            phase="measured",
            started="2026-11-24T14:01:00Z",
            cpu_check=round(12.0 * float(rng.lognormal(0, 0.01)), 3),
            views=tuple(view.view for view in kept),
            steps=steps,
        ),
        kept,
    )


def _view(
    lab: Lab,
    rng: np.random.Generator,
    page: str,
    arm: Arm,
    number: int,
    profile: str,
    scale: float,
) -> Kept:
    slow = float(rng.lognormal(0, 0.01 * lab.noise))
    metrics = {
        name: round(middle * scale * slow * float(rng.lognormal(0, sd * lab.noise)), 4)
        if name != "cls"
        else round(middle * float(rng.lognormal(0, sd)), 4)
        for name, (middle, sd) in PAGES[page].items()
    }
    late = lab.hero_delay if arm == "head" and page == "Product page" and scale == 1 else 0.0
    late *= float(rng.lognormal(0, 0.15))
    metrics["lcp"] = round(metrics["lcp"] + late, 1)
    if arm == "head" and page == "Checkout" and scale == 1:
        metrics["lcp"] = round(metrics["lcp"] * lab.checkout_factor, 1)
    resources = _resources(lab, rng, page, arm, scale * slow, late)
    by_type: dict[str, list[float]] = {}
    for entry in resources:
        row = by_type.setdefault(entry["type"], [0, 0, 0.0, 0, 0])
        row[0] += 1
        row[1] += entry["size"]
        row[2] = max(row[2], entry["duration"])
    view = f"v{number:05d}{list(PAGES).index(page)}xxxxx"[:12]
    return Kept(
        beacon={
            "beacon": 1,
            "app": "shop",
            "view": view,
            "n": 2,
            "final": True,
            "page": {
                "url": ORIGIN[arm] + lab.name(f"/{page.split()[0].lower()}"),
                "navigation": "navigate",
            },
            "metrics": metrics,
            "attribution": {"lcp": _parts(lab, page, metrics, late, arm)},
            "phases": {
                "request": metrics["ttfb"],
                "response": 40 * scale,
                "transfer_size": 14_200,
            },
            "resources": {"by_type": by_type, "by_host": {}, "slowest": resources},
            "lab": {
                "run": "r",
                "scenario": "checkout",
                "step": lab.name(page),
                "iteration": number,
                "profile": profile,
                "arm": arm,
            },
        },
        received_at="2026-11-24T14:01:02Z",
        page_group=lab.name(page),
    )


def _parts(
    lab: Lab, page: str, metrics: Mapping[str, float], late: float, arm: Arm
) -> dict[str, Any]:
    rest = metrics["lcp"] - metrics["ttfb"] - late
    parts: dict[str, Any] = {"ttfb": metrics["ttfb"], "target": lab.name(LCP_TARGETS[page])}
    if page == "Checkout":
        return {**parts, "load_delay": 0, "load_duration": 0, "render_delay": round(rest, 1)}
    hero = next(name for name, *_ in RESOURCES[page] if "/img/" in name)
    return {
        **parts,
        "url": ORIGIN[arm] + lab.name(_file(lab, hero, arm)),
        "load_delay": round(0.386 * rest, 1),
        "load_duration": round(0.477 * rest + late, 1),
        "render_delay": round(rest - round(0.386 * rest, 1) - round(0.477 * rest, 1), 1),
    }


def _file(lab: Lab, name: str, arm: Arm) -> str:
    if lab.hero_delay and arm == "head" and name == "/img/hero.webp":
        return "/img/hero.avif"
    return name


def _resources(
    lab: Lab, rng: np.random.Generator, page: str, arm: Arm, scale: float, late: float
) -> list[dict[str, Any]]:
    entries = []
    for name, kind, start, duration, size, blocking in RESOURCES[page]:
        took = duration * scale * float(rng.lognormal(0, 0.03))
        changed = _file(lab, name, arm)
        grown = changed != name
        url = changed if changed.startswith("http") else ORIGIN[arm] + lab.name(changed)
        entries.append(
            {
                "url": url,
                "type": kind,
                "start": round(start * scale, 1),
                "duration": round(took + (late if grown else 0), 1),
                "size": 212_400 if grown else size,
                "status": 200,
                "blocking": blocking,
            }
        )
    if lab.experiment and arm == "head" and page == "Product page":
        entries.append(
            {
                "url": ORIGIN[arm] + lab.name("/experiment.js"),
                "type": "script",
                "start": round(922 * scale, 1),
                "duration": round(195 * scale, 1),
                "size": 9_100,
                "status": 200,
                "blocking": False,
            }
        )
    return entries
