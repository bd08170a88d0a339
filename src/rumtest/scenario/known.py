"""What a scenario may refer to by name: its secrets, its data, the configured profiles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rumtest.scenario.model import Profile

__all__ = ["Known"]


@dataclass(slots=True)
class Known:
    """Filled while a file is read: `secrets` and `data` are read before whatever may use them.

    `data` maps a source to its columns: the one column "" for values, None where its mistakes
    keep us from knowing.
    """

    folder: Path = Path()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    data: dict[str, frozenset[str] | None] = field(default_factory=dict)
