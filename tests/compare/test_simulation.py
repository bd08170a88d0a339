"""A small version of the proofs: on unchanged pages almost no report alarms, however it ends."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from rumtest.compare.evidence import p_faster, p_slower
from rumtest.compare.lab import judge
from rumtest.compare.looks import Plan, Seen, Standing, follow
from rumtest.compare.model import Verdict
from rumtest.compare.policy import POLICY
from rumtest.compare.schedule import LabSchedule, Measure
from rumtest.loads import Loads
from tests.support.compare import Bools, Floats, Integers, compare, design
from tests.support.gates import regression
from tests.support.noise import CALM, STRESS, Machine, build_pages, take


def at_most(share: float, trials: int) -> float:
    """What a share of trials stays under in 999 of 1000 repetitions."""
    return share + 3.1 * math.sqrt(share * (1 - share) / trials)


@pytest.mark.parametrize("machine", [CALM, STRESS], ids=lambda machine: machine.name)
def test_unchanged_pages_alarm_in_at_most_half_a_percent_of_reports(machine: Machine) -> None:
    rng = np.random.default_rng(77)
    how = design(machine, "block", 0.005)

    alarms = [compare(rng, build_pages(rng, 400), how).regressed.any(axis=1) for _ in range(2)]

    assert np.concatenate(alarms).mean() <= at_most(0.005, 800)


def test_a_tenth_more_is_found_on_four_pages_of_five() -> None:
    rng = np.random.default_rng(78)
    pages, gates, rows = build_pages(rng, 400), rng.integers(0, 60, 400), np.arange(400)
    moved = np.zeros((400, 60))
    moved[rows, gates] = math.log(1.10)

    found = compare(rng, pages, design(CALM, "block", 0.005), moved).regressed[rows, gates]

    # The contract found 82 to 83 %.
    assert found.mean() >= 0.82 - 3.1 * math.sqrt(0.82 * 0.18 / 400)


@pytest.mark.slow
@pytest.mark.parametrize("cut", [8, 13, 22, 50])
def test_stopping_anywhere_never_raises_the_error(cut: int) -> None:
    rng = np.random.default_rng(79)
    base, head = rng.normal(0, 0.05, (2, 4000, 12, 50))
    plan = Plan(np.zeros(12, dtype=np.intp), 1, (0.02, 0.04, 0.04), (0.002, 0.004, 0.004))

    standing = follow(plan, watching(base, head, cut), reports=4000)

    # No tolerance, no margin, no re-run: only the levels protect.
    assert standing.red.any(axis=1).mean() <= at_most(POLICY.q, 4000)


def watching(base: Floats, head: Floats, cut: int) -> Callable[[int, Standing], Seen]:
    reports, gates, _ = base.shape

    def see(look: int, _: Standing) -> Seen:
        n = min((10, 22, 50)[look], cut)
        arms = base[..., :n].reshape(-1, n), head[..., :n].reshape(-1, n)
        none = np.zeros(reports * gates)
        slower = p_slower(*arms, none).reshape(reports, gates)
        faster = p_faster(*arms, none).reshape(reports, gates)
        return Seen(slower, faster, slower <= POLICY.screen, lambda mask, _: mask)

    return see


def test_the_simulations_judge_as_a_run_is_judged() -> None:
    rng = np.random.default_rng(80)
    pages = build_pages(rng, 12, streams=3)
    moved = rng.choice([0.0, 0.0, 0.06, 0.3], size=pages.kinds.shape)
    state = rng.bit_generator.state
    how = design(CALM, "block", 0.005)
    together = compare(rng, pages, how, moved)
    rng.bit_generator.state = state
    taken = take(rng, pages, 50, how.machine, how.servers)

    for report in range(12):
        red, pairs = one_by_one(taken.base[report], taken.head[report] + moved[report][:, None])

        # A gate that is red here was asked again there, and fresh loads may have disagreed.
        assert not (together.regressed[report] & ~red).any()
        assert pairs.tolist() == together.pairs[report].tolist()


def one_by_one(base: Floats, head: Floats) -> tuple[Bools, Integers]:
    """A report's red gates and pairs, asked of the schedule step by step."""
    names = [f"g{n}" for n in range(len(base))]
    gates = [
        regression(name, f"s{n // 4}", relative=0.03, absolute=0.0) for n, name in enumerate(names)
    ]
    looks = {gate.stream: (10, 22, 50) for gate in gates}
    plan = LabSchedule(gates, looks, policy=POLICY, restarts="block")
    pairs = dict.fromkeys(looks, 0)

    def so_far() -> dict[str, Loads]:
        values = 1000 * np.exp(np.stack((base, head)))
        return {
            gate.id: Loads(
                tuple(values[0, n, : pairs[gate.stream]].tolist()),
                tuple(values[1, n, : pairs[gate.stream]].tolist()),
            )
            for n, gate in enumerate(gates)
        }

    while isinstance(step := plan.next(so_far()), Measure):
        pairs |= step.streams
    results = judge(plan, gates, so_far()).gates
    assert not any(result.verdict is Verdict.REGRESSED for result in results)  # none run again
    return plan.read(so_far()).standing.red[0], np.array([pairs[gate.stream] for gate in gates])
