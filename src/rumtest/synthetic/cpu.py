"""The fixed piece of work that tells whether this machine is fit to measure just now."""

import time
from collections.abc import Callable
from typing import Final

from rumtest.metric import Milliseconds

__all__ = ["check_cpu"]

# About 20 ms on a server core of 2024; such work took 129 ms on a crowded machine.
ROUNDS: Final = 400_000


def check_cpu(clock: Callable[[], float] = time.perf_counter) -> Milliseconds:
    """How long a fixed loop takes now, in ms; a multiple of its usual time means unfit."""
    begin = clock()
    total = 0
    for number in range(ROUNDS):
        total = (total + number) & 0xFFFF
    return Milliseconds((clock() - begin) * 1000)
