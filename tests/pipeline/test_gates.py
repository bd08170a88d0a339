"""What is judged follows from the scenario alone, and is known before anything is measured."""

from pathlib import Path

import pytest

from rumtest.compare.model import Gate
from rumtest.pipeline.gates import gates_of, only
from rumtest.scenario.config import load_config
from rumtest.scenario.loader import load

TWO_STEPS = """rumtest: 1
name: buy
base_url: http://127.0.0.1:1
profiles: [phone-p50]
thresholds:
  lcp: p75 < 2500ms
  inp: p75 < 200ms
journeys:
  buy:
    - step: Product page
      do: [{goto: /p/teapot}]
    - step: Add to cart
      do: [{click: "#buy"}]
      until: {text: ok}
      thresholds: {duration: p75 < 1s}
"""


def gates(tmp_path: Path, text: str, *, against_base: bool = True) -> tuple[Gate, ...]:
    path = tmp_path / "buy.yaml"
    path.write_text(text)
    config = load_config(tmp_path, explicit=None, environ={})
    return gates_of((load(path, config=config, environ={}),), against_base=against_base)


def test_a_step_that_opens_a_view_is_gated_on_lcp_cls_and_ttfb_against_a_base(
    tmp_path: Path,
) -> None:
    found = gates(tmp_path, TWO_STEPS)

    regressions = {g.metric for g in found if g.kind == "regression" and g.step == "Product page"}
    assert regressions == {"lcp", "cls", "ttfb"}


def test_a_step_that_acts_on_a_view_is_gated_on_inp_and_duration_against_a_base(
    tmp_path: Path,
) -> None:
    found = gates(tmp_path, TWO_STEPS)

    regressions = {g.metric for g in found if g.kind == "regression" and g.step == "Add to cart"}
    assert regressions == {"inp", "duration"}


def test_a_threshold_of_the_file_is_a_gate_of_each_step_that_has_the_metric(
    tmp_path: Path,
) -> None:
    found = gates(tmp_path, TWO_STEPS, against_base=False)

    assert [(g.step, g.metric, g.limit) for g in found] == [
        ("Product page", "lcp", 2500.0),
        ("Add to cart", "duration", 1000.0),
        ("Add to cart", "inp", 200.0),
    ]


def test_a_threshold_of_the_step_takes_the_place_of_the_files(tmp_path: Path) -> None:
    text = TWO_STEPS.replace("thresholds: {duration: p75 < 1s}", "thresholds: {inp: p75 < 100ms}")

    found = gates(tmp_path, text, against_base=False)

    assert [g.limit for g in found if g.metric == "inp"] == [100.0]


def test_gate_ids_are_readable_and_no_two_are_alike(tmp_path: Path) -> None:
    twice = TWO_STEPS + TWO_STEPS[TWO_STEPS.index("  buy:\n") :].replace("  buy:", "  again:")

    ids = [gate.id for gate in gates(tmp_path, twice)]

    assert len(set(ids)) == len(ids)
    assert "product-page.lcp.p75.phone-p50.cold" in {g.id for g in gates(tmp_path, TWO_STEPS)}


def test_a_gate_points_at_the_line_where_it_is_written(tmp_path: Path) -> None:
    found = gates(tmp_path, TWO_STEPS, against_base=False)

    lines = TWO_STEPS.splitlines()
    assert [lines[(gate.line or 0) - 1].strip().split(":")[0] for gate in found] == [
        "lcp",
        "thresholds",
        "inp",
    ]


def test_regression_none_leaves_thresholds_alone(tmp_path: Path) -> None:
    found = gates(tmp_path, TWO_STEPS + "regression: none\n")

    assert {gate.kind for gate in found} == {"threshold"}


@pytest.mark.parametrize(
    ("keyword", "count"), [("lcp", 2), ("Product page and ttfb", 1), ("nothing like it", 0)]
)
def test_a_keyword_keeps_the_gates_that_hold_every_word(
    tmp_path: Path, keyword: str, count: int
) -> None:
    assert len(only(gates(tmp_path, TWO_STEPS), keyword)) == count


def test_errors_are_a_gate_of_the_step_that_opens_the_view_they_happen_in(tmp_path: Path) -> None:
    text = TWO_STEPS.replace("inp: p75 < 200ms", "errors: count == 0", 1)

    found = gates(tmp_path, text, against_base=False)

    assert [g.step for g in found if g.metric == "errors"] == ["Product page"]
