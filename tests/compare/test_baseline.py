"""A stored baseline is asked as the contract's formula says, and never more than advice."""

import math
from statistics import fmean, median, variance

import numpy as np
import pytest
from scipy import stats

from rumtest.compare.baseline import against_baseline

rng = np.random.default_rng(8)
STORED = {f"g{n}": np.exp(rng.normal(7, 0.03, 8)).tolist() for n in range(5)}
NOW = {gate: math.exp(7.0) for gate in STORED}


def test_t_is_the_formula_s() -> None:
    answer = against_baseline(NOW, STORED, same_fingerprint=True)["g0"]

    logs = {gate: [math.log(value) for value in values] for gate, values in STORED.items()}
    common = median(variance(values) for values in logs.values())
    steadied = (7 * variance(logs["g0"]) + 4 * common) / 11
    t = (7.0 - fmean(logs["g0"])) / math.sqrt(steadied * (1 + 1 / 8))
    assert answer.t == pytest.approx(t)
    assert answer.p_slower == pytest.approx(stats.t.sf(t, 11))


def test_a_much_slower_session_is_told() -> None:
    now = NOW | {"g2": math.exp(7.0) * 1.5}

    answers = against_baseline(now, STORED, same_fingerprint=True)

    assert [answer.slower for answer in answers.values()] == [False, False, True, False, False]


def test_only_the_newest_sessions_count() -> None:
    old = {gate: [1.0] * 30 + values * 3 for gate, values in STORED.items()}

    answers = against_baseline(NOW, old, same_fingerprint=True)

    assert answers["g0"].sessions == 20
    assert answers["g0"].slower is False


@pytest.mark.parametrize(
    ("stored", "same", "reason"),
    [
        (STORED["g0"], False, "environment differs"),
        (STORED["g0"][:4], True, "4 earlier sessions; at least 5"),
        ([0.0] * 8, True, "a median of 0"),
        ([], True, "0 earlier sessions"),
    ],
)
def test_what_cannot_be_told_says_why(stored: list[float], same: bool, reason: str) -> None:
    answers = against_baseline({"g0": 1000.0}, {"g0": stored}, same_fingerprint=same)

    assert answers["g0"].slower is None
    assert answers["g0"].reason.startswith(reason)


def test_sessions_that_never_differed_make_any_change_certain() -> None:
    answers = against_baseline(
        {"same": 5.0, "more": 6.0}, {"same": [5.0] * 6, "more": [5.0] * 6}, same_fingerprint=True
    )

    assert [answer.slower for answer in answers.values()] == [False, True]
