"""Whole comparisons on made-up loads, by the very lines that judge a run, thousands at once."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rumtest.compare.aligned import estimated_shift, shift_of
from rumtest.compare.evidence import p_faster, p_slower
from rumtest.compare.looks import Plan, Seen, Standing, follow
from rumtest.compare.policy import POLICY, Policy, Restarts
from rumtest.compare.scale import Scale
from rumtest.compare.visible import Effort, smallest_visible, standard_error
from tests.support.noise import Machine, Pages, Servers, build_pages, server_starts, take

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.intp]


@dataclass(frozen=True)
class Design:
    """One way of comparing: machine, servers, margin, tolerance, looks."""

    machine: Machine
    servers: Servers
    margin: float
    tolerance: float = 0.03
    looks: tuple[int, ...] = (10, 22, 50)
    policy: Policy = field(default=POLICY)

    @property
    def scale(self) -> Scale:
        return Scale("log", float(np.log1p(self.tolerance)), float(np.log1p(self.margin)))


def design(
    machine: Machine,
    restarts: Restarts,
    sd: float,
    margin: float | None = None,
    *,
    standing: bool = False,
) -> Design:
    return Design(
        machine,
        Servers(restarts, sd, standing),
        POLICY.margin[restarts] if margin is None else margin,
    )


@dataclass(frozen=True)
class Reports:
    """What became of every gate of every report, and the pairs each stream took."""

    regressed: Bools
    improved: Bools
    pairs: Integers
    base: Floats
    head: Floats

    def shift(self, gates: Integers) -> tuple[Floats, Floats, Floats]:
        """Estimate, low and high of one gate of each report, on all pairs it took."""
        rows = np.arange(len(gates))
        taken = self.pairs[rows, gates]
        out = np.empty((3, len(gates)))
        for n in np.unique(taken):
            at = np.flatnonzero(taken == n)
            found = shift_of(self.base[at, gates[at], :n], self.head[at, gates[at], :n])
            out[:, at] = found.estimate, found.low, found.high
        return out[0], out[1], out[2]


def compare(
    rng: np.random.Generator, pages: Pages, how: Design, moved: Floats | None = None
) -> Reports:
    """Run the whole schedule with its re-run; `moved` shifts head, [report, gate] in logs."""
    pairs = how.looks[-1]
    given = None
    if how.servers.standing:
        given = server_starts(rng, pages, how.servers, max(pairs, POLICY.rerun_pairs))
    starts = None if given is None else given[..., :pairs]
    taken = take(rng, pages, pairs, how.machine, how.servers, looks=how.looks, given=starts)
    moved = np.zeros(pages.kinds.shape) if moved is None else moved
    head = taken.head + moved[:, :, None]
    watch = _Watch(pages, how, taken.base, head)
    standing = follow(watch.plan, watch.see, reports=len(pages.kinds))
    regressed = standing.red.copy()
    rows = np.flatnonzero(regressed.any(axis=1))
    if len(rows):
        again = None if given is None else given[:, rows, :, : how.policy.rerun_pairs]
        fresh = _rerun(rng, pages.of(rows), how, moved[rows], again)
        regressed[rows] &= fresh
    return Reports(regressed, standing.green, watch.pairs, taken.base, head)


def _rerun(
    rng: np.random.Generator, pages: Pages, how: Design, moved: Floats, given: Floats | None
) -> Bools:
    n = min(how.policy.rerun_pairs, how.looks[-1])
    fresh = take(rng, pages, n, how.machine, how.servers, looks=(n,), given=given)
    shape = pages.kinds.shape
    p = p_slower(
        fresh.base.reshape(-1, n),
        (fresh.head + moved[:, :, None]).reshape(-1, n),
        np.full(shape[0] * shape[1], how.scale.margin),
    )
    return p.reshape(shape) <= how.policy.rerun_level


class _Watch:
    """Feeds the looks with arrays; streams that are closed keep what they last showed."""

    def __init__(self, pages: Pages, how: Design, base: Floats, head: Floats) -> None:
        self.how, self.base, self.head = how, base, head
        weights = how.policy.weights_of(len(how.looks))
        self.plan = Plan(
            pages.stream_of,
            pages.streams,
            tuple(how.policy.q * weight for weight in weights),
            tuple(how.policy.q_improved * weight for weight in weights),
        )
        self.screen = how.policy.screen_of(pages.gates_a_stream)
        self.pairs = np.zeros(pages.kinds.shape, dtype=np.intp)
        self.slower = np.ones(pages.kinds.shape)
        self.faster = np.ones(pages.kinds.shape)

    def see(self, look: int, standing: Standing) -> Seen:
        n = self.how.looks[look]
        going_on = standing.open[:, self.plan.stream_of]
        self.pairs[going_on] = n
        base, head = self.base[going_on][:, :n], self.head[going_on][:, :n]
        margin = np.full(len(base), self.how.scale.margin)
        self.slower[going_on] = p_slower(base, head, margin)
        self.faster[going_on] = p_faster(base, head, margin)
        wants_more = self.slower <= self.screen
        return Seen(self.slower.copy(), self.faster.copy(), wants_more, self._reaches)

    def _reaches(self, mask: Bools, sign: int) -> Bools:
        reached = np.zeros_like(mask)
        for n in np.unique(self.pairs[mask]):
            rows = mask & (self.pairs == n)
            estimate = estimated_shift(self.base[rows][:, :n], self.head[rows][:, :n])
            reached[rows] = sign * estimate >= self.how.scale.tolerance
        return reached


def visible(reports: Reports, gates: Integers, how: Design) -> Floats:
    """The smallest visible effect that the report would print for one gate of each report."""
    _, low, high = reports.shift(gates)
    family = reports.regressed.shape[1]
    last = how.policy.q * how.policy.weights_of(len(how.looks))[-1]
    rows = np.arange(len(gates))
    return np.array(
        [
            smallest_visible(
                standard_error(lo, hi),
                how.scale,
                Effort(int(n), how.looks[0], how.looks[-1], last, family),
                how.policy,
            )
            for lo, hi, n in zip(low, high, reports.pairs[rows, gates], strict=True)
        ]
    )


@dataclass(frozen=True)
class Alarms:
    """Of so many reports on unchanged pages: shares with an alarm, and pairs a stream."""

    reports: int
    regressed: float
    improved: float
    pairs: float


@dataclass(frozen=True)
class Found:
    """One gate a report was moved: what became of it, by the kind of its loads.

    `unchanged` marks gates with that verdict, `moved` holds the shifts in logs, `elsewhere` is the
    share of reports in which another gate alarmed.
    """

    regressed: Bools
    unchanged: Bools
    kinds: Integers
    moved: Floats
    elsewhere: float

    def share(self, *kinds: int) -> float:
        """The share found among gates of these kinds, or among all."""
        among = np.isin(self.kinds, kinds) if kinds else np.ones_like(self.regressed)
        return float(self.regressed[among].mean())


# So many reports at once keep a simulation's arrays in a few hundred megabytes.
_AT_ONCE = 500


def alarms(seed: int, how: Design, reports: int) -> Alarms:
    """Compare unchanged pages so often."""
    rng = np.random.default_rng(seed)
    several = [compare(rng, build_pages(rng, _AT_ONCE), how) for _ in range(reports // _AT_ONCE)]
    return Alarms(
        reports,
        float(np.mean([found.regressed.any(axis=1).mean() for found in several])),
        float(np.mean([found.improved.any(axis=1).mean() for found in several])),
        float(np.mean([found.pairs.mean() for found in several])),
    )


def moved_by(seed: int, how: Design, reports: int, change: float, *, streams: int = 15) -> Found:
    """Move one gate of each report by this share."""
    return _moved(seed, how, reports, lambda *_: np.full(_AT_ONCE, np.log1p(change)), streams)


def moved_by_visible(seed: int, how: Design, reports: int, *, streams: int = 15) -> Found:
    """Move one gate of each report by the smallest visible effect printed of it before."""

    def printed(rng: np.random.Generator, pages: Pages, gates: Integers) -> Floats:
        return visible(compare(rng, pages, how), gates, how)

    return _moved(seed, how, reports, printed, streams)


def _moved(
    seed: int,
    how: Design,
    reports: int,
    change: Callable[[np.random.Generator, Pages, Integers], Floats],
    streams: int,
) -> Found:
    rng = np.random.default_rng(seed)
    rows = np.arange(_AT_ONCE)
    parts: list[tuple[Bools, Bools, Integers, Floats, Bools]] = []
    for _ in range(reports // _AT_ONCE):
        pages = build_pages(rng, _AT_ONCE, streams=streams)
        gates = rng.integers(0, pages.kinds.shape[1], _AT_ONCE)
        shift = change(rng, pages, gates)
        moved = np.zeros(pages.kinds.shape)
        moved[rows, gates] = shift
        reported = compare(rng, pages, how, moved)
        _, low, high = reported.shift(gates)
        inside = (low > -how.scale.tolerance) & (high < how.scale.tolerance)
        others = reported.regressed.copy()
        others[rows, gates] = False
        red = reported.regressed[rows, gates]
        alarmed: Bools = np.asarray(others.any(axis=1))
        parts.append((red, inside & ~red, pages.kinds[rows, gates], shift, alarmed))
    red, inside, kinds, shift, others = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Found(red, inside, kinds, shift, float(others.mean()))
