"""Variables: what fills them when, and that secrets stay secret."""

from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.errors import UsageError
from rumtest.scenario.model import DataSource
from rumtest.scenario.variables import fill_in, mask, row_values, secret_values
from tests.support.scenario import HEAD, MINIMAL, load_text, problems_of, step, the_problem

SOURCES = (
    DataSource("user", ({"email": "a@x", "age": "1"}, {"email": "b@x", "age": "2"})),
    DataSource("word", tuple({"": str(n)} for n in range(50)), "random"),
)


def test_the_environment_fills_in_when_the_file_is_read(tmp_path: Path) -> None:
    text = MINIMAL + "base_url: ${env.SITE:-http://default}\n"

    assert load_text(tmp_path, text).base_url == "http://default"
    assert load_text(tmp_path, text, environ={"SITE": "http://h"}).base_url == "http://h"


def test_a_number_may_come_from_the_environment(tmp_path: Path) -> None:
    text = MINIMAL + 'sampling: {iterations: {max: "${env.N}"}}\n'

    assert load_text(tmp_path, text, environ={"N": "20"}).sampling.max == 20


def test_a_number_of_the_environment_is_text_where_text_is_wanted(tmp_path: Path) -> None:
    text = step('fill: {label: Pin, value: "${env.PIN}"}')

    loaded = load_text(tmp_path, text, environ={"PIN": "0042"})

    assert loaded.journeys[0].steps[0].do[1].value == "0042"


def test_an_unset_variable_is_one_mistake_whatever_stands_around_it(tmp_path: Path) -> None:
    text = MINIMAL + 'sampling: {iterations: {max: "${env.N}"}}\n'

    assert the_problem(tmp_path, text)[2] == "unset-variable"


def test_a_value_of_the_environment_is_never_read_again(tmp_path: Path) -> None:
    text = MINIMAL + "secrets: [PASS]\nbase_url: ${env.SITE}\n"

    found = the_problem(tmp_path, text, environ={"SITE": "http://${secret.PASS}"})

    assert found[2] == "bad-variable"


def test_a_secret_cannot_be_read_as_a_plain_variable(tmp_path: Path) -> None:
    text = MINIMAL + "secrets: [PASS]\ntags: ['${env.PASS}']\n"

    found = the_problem(tmp_path, text, environ={"PASS": "hunter2"})

    assert found[2] == "secret"
    assert "hunter2" not in found[3]


@pytest.mark.parametrize("where", ["name: '${word}'", "tags: ['${secret.PASS}']"])
def test_what_a_load_fills_in_may_stand_in_actions_alone(tmp_path: Path, where: str) -> None:
    text = f"rumtest: 1\nsecrets: [PASS]\ndata: {{word: {{values: [a]}}}}\npages: [/]\n{where}\n"

    problems = problems_of(tmp_path, text if "name" in where else text + "name: a\n")

    assert [problem.code for problem in problems] == ["bad-variable"]


def test_the_command_line_fixes_a_variable(tmp_path: Path) -> None:
    text = HEAD + "data: {word: {values: [a]}}\npages: ['/${word}/${other}']\n"

    loaded = load_text(tmp_path, text, variables={"word": "x", "other": "y"})

    assert loaded.journeys[0].steps[0].do[0].value == "/x/y"


def test_a_source_with_columns_wants_one_named(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("email\na@b\n", "utf-8")
    text = (
        HEAD + "data: {user: {file: u.csv}}\n" + step("goto: '/${user}/${user.mail}'")[len(HEAD) :]
    )

    words = [problem.message for problem in problems_of(tmp_path, text)]

    assert "write `${user.email}`" in words[0]
    assert "did you mean 'email'" in words[1]


def test_uses_of_a_source_with_a_mistake_are_no_mistakes(tmp_path: Path) -> None:
    text = HEAD + "data: {user: {file: none.csv}}\n" + step("goto: '/${user.email}'")[len(HEAD) :]

    assert the_problem(tmp_path, text)[2] == "bad-data"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"email\n", "no row below its header"),
        (b"a,a\n1,2\n", "not a row of different names"),
        (b"a,b\n1\n", "row 2 of"),
        (b'a,b\n"1', "is not CSV"),
        (b"a\n\xff\n", "is not UTF-8"),
    ],
)
def test_a_csv_file_with_a_mistake_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "u.csv").write_bytes(content)

    found = the_problem(tmp_path, MINIMAL + "data: {user: {file: u.csv}}\n")

    assert found[2] == "bad-data"
    assert words in found[3]


def test_both_arms_of_a_pair_get_the_same_row() -> None:
    def rows(pair: int) -> dict[str, str]:
        return row_values(SOURCES, pair=pair, rng=np.random.default_rng([7, pair]))

    assert [rows(pair) for pair in range(20)] == [rows(pair) for pair in range(20)]
    assert len({rows(pair)["word"] for pair in range(20)}) > 1


@given(st.integers(0, 1000))
def test_cycling_goes_through_the_rows_in_order(pair: int) -> None:
    values = row_values(SOURCES, pair=pair, rng=np.random.default_rng(1))

    assert (values["user.email"], values["user.age"]) == [("a@x", "1"), ("b@x", "2")][pair % 2]


@given(st.text(), st.text(), st.text())
def test_filling_in_puts_values_in_as_they_are(before: str, value: str, after: str) -> None:
    before, after = before.replace("$", ""), after.replace("$", "")

    assert fill_in(before + "${a.b}" + after, {"a.b": value}) == before + value + after


def test_a_name_that_cannot_be_filled_in_is_a_bug_not_a_blank() -> None:
    with pytest.raises(KeyError):
        fill_in("${gone}", {})


@given(st.text(), st.lists(st.text(st.characters(exclude_characters="*"), min_size=1), max_size=4))
def test_no_secret_is_left_in_masked_text(text: str, secrets: list[str]) -> None:
    woven = text.join(["", *secrets, ""])

    masked = mask(woven, secrets)

    assert not any(part in secrets for part in masked.split("***") if part)
    assert not any(secret in part for secret in secrets for part in masked.split("***"))


def test_a_secret_is_masked_where_it_stands_in_a_url() -> None:
    secret = "p&ss wörd/"

    assert mask(f"https://h/?a={quote(secret)}&b={quote(secret, safe='')}", [secret]) == (
        "https://h/?a=***&b=***"
    )


def test_overlapping_secrets_leave_no_rest() -> None:
    assert mask("xabcdey", ["abc", "cde"]) == "x***y"


def test_an_empty_secret_masks_nothing() -> None:
    assert mask("text", [""]) == "text"


def test_secrets_come_from_the_environment_or_are_named_as_missing() -> None:
    assert secret_values(["A"], {"A": "1"}) == {"secret.A": "1"}

    with pytest.raises(UsageError, match=r"does not hold B, C"):
        secret_values(["A", "B", "C"], {"A": "1"})
