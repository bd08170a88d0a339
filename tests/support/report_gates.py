"""A plain stand-in for the comparison: medians of pairs with normal intervals, the real shapes."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from rumtest.compare import model
from rumtest.iteration import Arm, stream_key
from rumtest.run.model import Run
from tests.support.report_lab import Lab

# -------------------------------------------------------------------------------------------------


def gate(
    lab: Lab,
    step: str,
    metric: str,
    profile: str = "phone-p75",
    *,
    limit: float | None = None,
    relative: float = 0.05,
    absolute: float = 20.0,
    line: int = 12,
) -> model.Gate:
    """A gate as the pipeline would make it; with a limit a threshold at p75."""
    kind: Literal["regression", "threshold"] = "regression" if limit is None else "threshold"
    slug = step.lower().replace(" ", "-")
    suffix = "" if limit is None else ".limit"
    return model.Gate(
        id=f"{lab.name(slug)}.{metric}.p75.{profile}.cold{suffix}",
        kind=kind,
        stream=stream_key(lab.name("checkout"), "checkout", lab.name(profile), "cold"),
        scenario=lab.name("checkout"),
        journey="checkout",
        step=lab.name(step),
        page_group=lab.name(step),
        metric=metric,
        profile=lab.name(profile),
        cache="cold",
        relative=relative,
        absolute=absolute,
        limit=limit,
        text=f"p75 < {limit:g}" if limit is not None else "",
        file="scenarios/checkout.yaml",
        line=line,
    )


def gates_of(lab: Lab) -> tuple[model.Gate, ...]:
    """The gates of the made-up scenario: regression gates where there is a base, limits always."""
    regression = [
        gate(lab, "Home", "lcp"),
        gate(lab, "Home", "cls", absolute=0.02, relative=0.1),
        gate(lab, "Home", "ttfb"),
        gate(lab, "Product page", "lcp", line=17),
        gate(lab, "Product page", "cls", absolute=0.02, relative=0.1),
        gate(lab, "Product page", "ttfb"),
        gate(lab, "Add to cart", "inp", line=24),
        gate(lab, "Add to cart", "duration", line=25),
        gate(lab, "Checkout", "lcp"),
        gate(lab, "Checkout", "ttfb"),
    ]
    if lab.desktop:
        regression += [
            gate(lab, page, "lcp", "desktop") for page in ("Home", "Product page", "Checkout")
        ]
    limits = [
        gate(lab, "Product page", "lcp", limit=2500, line=8),
        gate(lab, "Checkout", "cls", limit=0.1, line=9),
        gate(lab, "Add to cart", "inp", limit=200, line=10),
    ]
    return (*(regression if lab.kind == "ab" else ()), *limits)


def comparison_of(
    lab: Lab, run: Run, gates: Sequence[model.Gate] | None = None
) -> model.Comparison:
    """The gates judged by a plain stand-in for the engine.

    Medians of pairs with normal intervals.
    """
    results = tuple(_result(one, run) for one in (gates_of(lab) if gates is None else gates))
    family = sum(1 for result in results if result.gate.kind == "regression")
    return model.Comparison(
        gates=results,
        family=family,
        looks=(10, 20) if lab.kind == "ab" else (),
        margin=0.005 if lab.kind == "ab" else 0.0,
        q=0.1,
        seed=lab.seed,
        design="pairs" if lab.kind == "ab" else "single",
        restarts="block" if lab.kind == "ab" else "none",
    )


def _values(one: model.Gate, run: Run, arm: Arm) -> tuple[float, ...]:
    found = []
    for iteration in sorted(run.iterations, key=lambda i: i.pair):
        if iteration.stream != one.stream or iteration.arm != arm:
            continue
        if one.metric in ("inp", "duration"):
            step = next(s for s in iteration.steps if s.step == one.step)
            found.append(float(getattr(step, one.metric)))
        else:
            views = [run.beacons[view] for view in iteration.views]
            view = next(v for v in views if v.beacon["lab"]["step"] == one.step)
            found.append(view.metric(one.metric) or 0.0)
    return tuple(found)


def side_of(values: Sequence[float]) -> model.Side:
    """One arm's loads with median and p75."""
    if not values:
        return model.Side((), None, None)
    return model.Side(tuple(values), float(np.median(values)), float(np.quantile(values, 0.75)))


def _result(one: model.Gate, run: Run) -> model.GateResult:
    head, base = _values(one, run, "head"), _values(one, run, "base")
    if one.kind == "threshold":
        return threshold_result(one, head)
    return regression_result(one, base, head)


def threshold_result(one: model.Gate, head: Sequence[float]) -> model.GateResult:
    """A limit judged by the interval of order statistics of p75."""
    ordered, size = sorted(head), len(head)
    low = ordered[max(0, math.floor(0.75 * size - 1.96 * math.sqrt(size * 0.1875)))]
    rank = math.ceil(0.75 * size + 1.96 * math.sqrt(size * 0.1875))
    high = ordered[rank] if rank < size else None
    limit = one.limit or 0.0
    if low > limit:
        outcome, code = model.Outcome.FAILED, "above-limit"
    elif high is not None and high <= limit:
        outcome, code = model.Outcome.PASSED, "below-limit"
    elif high is None:
        outcome, code = model.Outcome.UNDECIDED, "too-few"
    else:
        outcome, code = model.Outcome.UNDECIDED, "interval-holds-limit"
    return model.GateResult(
        gate=one,
        outcome=outcome,
        reason=model.Reason(code, f"p75 of {size} loads against the limit."),
        base=None,
        head=side_of(head),
        value=model.Value(float(np.quantile(head, 0.75)), low, high, size),
        pairs_to_decide=None if outcome is not model.Outcome.UNDECIDED else 3 * size,
    )


def regression_result(
    one: model.Gate, base: Sequence[float], head: Sequence[float], *, paired: bool = True
) -> model.GateResult:
    """A change judged by the median of the pairs and its bootstrap error."""
    pairs = tuple(zip(base, head, strict=True))
    middle = float(np.median(base))
    tolerance = max(one.relative * middle, one.absolute)
    log = one.relative * middle >= one.absolute and min(*base, *head) > 0
    estimate, error = _estimate(base, head)
    change = change_of(estimate, error, middle, n=len(base))
    verdict = _verdict(change, tolerance)
    if len(pairs) < 8:
        verdict = model.Verdict.INCONCLUSIVE
    outcome = {
        model.Verdict.REGRESSED: model.Outcome.FAILED,
        model.Verdict.INCONCLUSIVE: model.Outcome.UNDECIDED,
    }.get(verdict, model.Outcome.PASSED)
    undecided = verdict is model.Verdict.INCONCLUSIVE
    return model.GateResult(
        gate=one,
        outcome=outcome,
        reason=model.Reason(verdict.value, f"{verdict.value} by the stand-in."),
        base=side_of(base),
        head=side_of(head),
        verdict=verdict,
        change=change,
        pairs=pairs if paired else (),
        pair_numbers=tuple(range(len(pairs))) if paired else (),
        head_first=tuple(i % 2 == 0 for i in range(len(pairs))) if paired else (),
        tolerance=tolerance,
        tolerance_relative=tolerance / middle if middle else None,
        margin=tolerance / 10,
        scale="log" if log else "identity",
        p_slower=0.0004 if verdict is model.Verdict.REGRESSED else 0.4,
        p_faster=0.0004 if verdict is model.Verdict.IMPROVED else 0.5,
        level=0.04,
        regression_excluded=undecided and change.absolute_high < tolerance,
        confirmed=model.Confirmation(
            15, change_of(estimate * 0.92, error, middle, n=15), 0.004, True
        )
        if verdict is model.Verdict.REGRESSED
        else None,
        pairs_to_decide=105 if undecided else None,
    )


def _estimate(base: Sequence[float], head: Sequence[float]) -> tuple[float, float]:
    differences = np.asarray(head) - np.asarray(base)
    rng = np.random.default_rng(1)
    drawn = differences[rng.integers(0, len(differences), (800, len(differences)))]
    return float(np.median(differences)), float(np.median(drawn, axis=1).std())


def change_of(estimate: float, error: float, middle: float, *, n: int) -> model.Change:
    """A change of this size and error, on both scales."""

    def share(value: float) -> float | None:
        return value / middle if middle else None

    low, high, half_low, half_high = (estimate + z * error for z in (-1.96, 1.96, -0.674, 0.674))
    visible = 2.9 * error * math.sqrt(n / 20)
    return model.Change(
        absolute=estimate,
        absolute_low=low,
        absolute_high=high,
        absolute_half_low=half_low,
        absolute_half_high=half_high,
        relative=share(estimate),
        relative_low=share(low),
        relative_high=share(high),
        relative_half_low=share(half_low),
        relative_half_high=share(half_high),
        smallest_visible=visible,
        smallest_visible_relative=share(visible),
    )


def _verdict(change: model.Change, tolerance: float) -> model.Verdict:
    if change.absolute_low > 0 and change.absolute >= tolerance:
        return model.Verdict.REGRESSED
    if change.absolute_high < 0 and change.absolute <= -tolerance:
        return model.Verdict.IMPROVED
    if change.absolute_low > -tolerance and change.absolute_high < tolerance:
        return model.Verdict.UNCHANGED
    return model.Verdict.INCONCLUSIVE
