"""Which loads of a gate make whole pairs, and why the others do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rumtest.loads import Loads

__all__ = ["Pairs", "pairs_of", "rerun_pairs_of"]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The whole pairs of a gate in running order, and what became of the others.

    `measured` counts all pairs that were run. `failed` and `missing` were dropped: a load failed
    functionally, or had no value of this metric. `missing_base` and `missing_head` count those
    by arm.
    """

    base: tuple[float, ...] = ()
    head: tuple[float, ...] = ()
    numbers: tuple[int, ...] = ()
    head_first: tuple[bool, ...] = ()
    measured: int = 0
    failed: int = 0
    missing: int = 0
    missing_base: int = 0
    missing_head: int = 0
    unpaired: int = 0

    @property
    def whole(self) -> int:
        """How many pairs took part."""
        return len(self.base)

    @property
    def dropped_share(self) -> float:
        """The share of the measured pairs that was dropped."""
        return (self.failed + self.missing) / self.measured if self.measured else 0.0

    @property
    def dropped(self) -> Mapping[str, int]:
        """The pairs left out, by reason; a reason without pairs is left out too."""
        counts = {"failed": self.failed, "missing": self.missing, "unpaired": self.unpaired}
        return {reason: count for reason, count in counts.items() if count}


@dataclass(slots=True)
class _Sorting:
    base: list[float] = field(default_factory=list)
    head: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    failed: int = 0
    missing: int = 0
    missing_base: int = 0
    missing_head: int = 0

    def take(self, number: int, base: float | None, head: float | None, *, failed: bool) -> None:
        if failed:
            self.failed += 1
        elif base is None or head is None:
            self.missing += 1
            self.missing_base += base is None
            self.missing_head += head is None
        else:
            self.base.append(base)
            self.head.append(head)
            self.numbers.append(number)


def pairs_of(loads: Loads, first: int | None = None) -> Pairs:
    """The pairs among the `first` measured ones, or among all."""
    measured = min(len(loads.base), len(loads.head))
    unpaired = max(len(loads.base), len(loads.head)) - measured
    if first is not None:
        measured = min(measured, first)
    sorting = _Sorting()
    for number in range(measured):
        failed = _at(loads.failed_base, number) or _at(loads.failed_head, number)
        sorting.take(number, loads.base[number], loads.head[number], failed=failed)
    order = tuple(_at(loads.head_first, number) for number in sorting.numbers)
    return _finished(sorting, measured, order if loads.head_first else (), unpaired)


def rerun_pairs_of(loads: Loads) -> Pairs:
    """The fresh pairs of the re-run; a failed load there has no value."""
    measured = min(len(loads.rerun_base), len(loads.rerun_head))
    sorting = _Sorting()
    fresh = zip(loads.rerun_base, loads.rerun_head, strict=False)
    for number, (base, head) in enumerate(fresh):
        sorting.take(number, base, head, failed=False)
    return _finished(sorting, measured, (), 0)


def _finished(
    sorting: _Sorting, measured: int, head_first: tuple[bool, ...], unpaired: int
) -> Pairs:
    return Pairs(
        tuple(sorting.base),
        tuple(sorting.head),
        tuple(sorting.numbers),
        head_first,
        measured,
        sorting.failed,
        sorting.missing,
        sorting.missing_base,
        sorting.missing_head,
        unpaired,
    )


def _at(flags: Sequence[bool], number: int) -> bool:
    return bool(flags[number]) if number < len(flags) else False
