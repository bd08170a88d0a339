"""The schedule asks for what can still change a verdict, and for nothing else."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumtest.compare.policy import POLICY
from rumtest.compare.schedule import Done, Measure, Rerun, looks_of
from rumtest.loads import Loads
from tests.support.gates import lognormal, measure, regression, schedule, threshold, upto

QUIET = lognormal(1, 50, sd=0.001)
SLOWER = lognormal(2, 50, ratio=1.3)
# Its p-value at ten pairs lies between 0.05 and 0.15: not red, and worth another look.
WAVERING = lognormal(15, 50, ratio=1.03)


def test_looks_are_fewest_middle_and_most() -> None:
    assert (looks_of(10, 50), looks_of(10, 40)) == ((10, 22, 50), (10, 20, 40))


def test_fewest_that_are_most_make_one_look() -> None:
    assert looks_of(12, 12) == (12,)


@given(st.integers(1, 200), st.integers(1, 200))
def test_looks_ascend_from_fewest_to_most(one: int, other: int) -> None:
    few, many = sorted((one, other))

    looks = looks_of(few, many)

    assert (looks[0], looks[-1]) == (few, many)
    assert list(looks) == sorted(set(looks))


@pytest.mark.parametrize("span", [(0, 5), (9, 5)])
def test_looks_that_cannot_be_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="min <= max"):
        looks_of(*span)


@given(st.integers(1, 5))
def test_the_levels_of_the_looks_spend_all_of_q_and_no_more(looks: int) -> None:
    weights = POLICY.weights_of(looks)

    assert len(weights) == looks
    assert sum(weights) == pytest.approx(1.0)


def test_a_run_begins_with_every_stream_at_its_first_look() -> None:
    plan = schedule([regression("a"), regression("b", "t")], {"s": (10, 22, 50), "t": (12,)})

    assert plan.next({}) == Measure(1, {"s": 10, "t": 12})


def test_a_stream_on_which_nothing_looks_slower_ends_at_its_first_look() -> None:
    plan = schedule([regression("a")])

    assert plan.next({"a": upto(QUIET, 10)}) == Done()


def test_a_stream_goes_on_while_a_gate_wavers() -> None:
    plan = schedule([regression("a")])

    assert plan.next({"a": upto(WAVERING, 10)}) == Measure(2, {"s": 22})


def test_a_red_gate_ends_its_stream_and_is_run_again() -> None:
    plan = schedule([regression("a")])

    assert plan.next({"a": upto(SLOWER, 10)}) == Rerun({"s": 20})


def test_the_rerun_takes_no_more_pairs_than_the_last_look() -> None:
    plan = schedule([regression("a")], (12,))

    assert plan.next({"a": upto(SLOWER, 12)}) == Rerun({"s": 12})


def test_the_rerun_of_a_cut_rerun_asks_for_all_its_pairs() -> None:
    plan = schedule([regression("a")])

    assert plan.next({"a": upto(SLOWER, 10, 5)}) == Rerun({"s": 20})
    assert plan.next({"a": upto(SLOWER, 10, 20)}) == Done()


def test_only_streams_that_are_open_are_measured_on() -> None:
    plan = schedule([regression("a"), regression("b", "t")])

    step = plan.next({"a": upto(QUIET, 10), "b": upto(WAVERING, 10)})

    assert step == Measure(2, {"t": 22})


def test_a_stream_with_one_look_waits_for_the_others() -> None:
    plan = schedule([regression("a"), regression("b", "t")], {"s": (12,), "t": (10, 22, 50)})

    step = plan.next({"a": upto(WAVERING, 12), "b": upto(WAVERING, 10)})

    assert step == Measure(2, {"t": 22})


def test_a_threshold_keeps_no_stream_open() -> None:
    plan = schedule([regression("a"), threshold("b", 1000.0)])

    loads = {"a": upto(QUIET, 10), "b": upto(QUIET, 10)}

    assert plan.next(loads) == Done()


def test_a_stream_of_thresholds_alone_is_measured_once() -> None:
    plan = schedule([threshold("b", 1000.0)])

    assert plan.next({}) == Measure(1, {"s": 10})
    assert plan.next({"b": upto(QUIET, 10)}) == Done()


def test_many_gates_make_a_stream_harder_to_keep_open() -> None:
    gates = [regression(f"g{n}") for n in range(9)]
    loads: dict[str, Loads] = {gate.id: upto(QUIET, 10) for gate in gates}
    loads["g0"] = upto(WAVERING, 10)

    few = schedule(gates[:8]).next({gate.id: loads[gate.id] for gate in gates[:8]})

    assert few == Measure(2, {"s": 22})
    assert schedule(gates).next(loads) == Done()


def test_until_decided_goes_on_until_no_gate_is_in_doubt() -> None:
    noisy = lognormal(4, 50, sd=0.12)
    plan = schedule([regression("a", absolute=0.0)], until={"s": "decided"})

    assert plan.next({"a": upto(noisy, 10)}) == Measure(2, {"s": 22})
    assert plan.next({"a": upto(QUIET, 10)}) == Done()


def test_a_first_look_of_too_few_pairs_ends_nothing() -> None:
    plan = schedule([regression("a")], (5, 16, 50))

    assert plan.next({"a": upto(QUIET, 5)}) == Measure(2, {"s": 16})


def test_a_stream_whose_loads_all_fail_ends() -> None:
    plan = schedule([regression("a")])
    nothing: tuple[float | None, ...] = (None,) * 10
    failed = Loads(nothing, nothing, (True,) * 10, (True,) * 10)

    assert plan.next({"a": failed}) == Done()


def test_a_metric_that_nobody_has_keeps_no_stream_open() -> None:
    plan = schedule([regression("a"), regression("b")])
    nothing: tuple[float | None, ...] = (None,) * 10

    assert plan.next({"a": upto(QUIET, 10), "b": Loads(nothing, nothing)}) == Done()


streams = st.lists(st.integers(0, 10_000), min_size=2, max_size=5)


def _loads(seeds: list[int]) -> dict[str, Loads]:
    ratios = (1.0, 1.04, 1.2)
    return {
        f"g{n}": lognormal(seed, 50, ratio=ratios[seed % 3], sd=0.04)
        for n, seed in enumerate(seeds)
    }


@settings(max_examples=30)
@given(streams)
def test_the_same_loads_give_the_same_step(seeds: list[int]) -> None:
    loads = _loads(seeds)
    gates = [regression(name, f"s{n % 2}") for n, name in enumerate(loads)]

    one, other = schedule(gates), schedule(gates)

    assert measure(one, loads) == measure(other, loads)


@settings(max_examples=30)
@given(streams, st.randoms(use_true_random=False))
def test_the_order_of_the_gates_does_not_matter(seeds: list[int], random: object) -> None:
    loads = _loads(seeds)
    gates = [regression(name, f"s{n % 2}") for n, name in enumerate(loads)]
    turned = list(reversed(gates))

    def taken(measured: Mapping[str, Loads]) -> dict[str, tuple[int, int]]:
        return {name: (len(its.base), len(its.rerun_base)) for name, its in measured.items()}

    assert taken(measure(schedule(gates), loads)) == taken(measure(schedule(turned), loads))


@settings(max_examples=30)
@given(streams)
def test_no_stream_takes_more_than_its_last_look(seeds: list[int]) -> None:
    loads = _loads(seeds)
    gates = [regression(name, f"s{n % 2}") for n, name in enumerate(loads)]

    measured = measure(schedule(gates, (10, 14, 20)), loads)

    assert all(len(its.base) in (10, 14, 20) for its in measured.values())
