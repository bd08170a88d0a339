"""The error rates and the power that docs/statistics.md states, measured by simulation.

Bounds are the promised ones; where only a measured figure is stated, three standard errors
around it.
"""

import math
import sys
from dataclasses import replace

import numpy as np
import pytest

from rumtest.compare.aligned import shift_of
from rumtest.compare.policy import Restarts
from tests.support.compare import Design, alarms, design, moved_by, moved_by_visible
from tests.support.noise import (
    CALM,
    CV_4,
    CV_8,
    CV_18,
    STRESS,
    Machine,
    Servers,
    build_pages,
    take,
)

pytestmark = [pytest.mark.proof, pytest.mark.slow]

MACHINES = pytest.mark.parametrize("machine", [CALM, STRESS], ids=lambda machine: machine.name)
REPORTS = 4000


def tell(what: str, *numbers: float) -> None:
    """A row of the results, seen with `pytest -rP`."""
    sys.stdout.write(what + "".join(f" | {number:.4f}" for number in numbers) + "\n")


def around(share: float, trials: int) -> float:
    """Three standard errors of a share that was itself measured in as many trials."""
    return 3 * math.sqrt(2 * share * (1 - share) / trials)


@pytest.mark.promise("N7")
@pytest.mark.parametrize("sd", [0.005, 0.01])
@MACHINES
def test_at_most_one_report_in_two_hundred_alarms_on_unchanged_pages(
    machine: Machine, sd: float
) -> None:
    found = alarms(1, design(machine, "block", sd), REPORTS)

    tell(f"alarms {machine.name} block {sd}", found.regressed, found.improved, found.pairs)
    assert found.regressed <= 0.005
    assert found.improved <= 0.01
    assert found.pairs <= 21


@MACHINES
@pytest.mark.parametrize("restarts", ["look", "none"])
def test_servers_that_live_longer_alarm_as_seldom(machine: Machine, restarts: Restarts) -> None:
    how = design(machine, restarts, 0.005, standing=restarts == "none")

    found = alarms(2, how, REPORTS)

    tell(f"alarms {machine.name} {restarts} 0.005", found.regressed, found.improved, found.pairs)
    assert found.regressed <= 0.005
    assert found.pairs <= 21


# The margin of each way of living, and the stated share of 2 000 reports that alarm where starts
# differ by 0, 0.5, 1 and 2 %.
STARTS = (0.0, 0.005, 0.01, 0.02)
TABLE: list[tuple[Restarts, float, tuple[float, ...]]] = [
    ("none", 0.02, (0.001, 0.000, 0.008, 0.13)),
    ("look", 0.01, (0.001, 0.001, 0.004, 0.074)),
    ("block", 0.005, (0.001, 0.001, 0.003, 0.019)),
    ("block", 0.01, (0.001, 0.001, 0.001, 0.011)),
]


@pytest.mark.parametrize(("restarts", "margin", "stated"), TABLE)
def test_margins_protect_from_servers_that_differ(
    restarts: Restarts, margin: float, stated: tuple[float, ...]
) -> None:
    shares = [alarms(3, design(CALM, restarts, sd, margin), 2000).regressed for sd in STARTS]

    tell(f"margin {restarts} {margin}", *shares)
    for share, expected in zip(shares, stated, strict=True):
        allowed = max(expected, 0.005)
        assert share <= allowed + around(allowed, 2000)


@pytest.mark.parametrize(("restarts", "least"), [("none", 0.16), ("look", 0.046)])
def test_without_a_margin_servers_that_differ_are_taken_for_changes(
    restarts: Restarts, least: float
) -> None:
    shares = [alarms(3, design(CALM, restarts, sd, 0.0), 2000).regressed for sd in STARTS]

    tell(f"margin {restarts} 0", *shares)
    assert shares[2] >= least - around(least, 2000)


def test_servers_started_anew_for_every_block_hardly_need_a_margin() -> None:
    shares = [alarms(3, design(CALM, "block", sd, 0.0), 2000).regressed for sd in STARTS]

    tell("margin block 0", *shares)
    assert shares[2] <= 0.011 + around(0.011, 2000)


def test_two_addresses_that_differ_for_good_are_a_change_and_alarm() -> None:
    shares = [alarms(3, design(CALM, "none", sd, standing=True), 2000).regressed for sd in STARTS]

    tell("margin two addresses 0.02", *shares)
    assert shares[1] <= 0.005 + around(0.005, 2000)


@pytest.mark.parametrize(
    ("machine", "change", "least"), [(CALM, 0.10, 0.80), (STRESS, 0.10, 0.77), (CALM, 0.20, 0.95)]
)
def test_large_changes_are_found(machine: Machine, change: float, least: float) -> None:
    found = moved_by(4, design(machine, "block", 0.005), REPORTS, change)

    tell(f"found {machine.name} {change}", found.share(), found.share(CV_4, CV_8))
    assert found.share() >= least
    assert found.elsewhere <= 0.01


def test_a_fifth_more_is_found_on_noisy_machines_too() -> None:
    found = moved_by(4, design(STRESS, "block", 0.005), REPORTS, 0.20)

    tell("found stress 0.2", found.share(), found.share(CV_4, CV_8))
    assert found.share() >= 0.95


@MACHINES
def test_a_fifth_more_is_hardly_ever_missed_on_quiet_gates(machine: Machine) -> None:
    found = moved_by(5, design(machine, "block", 0.005), REPORTS, 0.20)

    assert found.share(CV_4, CV_8) >= 0.99


@pytest.mark.parametrize(("machine", "least"), [(CALM, 0.50), (STRESS, 0.37 - 0.05)])
def test_a_twentieth_more_is_found_on_the_quietest_gates(machine: Machine, least: float) -> None:
    found = moved_by(6, design(machine, "block", 0.005), REPORTS, 0.05)

    tell(f"found {machine.name} 0.05", found.share(), found.share(CV_4))
    assert found.share(CV_4) >= least


@MACHINES
@pytest.mark.parametrize("change", [0.10, 0.20])
def test_what_a_noisy_gate_misses_is_told_as_inconclusive(machine: Machine, change: float) -> None:
    found = moved_by(7, design(machine, "block", 0.005), REPORTS, change)

    missed = (found.kinds == CV_18) & ~found.regressed
    tell(f"missed at CV 18 {machine.name} {change}", 1 - found.unchanged[missed].mean())
    assert found.unchanged[missed].mean() <= 0.05


@pytest.mark.promise("N6")
@MACHINES
def test_a_gate_moved_by_its_smallest_visible_effect_is_found(machine: Machine) -> None:
    found = moved_by_visible(8, design(machine, "block", 0.005), REPORTS)

    tell(f"visible {machine.name}", found.share(), float(np.expm1(np.median(found.moved))))
    assert found.share() >= 0.80


@pytest.mark.parametrize(
    ("looks", "streams"),
    [((12,), 2), ((20,), 15), ((50,), 15), ((10, 20), 15), ((20, 32, 50), 15)],
)
def test_other_looks_keep_their_smallest_visible_effect_too(
    looks: tuple[int, ...], streams: int
) -> None:
    how: Design = replace(design(CALM, "block", 0.005), looks=looks)

    found = moved_by_visible(9, how, 2000, streams=streams)

    tell(f"visible {looks} {streams * 4} gates", found.share(), float(np.median(found.moved)))
    assert found.share() >= 0.80 - around(0.80, 2000)


@MACHINES
@pytest.mark.parametrize("pairs", [8, 10, 15, 22, 50])
def test_intervals_hold_the_true_shift_as_often_as_they_say(machine: Machine, pairs: int) -> None:
    rng = np.random.default_rng(10)
    pages = build_pages(rng, 400)
    taken = take(rng, pages, pairs, machine, Servers("block", 0.0))

    shift = shift_of(taken.base.reshape(-1, pairs), taken.head.reshape(-1, pairs))

    covered = float(((shift.low <= 0) & (shift.high >= 0)).mean())
    half = float(((shift.half_low <= 0) & (shift.half_high >= 0)).mean())
    tell(f"coverage {machine.name} {pairs}", covered, half)
    assert covered >= 0.94
    assert half >= 0.48
