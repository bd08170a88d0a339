"""Writes a run folder line by line, so that a run that is cut short can still be read."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import msgspec

from rumtest.errors import MachineError
from rumtest.iteration import Iteration
from rumtest.run.model import RunHeader

__all__ = ["BEACONS", "HEADER", "ITERATIONS", "LATEST", "RunWriter", "new_run_id"]

HEADER: Final = "run.json"
ITERATIONS: Final = "iterations.jsonl"
BEACONS: Final = "beacons.jsonl"
EVIDENCE: Final = "evidence"
LATEST: Final = "latest"

# Four hex digits tell apart what starts in the same second; with k ids taken, sixteen tries miss
# with p = (k/65536)^16.
ID_TRIES: Final = 16


def new_run_id(now: datetime) -> str:
    """An id of that instant: `20261124T153000Z-4f2c`, the four digits by chance."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class RunWriter:
    """The one who writes a run's folder; `header` is what `run.json` says now."""

    def __init__(self, folder: Path, header: RunHeader) -> None:
        self.folder = folder
        self.header = header
        self._write_header()
        # Opened once, flushed a line at a time: a reader may follow, a kill costs one line.
        self._iterations: BinaryIO = (folder / ITERATIONS).open("ab")
        self._beacons: BinaryIO = (folder / BEACONS).open("ab")

    @classmethod
    def create(cls, root: Path, header: RunHeader) -> Self:
        """Make the run's folder under `root`, named the latest; an id in use gets other digits."""
        try:
            _check_latest(root / LATEST)
            folder, header = _make_folder(root, header)
            writer = cls(folder, header)
            _name_latest(root, folder.name)
        except OSError as problem:
            raise _unwritable(root, problem) from problem
        return writer

    @property
    def evidence(self) -> Path:
        """The folder for screenshots and the like, made when first asked for."""
        folder = self.folder / EVIDENCE
        folder.mkdir(exist_ok=True)
        return folder

    def add(self, iteration: Iteration, kept_lines: Iterable[bytes]) -> None:
        """Keep an iteration and its page views (JSON objects); they are on disk on return."""
        try:
            # Beacons first: an iteration that can be read then always has its page views.
            for line in kept_lines:
                self._beacons.write(bytes(line).replace(b"\n", b" ") + b"\n")
            self._beacons.flush()
            self._iterations.write(msgspec.json.encode(iteration) + b"\n")
            self._iterations.flush()
        except OSError as problem:
            raise _unwritable(self.folder, problem) from problem

    def update(self, **changes: Any) -> None:
        """Change fields of `run.json` while the run goes on."""
        self.header = replace(self.header, **changes)
        try:
            self._write_header()
        except OSError as problem:
            raise _unwritable(self.folder, problem) from problem

    def finish(self, **changes: Any) -> None:
        """Change the last fields of `run.json` (`ended`, `outcome`, …) and close the files."""
        self.update(**changes)
        self.close()

    def close(self) -> None:
        """Close the files; the header stays as it was written last."""
        self._iterations.close()
        self._beacons.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write_header(self) -> None:
        """Replace run.json in one step: a reader sees the old one or the new one, never a half."""
        draft = self.folder / f".{HEADER}.new"
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(self.header), indent=2) + b"\n")
        draft.replace(self.folder / HEADER)


def _make_folder(root: Path, header: RunHeader) -> tuple[Path, RunHeader]:
    """The run's own folder, with another id where the header's is taken already."""
    root.mkdir(parents=True, exist_ok=True)
    for _ in range(ID_TRIES):
        folder = root / header.id
        try:
            folder.mkdir()
        except FileExistsError:
            header = replace(header, id=f"{header.id.rpartition('-')[0]}-{secrets.token_hex(2)}")
            continue
        return folder, header
    raise FileExistsError(f"{ID_TRIES} ids beginning with {header.id[:-4]} are taken")


def _check_latest(place: Path) -> None:
    """Refuse a folder where the link to the newest run goes: CI's archives put a copy there."""
    if place.is_dir() and not place.is_symlink():
        raise MachineError(
            f"{place} is a folder; rumtest keeps a link to the newest run there.",
            "Move it away, or give another folder with --runs.",
        )


def _name_latest(root: Path, name: str) -> None:
    """Let `latest` name this run: a link, or a file that holds the name where links fail."""
    draft = root / f".{LATEST}-{secrets.token_hex(4)}"
    try:
        draft.symlink_to(name, target_is_directory=True)
    except (OSError, NotImplementedError):
        draft.write_text(name + "\n", encoding="utf-8")
    draft.replace(root / LATEST)


def _unwritable(where: Path, problem: OSError) -> MachineError:
    return MachineError(
        f"{where} cannot be written: {problem.strerror or problem}.",
        "Free some space, or give another folder with --runs.",
    )
