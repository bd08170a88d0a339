"""How long a lab decision takes: 60 gates of 50 pairs, all roots, against a loop over the gates.

Limit: 200 ms for the decision. Rival: the same arithmetic asked gate by gate, which is what a
comparison costs that was not written for arrays.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from rumtest.compare.aligned import shift_of
from rumtest.compare.lab import judge
from rumtest.compare.model import Gate
from rumtest.compare.policy import POLICY
from rumtest.compare.schedule import LabSchedule
from rumtest.loads import Loads

GATES, PAIRS = 60, 50
LIMIT = 0.200
REPEATS = 5


def best_of(work: Callable[[], object]) -> float:
    """Seconds of the quickest of a few, after one to warm up."""
    work()
    spans = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        spans.append(time.perf_counter() - start)
    return min(spans)


def gate(number: int) -> Gate:
    """One of four gates of its stream."""
    return Gate(
        f"g{number}",
        "regression",
        f"s{number // 4}",
        scenario="",
        journey="",
        step="",
        page_group="",
        metric="lcp",
        profile="",
        cache="",
        relative=0.05,
        absolute=20.0,
    )


def main() -> int:
    """Print the spans and their ratio; 1 where the decision takes longer than the limit."""
    rng = np.random.default_rng(1)
    base, head = np.exp(rng.normal(7, 0.08, (2, GATES, PAIRS)))
    logs = np.log(base), np.log(head)

    together = best_of(lambda: shift_of(*logs))
    one_by_one = best_of(
        lambda: [shift_of(logs[0][n : n + 1], logs[1][n : n + 1]) for n in range(GATES)]
    )
    print(f"all roots of {GATES} gates × {PAIRS} pairs: {together * 1000:.0f} ms")
    print(f"the same gate by gate: {one_by_one * 1000:.0f} ms, × {one_by_one / together:.1f}")

    gates = [gate(n) for n in range(GATES)]
    loads = {
        its.id: Loads(tuple(base[n].tolist()), tuple(head[n].tolist()))
        for n, its in enumerate(gates)
    }
    looks = {its.stream: (10, 22, 50) for its in gates}
    schedule = LabSchedule(gates, looks, policy=POLICY, restarts="block")
    decision = best_of(lambda: judge(schedule, gates, loads))
    share = decision / LIMIT
    print(f"a whole decision, three looks and every result: {decision * 1000:.0f} ms", end=", ")
    print(f"{share:.2f} of the limit of {LIMIT * 1000:.0f} ms")
    return int(share > 1)


if __name__ == "__main__":
    sys.exit(main())
