"""The table of promises is whole, and says of each the tests that keep it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.house.promises import TABLE, kept_by, marks_in, numbers_in, written_anew

LAST_S, LAST_N = 71, 14

ROW = "| S1 S2 | Some words. | whatever |\n"


def test_every_promise_stands_in_the_table_once() -> None:
    expected = [f"S{n}" for n in range(1, LAST_S + 1)] + [f"N{n}" for n in range(1, LAST_N + 1)]

    assert sorted(numbers_in(TABLE.read_text())) == sorted(expected)


def test_the_table_names_the_tests_that_bear_a_promise_s_number() -> None:
    table = TABLE.read_text()

    assert table == written_anew(table, kept_by()), "run `python -m tests.house.promises`"


def test_no_test_bears_a_number_that_was_never_promised() -> None:
    assert set(kept_by()) - set(numbers_in(TABLE.read_text())) == set()


def test_a_mark_is_found_on_a_test_on_its_class_and_on_the_whole_file() -> None:
    source = """
import pytest
pytestmark = [pytest.mark.slow, pytest.mark.promise("S1")]
@pytest.mark.promise("S2", "N3")
def test_one(): ...
class TestMany:
    @pytest.mark.promise("S4")
    async def test_two(self): ...
    def helper(self): ...
"""

    assert marks_in(source) == [
        ("S1", "test_one"),
        ("S2", "test_one"),
        ("N3", "test_one"),
        ("S1", "TestMany::test_two"),
        ("S4", "TestMany::test_two"),
    ]


def test_a_promise_without_a_test_is_an_intention() -> None:
    assert written_anew(ROW, {}) == "| S1 S2 | Some words. | intention |\n"


def test_a_test_that_keeps_two_promises_of_a_row_is_named_once() -> None:
    kept = {"S1": ["tests/a.py::test_x"], "S2": ["tests/a.py::test_x", "tests/b.py::test_y"]}

    assert written_anew(ROW, kept).endswith("| `tests/a.py::test_x`<br>`tests/b.py::test_y` |\n")


@given(
    st.dictionaries(
        st.sampled_from(["S1", "S2", "N9"]), st.lists(st.from_regex(r"\A[a-z_/:.]{1,20}\Z"))
    )
)
def test_writing_the_table_twice_changes_nothing_more(kept: dict[str, list[str]]) -> None:
    once = written_anew(ROW, kept)

    assert written_anew(once, kept) == once
