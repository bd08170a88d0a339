"""AL2 does what its formula says, keeps its level, and knows no wild loads, drift or ties."""

import math
from collections.abc import Sequence
from statistics import fmean, median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from rumtest.compare.aligned import estimated_shift, shift_of, z_score

# On a grid of 1/16 sums and medians are exact, so that ties are ties to both computations.
values = st.one_of(st.integers(-400, 400).map(lambda n: n / 16), st.sampled_from([0.0, 8.0, 16.0]))


def arms(most: int = 13) -> st.SearchStrategy[tuple[list[float], list[float]]]:
    return st.integers(1, most).flatmap(
        lambda n: st.tuples(
            st.lists(values, min_size=n, max_size=n), st.lists(values, min_size=n, max_size=n)
        )
    )


def by_the_formula(base: Sequence[float], head: Sequence[float], *, continuity: bool) -> float:
    """AL2 written down slowly, block by block."""
    n = len(base)
    starts = list(range(0, n - 1, 2)) or [0]
    ends = [*starts[1:], n]
    blocks = list(zip(starts, ends, strict=True))
    aligned: list[tuple[float, bool, int]] = []
    for number, (start, end) in enumerate(blocks):
        middle = median([*base[start:end], *head[start:end]])
        for arm, is_head in ((base, False), (head, True)):
            for value in arm[start:end]:
                off = value - middle
                aligned.append((0.0 if abs(off) < 1e-12 else round(off, 12), is_head, number))
    ordered = sorted(value for value, _, _ in aligned)
    ranks = [
        fmean(at + 1 for at, other in enumerate(ordered) if other == value)
        for value, _, _ in aligned
    ]
    total = expected = variance = 0.0
    for number, (start, end) in enumerate(blocks):
        k = end - start
        of_block = [
            rank for rank, (_, _, block) in zip(ranks, aligned, strict=True) if block == number
        ]
        expected += k * fmean(of_block)
        spread = sum((rank - fmean(of_block)) ** 2 for rank in of_block)
        variance += k**2 / (2 * k * (2 * k - 1)) * spread
    total = sum(rank for rank, (_, is_head, _) in zip(ranks, aligned, strict=True) if is_head)
    if variance < 1e-9:
        return 0.0
    d = total - expected
    distance = max(abs(d) - (0.5 if continuity else 0.0), 0.0)
    return math.copysign(distance, d) / math.sqrt(variance) if d else 0.0


def rows(*arrays: Sequence[float]) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    return [np.array([array], dtype=np.float64) for array in arrays]


@given(arms(), st.booleans())
def test_z_is_what_the_formula_says(
    both: tuple[list[float], list[float]], continuity: bool
) -> None:
    base, head = both

    found = z_score(*rows(base, head), continuity=continuity)[0]

    assert found == pytest.approx(by_the_formula(base, head, continuity=continuity), abs=1e-9)


@given(arms())
def test_swapping_the_arms_turns_the_sign(both: tuple[list[float], list[float]]) -> None:
    base, head = rows(*both)

    assert z_score(base, head)[0] == pytest.approx(-z_score(head, base)[0], abs=1e-12)


@pytest.mark.parametrize("pairs", [2, 3])
@given(data=st.data())
def test_a_single_block_is_the_mann_whitney_test(pairs: int, data: st.DataObject) -> None:
    arm = st.lists(values, min_size=pairs, max_size=pairs)
    base, head = data.draw(arm), data.draw(arm)

    found = z_score(*rows(base, head))[0]

    if len({*base, *head}) > 1:
        known = stats.mannwhitneyu(head, base, alternative="greater", method="asymptotic")
        above = float(stats.norm.isf(known.pvalue))
        # scipy takes the half rank off towards one side, AL2 towards no difference.
        if stats.rankdata([*head, *base])[:pairs].sum() > pairs * (2 * pairs + 1) / 2:
            assert found == pytest.approx(above, abs=1e-9)


@given(
    hnp.arrays(np.float64, (3, 8), elements=st.integers(-50, 50).map(float)),
    hnp.arrays(np.float64, (3, 8), elements=st.integers(-50, 50).map(float)),
)
def test_gates_judged_together_are_judged_alike(
    base: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    head: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> None:
    together = z_score(base, head)

    alone = [z_score(base[row : row + 1], head[row : row + 1])[0] for row in range(3)]
    assert together.tolist() == alone


@given(arms(), st.lists(st.integers(-1000, 1000), min_size=7, max_size=7))
def test_what_slows_a_whole_block_changes_nothing(
    both: tuple[list[float], list[float]], spells: list[int]
) -> None:
    base, head = both
    last = max(len(base) // 2 - 1, 0)
    spell = [float(spells[min(pair // 2, last)]) for pair in range(len(base))]
    slowed = [
        [value + more for value, more in zip(arm, spell, strict=True)] for arm in (base, head)
    ]

    assert z_score(*rows(*slowed))[0] == z_score(*rows(base, head))[0]


def test_equal_loads_have_no_z_and_an_interval_of_nothing() -> None:
    base, head = rows([7.0] * 10, [7.0] * 10)

    shift = shift_of(base, head)

    assert z_score(base, head)[0] == 0.0
    assert (shift.estimate[0], shift.low[0], shift.high[0]) == (0.0, 0.0, 0.0)


def test_ten_pairs_of_constant_arms_that_differ_reach_the_z_of_the_contract() -> None:
    base, head = rows([100.0] * 10, [110.0] * 10)

    assert round(float(z_score(base, head)[0]), 1) == 3.8


def test_no_pairs_have_no_z() -> None:
    assert z_score(np.empty((2, 0)), np.empty((2, 0))).tolist() == [0.0, 0.0]


@given(st.integers(0, 2**32), st.integers(8, 40), st.floats(-0.5, 0.5))
def test_the_estimate_follows_a_shift_of_head(seed: int, pairs: int, shift: float) -> None:
    base, head = np.random.default_rng(seed).normal(0, 0.1, (2, 1, pairs))

    moved = estimated_shift(base, head + shift)[0] - estimated_shift(base, head)[0]

    assert moved == pytest.approx(shift, abs=1e-6)


@given(st.integers(0, 2**32), st.integers(8, 40))
def test_swapping_the_arms_turns_estimate_and_interval(seed: int, pairs: int) -> None:
    base, head = np.random.default_rng(seed).normal(0, 0.1, (2, 1, pairs))

    there, back = shift_of(base, head), shift_of(head, base)

    assert there.estimate[0] == pytest.approx(-back.estimate[0], abs=1e-6)
    assert (there.low[0], there.high[0]) == pytest.approx((-back.high[0], -back.low[0]), abs=1e-6)


@given(st.integers(0, 2**32), st.integers(8, 40), st.sampled_from([0.0, 8.0]))
def test_the_intervals_lie_around_the_estimate_one_in_the_other(
    seed: int, pairs: int, heap: float
) -> None:
    base, head = np.random.default_rng(seed).normal(100, 15, (2, 1, pairs))
    if heap:
        base, head = heap * np.round(base / heap), heap * np.round(head / heap)

    shift = shift_of(base, head)

    ends = (shift.low, shift.half_low, shift.estimate, shift.half_high, shift.high)
    assert [float(end[0]) for end in ends] == sorted(float(end[0]) for end in ends)


@given(st.integers(0, 2**32), st.integers(8, 30))
def test_the_interval_holds_just_what_the_test_does_not_reject(seed: int, pairs: int) -> None:
    base, head = np.random.default_rng(seed).normal(0, 0.1, (2, 1, pairs))
    shift = shift_of(base, head)

    def z_at(moved: float) -> float:
        return float(z_score(base, head - moved, continuity=False)[0])

    beyond = 2e-5
    assert abs(z_at(float(shift.estimate[0]))) <= 1.0
    assert z_at(float(shift.low[0]) + beyond) <= 1.96 <= z_at(float(shift.low[0]) - beyond) + 0.01
    assert (
        z_at(float(shift.high[0]) - beyond) >= -1.96 >= z_at(float(shift.high[0]) + beyond) - 0.01
    )


def test_an_interval_of_heaped_loads_is_closed() -> None:
    # All shifts that fit are whole heaps; an open end would leave the true one out.
    rng = np.random.default_rng(5)
    base, head = 8.0 * np.round(rng.normal(100, 10, (2, 400, 22)) / 8)

    shift = shift_of(base, head)

    covered = ((shift.low <= 0) & (shift.high >= 0)).mean()
    assert covered >= 0.97 - 0.03  # 97 % in the contract; three standard errors of 400 draws


def test_one_wild_load_hardly_moves_the_estimate() -> None:
    rng = np.random.default_rng(1)
    base, head = rng.normal(0, 0.05, (2, 1, 22))
    wild = head.copy()
    wild[0, 3] += 5.0

    assert abs(estimated_shift(base, wild)[0] - estimated_shift(base, head)[0]) < 0.02


@pytest.mark.parametrize(("level", "expected"), [(0.05, 0.048), (0.001, 0.0006)])
@pytest.mark.parametrize("kind", ["continuous", "heaps", "zeros"])
def test_on_unchanged_pages_small_p_values_are_as_rare_as_they_say(
    kind: str, level: float, expected: float
) -> None:
    rng = np.random.default_rng(11)
    base, head = rng.normal(100, 8, (2, 20_000, 22))
    if kind == "heaps":
        base, head = 8.0 * np.round(base / 8), 8.0 * np.round(head / 8)
    if kind == "zeros":
        base, head = np.where(rng.random((2, 20_000, 22)) < 0.6, 0.0, (base, head))

    found = float((stats.norm.sf(z_score(base, head)) <= level).mean())

    assert found <= level + 4 * math.sqrt(level / 20_000)
    assert found >= expected / 2
