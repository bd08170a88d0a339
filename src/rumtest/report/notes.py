"""What a reader must know before the numbers: interruption, advice only, failed loads."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from rumtest.charts.sentence import Sentence, name, sentence, strong
from rumtest.compare.model import Comparison
from rumtest.report.strangers import clean
from rumtest.run.model import Run

__all__ = ["notes_of"]

# A broken scenario fails the same way everywhere; five kinds of failure are enough to see it.
MOST_FAILURES: Final = 5


def notes_of(comparison: Comparison, head: Run, base: Run | None) -> tuple[Sentence, ...]:
    """The notes above the findings, gravest first."""
    notes = []
    if head.header.interrupted or (base is not None and base.header.interrupted):
        notes.append(
            sentence("The run was interrupted: what stands here comes from the loads it finished.")
        )
    if base is not None and _elsewhere(head, base):
        notes.append(
            sentence("Baseline from another machine: advice, not a verdict; never fails a build.")
        )
    elif comparison.advisory:
        notes.append(
            sentence("The runs were not interleaved: advice, not a verdict; never fails a build.")
        )
    notes += _failures(head)
    notes += [sentence(clean(note)) for note in head.header.notes]
    return tuple(notes)


def _elsewhere(head: Run, base: Run) -> bool:
    return head.header.environment.fingerprint != base.header.environment.fingerprint


def _failures(run: Run) -> Iterator[Sentence]:
    """One sentence a kind of failure, the most frequent first: how many loads, where, why."""
    loads = [load for load in run.iterations if load.phase != "warmup"]
    kinds = Counter(
        (load.failed.step or load.journey, load.failed.code, load.failed.reason)
        for load in loads
        if load.failed
    )
    for (step, _, reason), count in kinds.most_common(MOST_FAILURES):
        yield sentence(
            strong(f"{count} of {len(loads)} loads failed"),
            " at ",
            name(clean(step, 60)),
            f": {clean(reason)}",
        )
    rest = len(kinds) - MOST_FAILURES
    if rest > 0:
        yield sentence(f"{rest} more kinds of failure stand in the run folder.")
