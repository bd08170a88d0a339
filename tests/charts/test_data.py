"""Chart data: four digits, and the same fields in Python and in TypeScript."""

import dataclasses
import math
import re
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.charts import data
from rumtest.charts.sentence import Span, code, join, name, plain, sentence, strong

# Words for readers stand in the page, not in the drawing.
FOR_READERS = {"heading", "label", "table", "note", "folded"}
MIRRORED = (
    data.Dots,
    data.PairsChart,
    data.OrderChart,
    data.ShiftPoint,
    data.ShiftChart,
    data.PartRow,
    data.PartsChart,
    data.Timing,
    data.WaterfallRow,
    data.WaterfallMark,
    data.WaterfallChart,
)


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_a_charts_number_is_off_by_less_than_a_thousandth_of_itself(value: float) -> None:
    assert math.isclose(data.significant(value), value, rel_tol=1e-3)


@pytest.mark.parametrize("shape", MIRRORED, ids=lambda shape: shape.__name__)
def test_the_drawing_reads_the_fields_that_the_view_has(shape: Any) -> None:
    source = (files("rumtest.charts") / "model.ts").read_text(encoding="utf-8")
    body = re.search(rf"interface {shape.__name__} {{(.*?)\n}}", source, re.DOTALL)
    assert body is not None

    read = set(re.findall(r"^  (\w+):", body[1], re.MULTILINE))
    kept = {field.name for field in dataclasses.fields(shape)}

    left_out = FOR_READERS if "heading" in kept else set()
    assert read == kept - left_out


def test_a_sentence_holds_its_parts_in_order_and_drops_empty_ones() -> None:
    said = sentence("Loads took ", strong("156 ms"), "", (name("x"), code("y")))

    assert said == (
        Span("Loads took "),
        Span("156 ms", "strong"),
        Span("x", "name"),
        Span("y", "code"),
    )


def test_joining_leaves_no_gap_where_a_sentence_is_empty() -> None:
    said = join([sentence("One."), sentence(), sentence("Two.")])

    assert plain(said) == "One. Two."
