"""Turns a comparison into its files and a terminal summary: one view, many renderers."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rumtest.compare.model import Comparison
from rumtest.errors import MachineError
from rumtest.pipeline.options import Answer, Outputs, Style
from rumtest.pipeline.outcome import status_of
from rumtest.report import html, jsonfile, terminal
from rumtest.report.compose import compose
from rumtest.run.model import Run

__all__ = ["Job", "make_way", "write_reports"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """What is reported: the comparison, the runs it came from, and where the report shall stand.

    `base` is a run of its own only when two stored runs are compared. `command` repeats the work.
    """

    comparison: Comparison
    head: Run
    report: Path
    command: str
    base: Run | None = None


def write_reports(
    job: Job, outputs: Outputs, style: Style, *, clock: Callable[[], datetime] = _now
) -> Answer:
    """Write the report (and the JSON when asked for); give back summary and exit status."""
    view = compose(job.comparison, job.head, base=job.base, command=job.command, created=clock())
    target = outputs.html or job.report
    _write_whole(target, html.render(view))
    if outputs.json:
        _write_whole(outputs.json, jsonfile.render(view))
    summary = terminal.render(view, width=style.width, color=style.color, unicode=style.unicode)
    status = status_of(
        job.comparison,
        interrupted=job.head.header.interrupted,
        fail_inconclusive=outputs.fail_inconclusive,
    )
    folder = Path(job.head.folder) if job.head.folder else None
    places = [f"report {target}", *([f"run {_shown(folder)}"] if folder else [])]
    text = "\n".join((summary.rstrip(), *places))
    return Answer(status, text, report=target, run=folder)


def make_way(outputs: Outputs) -> None:
    """Make the folders of the files that were asked for; MachineError before any measuring."""
    for target in filter(None, (outputs.html, outputs.json)):
        why = "it may not be written to"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = f"it cannot be made ({error.strerror})"
        if not (target.parent.is_dir() and os.access(target.parent, os.W_OK)):
            raise MachineError(
                f"{target} cannot be written: {target.parent} is no folder for it, {why}.",
                "Give another place.",
            )


def _shown(folder: Path) -> Path:
    """The folder as a person below the working folder would type it."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _write_whole(target: Path, text: str) -> None:
    """Write through a neighbour and rename, so that a reader never meets half a report."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise MachineError(
            f"{target} cannot be written: {error.strerror}.",
            "What was measured is kept: `rumtest report --html FILE` makes its report elsewhere.",
        ) from error
