"""One file under validation: its lines, and the mistakes found in it so far."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from rumtest.errors import Place, Problem
from rumtest.scenario.tree import Spot

__all__ = ["Sheet", "is_printable", "nearest", "shown"]

# A quoted value longer than this says no more about the mistake.
LONGEST_QUOTE = 60
LONGEST_SOURCE = 200


@dataclass(slots=True)
class Sheet:
    """Collects the problems of one file; the same mistake at the same place is told once."""

    file: str
    lines: tuple[str, ...] = ()
    found: dict[tuple[Spot, str, str], Problem] = field(default_factory=dict)

    def place(self, spot: Spot) -> Place:
        """The spot with the file's name."""
        return Place(self.file, spot.line, spot.column)

    def add(self, spot: Spot, code: str, message: str) -> None:
        """Note a mistake."""
        source = ""
        if 1 <= spot.line <= len(self.lines):
            source = shown(self.lines[spot.line - 1])[:LONGEST_SOURCE]
        room = len(source) - spot.column + 1
        width = max(1, min(spot.width, room))
        problem = Problem(
            place=self.place(spot),
            code=code,
            message=shown(message),
            # A caret beyond the end of a shortened line would point at nothing.
            source=source if spot.column <= len(source) + 1 else "",
            width=width,
        )
        self.found.setdefault((spot, code, problem.message), problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All mistakes in the order of the file."""
        return tuple(sorted(self.found.values(), key=lambda p: (p.place.line, p.place.column)))


def shown(text: str) -> str:
    """The text fit for a terminal: tabs as one blank, every other unprintable character as `·`."""
    return "".join(c if is_printable(c) else " " if c == "\t" else "·" for c in text)


def is_printable(text: str) -> bool:
    """Whether it is one line without control characters; every kind of blank may be in it."""
    return all(c.isprintable() or unicodedata.category(c) == "Zs" for c in text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, without regard to case, `-` and `_`."""
    by_shape = {_shape(name): name for name in known}
    close = get_close_matches(_shape(word), by_shape, n=1, cutoff=0.6)
    return by_shape[close[0]] if close else None


def _shape(word: str) -> str:
    return word.strip().casefold().replace("-", "_")
