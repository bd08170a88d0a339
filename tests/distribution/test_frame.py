"""Columns become a pandas frame and come back."""

import subprocess
import sys
from typing import Any

import pytest

from rumtest.frame import columns, frame


def test_columns_come_back_from_a_frame_as_they_went() -> None:
    table: dict[str, list[Any]] = {"gate": ["a", "b"], "change": [0.5, -1.0], "pairs": [10, 22]}

    assert columns(frame(table)) == table


def test_columns_stand_in_the_order_given() -> None:
    assert list(frame({"b": [1], "a": [2]}).columns) == ["b", "a"]


def test_columns_of_different_length_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'a': 1, 'b': 2"):
        frame({"a": [1], "b": [1, 2]})


def test_pandas_is_not_loaded_before_a_frame_is_asked_for() -> None:
    code = "import sys, rumtest.frame; sys.exit('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
