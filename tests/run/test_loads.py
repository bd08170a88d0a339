"""A gate gets exactly the loads that were measured for it, in order."""

from collections.abc import Iterable

import msgspec

from rumtest.iteration import Arm, Failure, Iteration, Phase, StepRecord
from rumtest.loads import Loads
from rumtest.run.loads import loads_of
from rumtest.run.model import Kept, Run
from tests.support.runs import STREAM, header, iteration, kept

FAILED = Failure("dialog", "The page opened a dialog (alert)")


def load(
    arm: Arm,
    pair: int,
    lcp: float | None,
    *,
    order: int = 0,
    phase: Phase = "measured",
    failed: Failure | None = None,
) -> tuple[Iteration, Kept]:
    """An iteration of one step and the page view which that step opened."""
    view = f"{arm}-{phase[:3]}{pair:04d}"
    metrics = {} if lcp is None else {"lcp": lcp}
    told = iteration(
        pair,
        arm=arm,
        pair=pair,
        order=order,
        phase=phase,
        failed=failed,
        views=(view,),
        steps=(StepRecord("Open", duration=100.0 + pair, inp=8.0, opened_view=True),),
    )
    return told, msgspec.json.decode(kept(view, metrics=metrics), type=Kept)


def run_of(loads: Iterable[tuple[Iteration, Kept]]) -> Run:
    pairs = list(loads)
    return Run(
        "somewhere",
        header(),
        tuple(told for told, _ in pairs),
        {view.view: view for _, view in pairs},
    )


def lcp_of(*loads: tuple[Iteration, Kept], paired: bool = True) -> Loads:
    return loads_of(run_of(loads), stream=STREAM, step="Open", metric="lcp", paired=paired)


def test_pairs_stand_side_by_side_whoever_went_first() -> None:
    loads = lcp_of(
        load("head", 1, 21, order=0),
        load("base", 1, 11, order=1),
        load("base", 0, 10, order=0),
        load("head", 0, 20, order=1),
    )

    assert (loads.base, loads.head) == ((10, 11), (20, 21))
    assert loads.head_first == (False, True)


def test_a_pair_that_was_interrupted_is_left_out() -> None:
    loads = lcp_of(load("base", 0, 10), load("head", 0, 20), load("base", 1, 11))

    assert (loads.base, loads.head) == ((10,), (20,))


def test_a_value_that_a_load_does_not_have_is_missing_and_not_zero() -> None:
    loads = lcp_of(load("base", 0, None), load("head", 0, 20))

    assert loads.base == (None,)
    assert loads.failed_base == (False,)


def test_a_failed_load_is_flagged_on_its_side() -> None:
    loads = lcp_of(load("base", 0, 10), load("head", 0, 20, failed=FAILED))

    assert loads.failed_base == (False,)
    assert loads.failed_head == (True,)


def test_the_rerun_stands_apart_and_warmups_nowhere() -> None:
    loads = lcp_of(
        load("base", 0, 10),
        load("head", 0, 20),
        load("base", 0, 99, phase="warmup"),
        load("head", 0, 99, phase="warmup"),
        load("base", 0, 12, phase="rerun"),
        load("head", 0, 22, phase="rerun"),
    )

    assert (loads.base, loads.head) == ((10,), (20,))
    assert (loads.rerun_base, loads.rerun_head) == ((12,), (22,))


def test_without_a_base_the_head_stands_alone_in_order() -> None:
    loads = lcp_of(load("head", 1, 21), load("head", 0, 20), paired=False)

    assert (loads.base, loads.head) == ((), (20, 21))


def test_duration_and_inp_are_those_of_the_step() -> None:
    run = run_of([load("head", 0, 20), load("head", 1, 21)])

    duration = loads_of(run, stream=STREAM, step="Open", metric="duration", paired=False)
    inp = loads_of(run, stream=STREAM, step="Open", metric="inp", paired=False)

    assert duration.head == (100.0, 101.0)
    assert inp.head == (8.0, 8.0)


def test_errors_are_the_script_errors_of_the_step_and_none_is_zero() -> None:
    quiet, view = load("head", 0, 20)
    groups = [
        {"kind": "error", "count": 2},
        {"kind": "rejection", "count": 1},
        {"kind": "resource", "count": 5},
    ]
    loud = iteration(1, pair=1, views=("loud-view-01",))
    noisy = msgspec.json.decode(kept("loud-view-01", errors=groups), type=Kept)
    run = run_of([(quiet, view), (loud, noisy)])

    errors = loads_of(run, stream=STREAM, step="Open", metric="errors", paired=False)

    assert errors.head == (0.0, 3.0)


def test_a_view_that_another_step_opened_is_not_taken() -> None:
    told = iteration(0, views=("other-view-1",))
    other = msgspec.json.decode(
        kept("other-view-1", step="Leave", metrics={"lcp": 5.0}), type=Kept
    )

    loads = loads_of(
        run_of([(told, other)]), stream=STREAM, step="Open", metric="lcp", paired=False
    )

    assert loads.head == (None,)
