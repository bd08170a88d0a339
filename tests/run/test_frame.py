"""A run opens as a frame: every value once, with the step and the arm it belongs to."""

from rumtest.iteration import StepRecord
from rumtest.run.model import Kept, Run
from tests.support.runs import header, iteration


def kept(view: str, step: str, **metrics: float) -> Kept:
    beacon = {"view": view, "lab": {"step": step}, "metrics": metrics}
    return Kept(beacon, "2026-01-02T03:04:05Z", "/")


def test_a_frame_holds_every_value_of_views_and_steps_with_where_it_belongs() -> None:
    run = Run(
        "",
        header(),
        (
            iteration(
                0,
                arm="base",
                views=("a",),
                steps=(StepRecord("Open", duration=50.0), StepRecord("Buy", inp=16.0)),
            ),
        ),
        {"a": kept("a", "Open", lcp=800.0, cls=0.0, inp=16.0)},
    )

    frame = run.frame()

    assert frame[["arm", "step", "metric", "value"]].to_numpy().tolist() == [
        ["base", "Open", "lcp", 800.0],
        ["base", "Open", "cls", 0.0],
        ["base", "Open", "duration", 50.0],
        ["base", "Buy", "inp", 16.0],
    ]


def test_a_run_without_iterations_is_a_frame_without_rows() -> None:
    frame = Run("", header(), (), {}).frame()

    assert len(frame) == 0
    assert "value" in frame.columns
