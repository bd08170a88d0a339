"""Loads of made-up pages on calm and on noisy machines, for thousands of reports at once.

Written after the description in docs/statistics.md, for the proofs of the comparison's error
rates. Arrays are [report, gate, load] or [report, stream, load], values are logs.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

# What a gate's loads look like by themselves: log-sd 4, 8 or 18 %, or four modes.
CV_4, CV_8, CV_18, MODES = range(4)
_SHARES = (0.40, 0.25, 0.10, 0.25)
_LOG_SD = np.array([0.04, 0.08, 0.18, 0.02])
_MODES_APART = 0.12
_SHARED_BY_A_LOAD = 0.02
_WILD_SHARE = 0.03
_WILD = (1.2, 3.0)


@dataclass(frozen=True)
class Machine:
    """What a machine adds to every load: a wandering level and a trend over the run."""

    name: str
    wander: float
    wander_sd: float
    drift: float


CALM = Machine("calm", 0.5, 0.02, 0.02)
STRESS = Machine("stress", 0.8, 0.06, 0.06)


@dataclass(frozen=True)
class Servers:
    """How servers live, and by how much (log-sd) one start differs from the next.

    Servers that are never restarted may be started anew for the re-run, or stand there as they
    are: `standing`, as two addresses do.
    """

    restarts: str
    sd: float
    standing: bool = False
    pairs_a_block: int = 5


@dataclass(frozen=True)
class Pages:
    """What was built: the kind of each gate's loads and its modes; no load changes it."""

    kinds: Integers
    modes: Floats
    gates_a_stream: int

    @property
    def streams(self) -> int:
        return int(self.kinds.shape[1]) // self.gates_a_stream

    @property
    def stream_of(self) -> Integers:
        return np.arange(self.kinds.shape[1]) // self.gates_a_stream

    def of(self, reports: Integers) -> "Pages":
        return replace(self, kinds=self.kinds[reports], modes=self.modes[reports])


@dataclass(frozen=True)
class Taken:
    """Pairs in running order: head_first[report, stream, pair], values[report, gate, pair]."""

    base: Floats
    head: Floats


def build_pages(
    rng: np.random.Generator, reports: int, *, streams: int = 15, gates_a_stream: int = 4
) -> Pages:
    shape = (reports, streams * gates_a_stream)
    kinds = rng.choice(4, size=shape, p=_SHARES)
    modes = rng.uniform(0.0, _MODES_APART, size=(*shape, 4))
    return Pages(kinds, modes, gates_a_stream)


def take(
    rng: np.random.Generator,
    pages: Pages,
    pairs: int,
    machine: Machine,
    servers: Servers,
    *,
    looks: tuple[int, ...] = (),
    given: Floats | None = None,
) -> Taken:
    """Load everything; `given` are the shifts of servers that were already running."""
    reports, gates = pages.kinds.shape
    loads = 2 * pairs
    level = _level_of_loads(rng, (reports, pages.streams, loads), machine)
    head_first = rng.random((reports, pages.streams, pairs)) < 0.5
    when = np.stack((head_first, ~head_first)) + 2 * np.arange(pairs)  # of base, of head
    starts = server_starts(rng, pages, servers, pairs, looks) if given is None else given
    arms = []
    for arm in range(2):
        own = rng.standard_normal((reports, gates, pairs))
        own *= _LOG_SD[pages.kinds][:, :, None]
        own += _mode(rng, pages, pairs)
        shared = np.take_along_axis(level, when[arm].astype(np.intp), axis=2)
        shared = shared + starts[arm]
        arms.append(own + shared[:, pages.stream_of])
    return Taken(*arms)


def server_starts(
    rng: np.random.Generator,
    pages: Pages,
    servers: Servers,
    pairs: int,
    looks: tuple[int, ...] = (),
) -> Floats:
    """The shift of each arm's server at each pair: [arm, report, stream, pair]."""
    pair = np.arange(pairs)
    if servers.restarts == "block":
        start_of = pair // servers.pairs_a_block
    elif servers.restarts == "look":
        start_of = np.searchsorted(np.array(looks[:-1]), pair, side="right")
    else:
        start_of = np.zeros_like(pair)
    reports = len(pages.kinds)
    size = (2, reports, pages.streams, int(start_of[-1]) + 1)
    return rng.normal(0.0, servers.sd, size=size)[..., start_of]


def _level_of_loads(
    rng: np.random.Generator, shape: tuple[int, int, int], machine: Machine
) -> Floats:
    fresh = rng.standard_normal(shape)
    wandering = np.empty(shape)
    wandering[:, :, 0] = fresh[:, :, 0]
    keeps = np.sqrt(1 - machine.wander**2)
    for load in range(1, shape[2]):
        wandering[:, :, load] = machine.wander * wandering[:, :, load - 1]
        wandering[:, :, load] += keeps * fresh[:, :, load]
    direction = rng.choice((-1.0, 1.0), size=(*shape[:2], 1))
    trend = direction * np.linspace(-0.5, 0.5, shape[2]) * machine.drift
    wild = rng.random(shape) < _WILD_SHARE
    jump = np.log(rng.uniform(*_WILD, size=int(wild.sum())))
    level = machine.wander_sd * wandering + trend
    level += _SHARED_BY_A_LOAD * rng.standard_normal(shape)
    level[wild] += jump
    return level


def _mode(rng: np.random.Generator, pages: Pages, pairs: int) -> Floats:
    chosen = rng.integers(0, 4, size=(*pages.kinds.shape, pairs))
    values = np.take_along_axis(pages.modes, chosen, axis=2)
    return np.where((pages.kinds == MODES)[:, :, None], values, 0.0)
