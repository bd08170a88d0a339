"""How far the work is: one line redrawn on a terminal, one line a minute elsewhere."""

from collections.abc import Callable
from typing import Final, Protocol, TextIO

from rumtest.metric import Milliseconds

__all__ = ["LinePerMinute", "Progress", "RedrawnLine", "Silent", "progress_for"]

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


class LinePerMinute:
    """Writes at most one line a minute, the first at once."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock()

    def at(self, text: str) -> None:
        """Write the line if a minute has passed since the last one."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + LINE_EVERY / 1000
        self.say(text)

    def say(self, text: str) -> None:
        """Write the line now."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Nothing was for the meantime."""


def progress_for(
    stream: TextIO, *, quiet: bool, clock: Callable[[], float], width: Callable[[], int]
) -> Progress:
    """The progress that suits the stream: silent, redrawn on a terminal, or a line a minute."""
    if quiet:
        return Silent()
    return RedrawnLine(stream, width) if stream.isatty() else LinePerMinute(stream, clock)
