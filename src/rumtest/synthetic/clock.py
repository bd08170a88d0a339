"""The clock of one step: it runs while the user acts and waits, and stands while we look."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rumtest.metric import Milliseconds

__all__ = ["StepClock"]


class StepClock:
    """Starts at once; `limit` is the step's longest time."""

    def __init__(
        self, limit: Milliseconds, *, now: Callable[[], float] = time.perf_counter
    ) -> None:
        self._limit = limit
        self._now = now
        self._begin = now()
        self._stood = 0.0
        self._end: float | None = None

    @property
    def elapsed(self) -> Milliseconds:
        """The step's time until now, or until the clock was stopped."""
        end = self._now() if self._end is None else self._end
        return Milliseconds(max(end - self._begin - self._stood, 0.0) * 1000)

    @property
    def left(self) -> Milliseconds:
        """What is left of the limit; never 0, which Playwright reads as no limit at all."""
        # Whole milliseconds read better in a message.
        return Milliseconds(max(round(self._limit - self.elapsed), 1))

    def stop(self, at: float | None = None) -> None:
        """End the step's time now, or at that earlier reading; a stopped clock stays as it is."""
        if self._end is None:
            self._end = self._now() if at is None else at

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Let the clock stand within the block."""
        begin = self._now()
        try:
            yield
        finally:
            if self._end is None:
                self._stood += self._now() - begin
