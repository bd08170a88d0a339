"""The plan keeps the design of the experiment, whatever is ordered."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rumtest.scenario.model import Sampling
from rumtest.synthetic.order import Order, Side
from rumtest.synthetic.plan import Block, Load, dice, plan_blocks
from tests.support.synthetic import goto, order, scenario, step

BASE = Side("base", serve="shop {port}")
HEAD = Side("head", serve="shop {port}")

counts = st.integers(min_value=1, max_value=40)
seeds = st.integers(min_value=0, max_value=2**32)


def two_sides(pairs: int, *, seed: int = 7, warmup: int = 1, serve: bool = True) -> Order:
    asked = scenario(step("Open", goto("/")), sampling=Sampling(warmup=warmup))
    sides = (BASE, HEAD)
    if not serve:
        sides = (Side("base", url="http://a"), Side("head", url="http://b"))
    return order(asked, *sides, pairs=pairs, seed=seed)


def loads(blocks: list[Block], *, warm: bool = False) -> list[Load]:
    return [load for block in blocks for load in block.loads if warm == (load.phase == "warmup")]


@given(pairs=counts, seed=seeds)
def test_every_pair_has_both_arms_one_after_the_other(pairs: int, seed: int) -> None:
    measured = loads(list(plan_blocks(two_sides(pairs, seed=seed))))

    for pair in range(pairs):
        first, second = measured[2 * pair : 2 * pair + 2]
        assert (first.pair, second.pair) == (pair, pair)
        assert (first.order, second.order) == (0, 1)
        assert {first.arm, second.arm} == {"base", "head"}


@given(pairs=counts)
def test_a_block_holds_five_pairs_and_its_warmups_come_first(pairs: int) -> None:
    blocks = list(plan_blocks(two_sides(pairs)))

    sizes = [sum(load.phase == "measured" for load in block.loads) // 2 for block in blocks]
    assert sizes == [5] * (pairs // 5) + ([pairs % 5] if pairs % 5 else [])
    for block in blocks:
        assert [load.phase for load in block.loads[:3]] == ["warmup", "warmup", "measured"]


@given(pairs=counts)
def test_the_ports_are_swapped_from_block_to_block(pairs: int) -> None:
    blocks = list(plan_blocks(two_sides(pairs)))

    assert [block.swapped for block in blocks] == [bool(n % 2) for n in range(len(blocks))]


@given(pairs=counts, seed=seeds)
def test_the_same_order_gives_the_same_plan(pairs: int, seed: int) -> None:
    first, second = two_sides(pairs, seed=seed), two_sides(pairs, seed=seed)

    assert list(plan_blocks(first)) == list(plan_blocks(second))


@given(looks=st.tuples(counts, counts), seed=seeds)
def test_a_pair_is_the_same_in_one_order_as_in_several(looks: tuple[int, int], seed: int) -> None:
    first, more = looks
    whole = two_sides(first + more, seed=seed)
    start, rest = two_sides(first, seed=seed), two_sides(more, seed=seed)
    rest = replace(rest, streams=(replace(rest.streams[0], first=first, first_block=1),))

    parts = loads(list(plan_blocks(start))) + loads(list(plan_blocks(rest)))

    assert parts == loads(list(plan_blocks(whole)))


def test_head_goes_first_in_about_half_of_the_pairs() -> None:
    measured = loads(list(plan_blocks(two_sides(1000))))

    first = Counter(load.arm for load in measured if load.order == 0)

    # Five standard deviations of a fair coin thrown 1 000 times: 5 · √250 = 79.
    assert abs(first["head"] - 500) < 79


def test_head_warms_up_first_in_about_half_of_the_blocks() -> None:
    warm = loads(list(plan_blocks(two_sides(5000))), warm=True)

    first = Counter(load.arm for load in warm if load.order == 0)

    # As above: 1 000 blocks of five pairs.
    assert abs(first["head"] - 500) < 79


@given(pairs=counts, warmup=st.integers(min_value=0, max_value=3))
def test_without_restarts_a_stream_warms_up_once(pairs: int, warmup: int) -> None:
    blocks = list(plan_blocks(two_sides(pairs, warmup=warmup, serve=False)))

    assert len(loads(blocks, warm=True)) == 2 * warmup


@given(pairs=counts, warmup=st.integers(min_value=0, max_value=3))
def test_with_restarts_every_block_warms_up(pairs: int, warmup: int) -> None:
    blocks = list(plan_blocks(two_sides(pairs, warmup=warmup)))

    assert len(loads(blocks, warm=True)) == 2 * warmup * len(blocks)


@given(pairs=counts)
def test_with_one_side_a_pair_is_a_single_load(pairs: int) -> None:
    asked = scenario(step("Open", goto("/")))
    alone = order(asked, Side("head", url="http://a"), pairs=pairs)

    measured = loads(list(plan_blocks(alone)))

    assert [load.pair for load in measured] == list(range(pairs))
    assert {load.arm for load in measured} == {"head"}


@given(pair=st.integers(min_value=0, max_value=1000), seed=seeds)
def test_what_a_pair_draws_does_not_hang_on_the_run_of_things(pair: int, seed: int) -> None:
    asked = two_sides(1, seed=seed)
    (block,) = plan_blocks(asked)

    first = dice(asked, block.stream, "measured", pair, "rows").random(3).tolist()
    second = dice(asked, block.stream, "measured", pair, "rows").random(3).tolist()
    other = dice(asked, block.stream, "rerun", pair, "rows").random(3).tolist()

    assert first == second
    assert first != other
