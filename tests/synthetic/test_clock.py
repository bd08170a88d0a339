"""The step's clock counts what belongs to the step."""

from hypothesis import given
from hypothesis import strategies as st

from rumtest.metric import Milliseconds
from rumtest.synthetic.clock import StepClock

spans = st.floats(min_value=0, max_value=1000)


class Hands:
    """A clock that is turned by hand, in seconds."""

    def __init__(self) -> None:
        self.reading = 100.0

    def __call__(self) -> float:
        return self.reading


@given(parts=st.lists(st.tuples(spans, spans), max_size=6))
def test_only_the_time_in_which_it_ran_counts(parts: list[tuple[float, float]]) -> None:
    now = Hands()
    clock = StepClock(Milliseconds(30_000), now=now)

    for run, stand in parts:
        now.reading += run
        with clock.standing():
            now.reading += stand

    ran = sum(run for run, _ in parts) * 1000
    # Readings of up to 12 000 s resolve 2e-12 s each.
    assert abs(clock.elapsed - ran) < 1e-4


def test_a_stopped_clock_stays_as_it_is() -> None:
    now = Hands()
    clock = StepClock(Milliseconds(30_000), now=now)
    now.reading += 1

    clock.stop()
    now.reading += 5
    clock.stop()

    assert float(clock.elapsed) == 1000


def test_it_may_be_stopped_at_an_earlier_moment() -> None:
    now = Hands()
    clock = StepClock(Milliseconds(30_000), now=now)
    now.reading += 3

    clock.stop(at=102.0)

    assert float(clock.elapsed) == 2000


def test_what_is_left_is_never_nothing() -> None:
    now = Hands()
    clock = StepClock(Milliseconds(2000), now=now)
    now.reading += 5

    assert float(clock.left) == 1
