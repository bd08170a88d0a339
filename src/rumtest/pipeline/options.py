"""What a face asks of the pipeline: frozen values, with every default in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["AbOptions", "Answer", "Outputs", "RunOptions", "Selection", "Style"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which scenarios, and which part of them.

    `keyword` keeps the gates whose names hold all words joined by `and`; `variables` are the
    values of `--var`, which win over the environment.
    """

    paths: tuple[Path, ...] = ()
    config: Path | None = None
    keyword: str | None = None
    tags: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    base_url: str | None = None
    iterations: int | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go; `runs` and `html` None mean what rumtest.toml says."""

    runs: Path | None = None
    html: Path | None = None
    json: Path | None = None
    fail_inconclusive: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a terminal summary may be drawn."""

    width: int = 100
    color: bool = False
    unicode: bool = True


@dataclass(frozen=True, slots=True)
class RunOptions:
    """One side, measured in real browsers."""

    selection: Selection
    outputs: Outputs = Outputs()
    seed: int | None = None
    headed: bool = False
    command: str = "rumtest run"


@dataclass(frozen=True, slots=True)
class AbOptions:
    """Base and head: two addresses, or two commands that rumtest starts itself.

    Labels are for people; without one a side is called by its address or command.
    """

    selection: Selection
    outputs: Outputs = Outputs()
    head_url: str | None = None
    base_url: str | None = None
    head_serve: str | None = None
    base_serve: str | None = None
    head_label: str | None = None
    base_label: str | None = None
    seed: int | None = None
    headed: bool = False
    command: str = "rumtest ab"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a use case ended: its exit status, what to print, where report and run lie."""

    status: int
    text: str
    report: Path | None = None
    run: Path | None = None
