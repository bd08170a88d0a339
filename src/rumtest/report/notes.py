"""What a reader must know before the numbers: interruption, advice only, failed loads."""

import re
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
# Servers that are started anew take another port each time; it tells no two failures apart.
LOOPBACK: Final = re.compile(r"(?<=//127\.0\.0\.1):\d+")


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
    notes += _failures(head, "head" if base else "")
    if base is not None:
        notes += _failures(base, "base")
    if not any(result.gate.metric == "errors" for result in comparison.gates):
        notes += _new_errors(head, base)
    notes += [sentence(name(clean(note))) for note in head.header.notes]
    return tuple(notes)


def _new_errors(head: Run, base: Run | None) -> Iterator[Sentence]:
    """Script errors in more loads of head than of base, which no gate would tell."""
    if base is None and head.header.kind != "ab":
        return
    ours, theirs = (
        _with_errors(head, "head"),
        _with_errors(base or head, "head" if base else "base"),
    )
    (failing, total), (before, of_before) = ours, theirs
    if total and of_before and failing / total > before / of_before:
        yield sentence(
            strong(f"Script errors in {failing:,} of {total:,} loads of head"),
            f", in {before:,} of {of_before:,} of base; no gate looks at them.",
        )


def _with_errors(run: Run, arm: str) -> tuple[int, int]:
    """How many measured loads of the arm met a script error, of how many."""
    loads = [load for load in run.iterations if load.arm == arm and load.phase == "measured"]
    found = sum(
        any(run.beacons[view].beacon.get("errors") for view in load.views if view in run.beacons)
        for load in loads
    )
    return found, len(loads)


def _elsewhere(head: Run, base: Run) -> bool:
    return head.header.environment.fingerprint != base.header.environment.fingerprint


def _failures(run: Run, side: str) -> Iterator[Sentence]:
    """One sentence a kind of failure, the most frequent first: how many loads, where, why.

    `side` names the run's loads; without it those of an `ab` run are told by their arm.
    """
    loads = [load for load in run.iterations if load.phase != "warmup"]
    told = {load.arm: side or (load.arm if run.header.kind == "ab" else "") for load in loads}
    of_side = Counter(told[load.arm] for load in loads)
    kinds: Counter[tuple[str, str, str, str]] = Counter()
    reasons: dict[tuple[str, str, str, str], str] = {}
    for load in loads:
        if load.failed:
            failed = load.failed
            alike = LOOPBACK.sub("", failed.reason)
            kind = (told[load.arm], failed.step or load.journey, failed.code, alike)
            kinds[kind] += 1
            reasons.setdefault(kind, failed.reason)
    for kind, count in kinds.most_common(MOST_FAILURES):
        whose, step, reason = kind[0], kind[1], reasons[kind]
        total = of_side[whose]
        noun = f"load{'' if total == 1 else 's'}{f' of {whose}' if whose else ''}"
        yield sentence(
            strong(f"{count:,} of {total:,} {noun} failed"),
            " at ",
            name(clean(step, 60)),
            ": ",
            name(clean(reason)),
        )
    rest = len(kinds) - MOST_FAILURES
    if rest > 0:
        more = "kind of failure stands" if rest == 1 else "kinds of failure stand"
        yield sentence(f"{rest} more {more} in the run folder.")
