"""What is kept of a page view: its final beacon, and what only we know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Kept"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page view as `beacons.jsonl` keeps it: the beacon as parsed, when it came, its group."""

    beacon: Mapping[str, Any]
    received_at: str
    page_group: str

    @property
    def view(self) -> str:
        """The page view's id."""
        return str(self.beacon["view"])

    def metric(self, name: str) -> float | None:
        """The metric's value in its unit; None where the view never had it."""
        value = self.beacon.get("metrics", {}).get(name)
        return None if value is None else float(value)
