"""Whatever the loads are: the same data, the same verdict, and no regression unconfirmed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rumtest.compare.lab import judge
from rumtest.compare.model import Comparison, Verdict
from rumtest.loads import Loads
from tests.support.gates import lognormal, measure, regression, schedule, upto

LOOKS = (10, 22, 50)

names = st.lists(st.integers(0, 10_000), min_size=2, max_size=5)


def _loads(seeds: list[int]) -> dict[str, Loads]:
    ratios = (1.0, 1.04, 1.25)
    return {f"g{n}": lognormal(s, 50, ratio=ratios[s % 3], sd=0.04) for n, s in enumerate(seeds)}


def compared(loads: dict[str, Loads]) -> Comparison:
    gates = [regression(name) for name in loads]
    plan = schedule(gates, LOOKS)
    return judge(plan, gates, measure(plan, loads), seed=7)


@settings(max_examples=30)
@given(names)
def test_the_same_loads_give_the_same_comparison(seeds: list[int]) -> None:
    loads = _loads(seeds)

    assert compared(loads) == compared(loads)


@settings(max_examples=30)
@given(names)
def test_the_order_of_the_gates_changes_no_result(seeds: list[int]) -> None:
    loads = _loads(seeds)
    turned = dict(reversed(loads.items()))

    one, other = compared(loads), compared(turned)

    assert {r.gate.id: r for r in one.gates} == {r.gate.id: r for r in other.gates}


@given(names, st.integers(0, 50))
def test_a_run_cut_anywhere_is_judged_and_nothing_regresses_unconfirmed(
    seeds: list[int], cut: int
) -> None:
    loads = {name: upto(its, cut) for name, its in _loads(seeds).items()}
    gates = [regression(name) for name in loads]

    comparison = judge(schedule(gates), gates, loads)

    assert len(comparison.gates) == len(gates)
    assert not any(result.verdict is Verdict.REGRESSED for result in comparison.gates)


@settings(max_examples=30)
@given(names)
def test_what_is_unchanged_could_not_have_regressed(seeds: list[int]) -> None:
    for result in compared(_loads(seeds)).gates:
        if result.verdict is Verdict.UNCHANGED:
            assert result.regression_excluded
