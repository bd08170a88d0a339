"""How far the work is: one line redrawn on a terminal, one line a minute elsewhere."""

from collections.abc import Callable
from typing import Final, Protocol, TextIO

from rumtest.metric import Milliseconds

__all__ = ["Lines", "Progress", "RedrawnLine", "Silent", "progress_for"]

# A CI job that prints nothing for ten minutes is often killed; one line a minute floods nothing.
LINE_EVERY: Final = Milliseconds(60_000)


class Progress(Protocol):
    """Told what happens; decides what of it a person sees."""

    def at(self, text: str) -> None:
        """Tell where the work stands now."""

    def say(self, text: str) -> None:
        """Say something that must be seen, on a line of its own."""

    def end(self) -> None:
        """Take away what was only for the meantime."""


class Silent:
    """Says nothing, for `--quiet`."""

    def at(self, text: str) -> None:
        """Say nothing."""

    def say(self, text: str) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Leave nothing behind."""


class RedrawnLine:
    """Redraws one line of a terminal, cut to its width."""

    def __init__(self, stream: TextIO, width: Callable[[], int]) -> None:
        self._stream = stream
        self._width = width

    def at(self, text: str) -> None:
        """Redraw the line."""
        self._stream.write(f"\r\x1b[2K{text[: max(self._width() - 1, 20)]}")
        self._stream.flush()

    def say(self, text: str) -> None:
        """Write the text above the line that is redrawn."""
        self._stream.write(f"\r\x1b[2K{text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        self._stream.write("\r\x1b[2K")
        self._stream.flush()


class Lines:
    """Writes at most one line a minute (or `every` so many ms), the first at once."""

    def __init__(
        self,
        stream: TextIO,
        clock: Callable[[], float],
        *,
        every: Milliseconds = LINE_EVERY,
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._every = every
        self._next = clock()

    def at(self, text: str) -> None:
        """Write the line if enough time has passed since the last one."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + self._every / 1000
        self.say(text)

    def say(self, text: str) -> None:
        """Write the line now."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Nothing was for the meantime."""


def progress_for(
    stream: TextIO,
    *,
    quiet: bool,
    verbose: bool,
    clock: Callable[[], float],
    width: Callable[[], int],
) -> Progress:
    """The progress that suits the stream: silent, redrawn on a terminal, or a line a minute.

    `verbose` keeps every line, on a terminal too.
    """
    if quiet:
        return Silent()
    if verbose:
        return Lines(stream, clock, every=Milliseconds(0))
    return RedrawnLine(stream, width) if stream.isatty() else Lines(stream, clock)
