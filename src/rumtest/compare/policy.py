"""Every number that a verdict depends on, each with its section of `docs/statistics.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

__all__ = ["POLICY", "Policy", "Restarts"]

# How the servers under test live: both started anew for every block, at each look, or never
# (two addresses that were given).
Restarts = Literal["block", "look", "none"]


def _frozen(values: Mapping[Restarts, float]) -> Mapping[Restarts, float]:
    return MappingProxyType(dict(values))


@dataclass(frozen=True, slots=True)
class Policy:
    """How verdicts are reached. The defaults were chosen, and measured, together: change one and
    the figures of `docs/statistics.md` no longer hold.
    """

    # Of every interval that is shown, and of the rule for `unchanged`.
    confidence: float = 0.95

    # The share of reports' red gates that may be false, before estimate and re-run are asked.
    # 0.20 doubles the false alarms, 0.05 costs 7 points of power at +5 %.
    q: float = 0.10
    # How q is divided over the looks; they add up to 1, so stopping early costs no validity.
    weights: tuple[float, ...] = (0.2, 0.4, 0.4)
    # Nobody's build fails for an improvement, but a false one misleads; no re-run confirms it.
    q_improved: float = 0.01

    # A stream goes on while a gate's p is at most this; larger ones would seldom turn red.
    screen: float = 0.15
    # With many gates one is nearly always below 0.15 by chance (39 pairs a stream, not 23).
    screen_many: float = 0.05
    many_gates: int = 8

    # Fresh pairs of a stream with a red gate, and how small their p must be to agree.
    rerun_pairs: int = 20
    rerun_level: float = 0.10

    # Servers live for so many pairs, where we start them.
    pairs_a_block: int = 5
    # With fewer whole pairs the normal approximation of AL2 does not hold.
    fewest_pairs: int = 8
    # Losing more pairs than this is a finding of its own, and what is left is a selection.
    most_dropped: float = 0.20

    # Two starts of one server differ by a little, and many pairs prove that little. On the
    # working scale of logs, then as a share of the tolerance on the metric's own scale.
    margin: Mapping[Restarts, float] = field(
        default_factory=lambda: _frozen({"block": 0.005, "look": 0.01, "none": 0.02})
    )
    margin_of_tolerance: Mapping[Restarts, float] = field(
        default_factory=lambda: _frozen({"block": 0.1, "look": 0.2, "none": 0.4})
    )

    # One-sided level of the exact sign test on failed loads; 7 to 0 suffices.
    failures_level: float = 0.01

    # Smallest visible effect: how many standard errors the first look lets pass, and how many
    # beyond its level the last look finds, in 80 % of fresh runs. 2.2 keeps it in 79 %. The
    # normal quantile of 80 %, 0.84, would do for an error that is known and for a red that need
    # not be found again; it keeps one look of 12 to 50 pairs in 57 to 70 %.
    first_look_z: float = 2.3
    last_look_z: float = 1.5

    # Stored baseline: sessions kept, fewest that carry a test, its own level, and how many
    # sessions' worth the spread of all gates counts beside the gate's own.
    baseline_kept: int = 20
    baseline_fewest: int = 5
    baseline_q: float = 0.01
    baseline_borrowed: int = 4

    # An interval of a field quantile needs so many effective views beyond it, and sessions.
    thin_tail: float = 20.0
    thin_sessions: int = 50

    def weights_of(self, looks: int) -> tuple[float, ...]:
        """The shares of q for so many looks; with fewer than weights the last takes the rest."""
        if looks >= len(self.weights):
            return self.weights + (0.0,) * (looks - len(self.weights))
        first = self.weights[: looks - 1]
        return (*first, sum(self.weights[looks - 1 :]))

    def screen_of(self, gates: int) -> float:
        """The largest p that keeps a stream of so many gates going."""
        return self.screen_many if gates > self.many_gates else self.screen


POLICY: Final = Policy()
