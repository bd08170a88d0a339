"""Columns to a pandas frame and back, for people; hot paths use arrays.

pandas is imported when a frame is asked for, since it costs half a second of CPU at start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame as DataFrame  # the type of what we give back, for annotations

__all__ = ["columns", "frame"]


def frame(columns: Mapping[str, Sequence[Any]]) -> DataFrame:
    """The columns side by side in their order; ValueError names them if their lengths differ."""
    from pandas import DataFrame

    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns differ in length: {lengths}")
    return DataFrame({name: list(values) for name, values in columns.items()})


def columns(frame: DataFrame) -> dict[str, list[Any]]:
    """The frame's columns by name in their order, as plain lists; its index is left out."""
    return {str(name): frame[name].tolist() for name in frame.columns}
