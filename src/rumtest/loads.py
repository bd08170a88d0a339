"""The loads of one gate in order: what a comparison reads of a run, and nothing else of it."""

from dataclasses import dataclass

__all__ = ["Loads"]


@dataclass(frozen=True, slots=True)
class Loads:
    """The loads of one gate: value i of `base` and of `head` are pair i; None where missing.

    `failed_base` and `failed_head` mark loads that failed functionally. `head_first` tells which
    went first. For a run without base `base` is empty. `rerun_*` are the fresh pairs of the
    re-run. A step past its time limit carries the limit as its value and is not failed.
    """

    base: tuple[float | None, ...]
    head: tuple[float | None, ...]
    failed_base: tuple[bool, ...] = ()
    failed_head: tuple[bool, ...] = ()
    head_first: tuple[bool, ...] = ()
    rerun_base: tuple[float | None, ...] = ()
    rerun_head: tuple[float | None, ...] = ()
