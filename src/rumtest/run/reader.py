"""Reads a run folder back as one value, also when the run was cut short."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from rumtest.errors import Place, RunFolderError
from rumtest.iteration import Iteration
from rumtest.run.model import FORMAT, Kept, Run, RunHeader
from rumtest.run.writer import BEACONS, HEADER, ITERATIONS, LATEST

__all__ = ["read_run"]

# There is nothing before format 1; from format 2 on, the one before is read as well.
OLDEST_FORMAT: Final = max(FORMAT - 1, 1)

_T = TypeVar("_T")

_ITERATION: Final = msgspec.json.Decoder(Iteration)
_KEPT: Final = msgspec.json.Decoder(Kept)


def read_run(where: str | Path, *, runs: Path) -> Run:
    """The run that `where` names: a folder, an id under `runs`, or `latest`.

    A last line that was cut off is left out and noted in the header. A folder that is missing,
    damaged or of a newer format is refused by name.
    """
    folder = _find_folder(where, runs)
    header = _read_header(folder / HEADER)
    iterations: list[Iteration] = []
    beacons: dict[str, Kept] = {}
    cut: list[str] = []
    for line in _lines(folder / ITERATIONS, cut):
        iterations.append(line.read(_ITERATION))
    for line in _lines(folder / BEACONS, cut):
        kept = line.read(_KEPT)
        if "view" not in kept.beacon:
            raise line.damaged("the beacon has no `view`")
        beacons[kept.view] = kept
    if cut:
        note = f"The last line of {' and '.join(cut)} was cut off and left out."
        header = replace(header, notes=(*header.notes, note))
    return Run(str(folder), header, tuple(iterations), beacons)


def _find_folder(where: str | Path, runs: Path) -> Path:
    """The folder that holds run.json."""
    for candidate in (Path(where), runs / where):
        if (candidate / HEADER).is_file():
            return candidate.resolve()
        if candidate.name == LATEST and candidate.is_file():
            named = candidate.parent / candidate.read_text(encoding="utf-8").strip()
            if (named / HEADER).is_file():
                return named.resolve()
    raise RunFolderError(
        f"There is no run {str(where)!r}: "
        f"neither that folder nor one of that id in {runs} holds a {HEADER}.",
        "`rumtest run` and `rumtest ab` print the id of the run they made.",
    )


def _read_header(path: Path) -> RunHeader:
    """run.json; its format is looked at before the rest, since a newer one may mean anything."""
    try:
        plain: Any = msgspec.json.decode(path.read_bytes())
        number = plain["format"] if isinstance(plain, dict) else None
    except (msgspec.DecodeError, OSError, KeyError) as problem:
        raise RunFolderError(f"{path} cannot be read: {_words(problem)}.") from problem
    if not isinstance(number, int) or number < OLDEST_FORMAT:
        raise RunFolderError(f"{path} is of format {number!r}; this version reads {FORMAT}.")
    if number > FORMAT:
        raise RunFolderError(
            f"{path} is of format {number}, written by a newer rumtest; "
            f"this version reads up to {FORMAT}.",
            "Update rumtest to read it.",
        )
    try:
        return msgspec.convert(plain, RunHeader)
    except msgspec.ValidationError as problem:
        raise RunFolderError(f"{path} is damaged: {_words(problem)}.") from problem


class _Line:
    """One line of a JSON-lines file, which knows where it stands."""

    def __init__(self, path: Path, number: int, text: bytes) -> None:
        self._place = Place(str(path), number)
        self._text = text

    def read(self, decoder: "msgspec.json.Decoder[_T]") -> _T:
        """What the line says."""
        try:
            return decoder.decode(self._text)
        except msgspec.DecodeError as problem:  # also what does not fit the type
            raise self.damaged(_words(problem)) from problem

    def damaged(self, why: str) -> RunFolderError:
        """The refusal of this line."""
        return RunFolderError(f"this line is damaged: {why}.", place=self._place)


def _lines(path: Path, cut: list[str]) -> Iterator[_Line]:
    """The file's whole lines; its name goes to `cut` when the last one has no end."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as problem:
        raise RunFolderError(f"{path} cannot be read: {_words(problem)}.") from problem
    *whole, rest = text.split(b"\n")
    if rest:
        cut.append(path.name)
    for number, line in enumerate(whole, start=1):
        if line.strip():
            yield _Line(path, number, line)


def _words(problem: Exception) -> str:
    return str(problem).rstrip(".") or type(problem).__name__
