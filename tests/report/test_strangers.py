"""A stranger's text: nothing invisible, nothing that reorders, never too long."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.report.strangers import LONGEST, clean, cut_middle


@given(st.text(max_size=2000))
def test_no_control_or_format_character_survives(text: str) -> None:
    assert not any(unicodedata.category(c).startswith("C") for c in clean(text))


@given(st.text(max_size=2000))
def test_the_text_is_one_line_of_at_most_300_characters(text: str) -> None:
    kept = clean(text)

    assert len(kept) <= LONGEST
    assert len(kept.splitlines()) <= 1


@given(st.text(max_size=500))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\u00ad"])
def test_marks_that_turn_or_hide_text_are_taken_out(mark: str) -> None:
    assert clean(f"image{mark}gnp.exe") == "imagegnp.exe"


def test_marks_piled_on_a_letter_are_thinned() -> None:
    assert clean("x" + "\u0301" * 50) == "x" + "\u0301" * 2


@given(st.text(min_size=1, max_size=200), st.integers(3, 80))
def test_a_cut_text_keeps_both_its_ends(text: str, longest: int) -> None:
    kept = cut_middle(text, longest)

    assert len(kept) <= max(longest, 1)
    if len(text) > longest:
        assert kept[0] == text[0]
        assert kept[-1] == text[-1]
        assert "…" in kept
    else:
        assert kept == text
