"""YAML is read strictly, by version 1.2, and can neither crash nor exhaust the reader."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rumtest.errors import Place, Problem, ScenarioError
from rumtest.scenario.config import Config
from rumtest.scenario.loader import load, sniff
from rumtest.scenario.loader.compose import compose, split_lines
from rumtest.scenario.sheet import Sheet
from rumtest.scenario.tree import plain
from tests.support.scenario import HEAD, MINIMAL, load_text, rendered, scenarios, the_problem

quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def read(text: str) -> object:
    sheet = Sheet("text", split_lines(text))
    node = compose(text, sheet)
    assert not sheet.problems, sheet.problems
    assert node is not None
    return plain(node)


def refuse(content: bytes, path: Path) -> None:
    """Loads the content; nothing but a ScenarioError with problems may come of it."""
    path.write_bytes(content)
    problems: tuple[Problem, ...] = ()
    try:
        load(path, config=Config(), environ={})
    except ScenarioError as error:
        problems = error.problems or (Problem(Place("", 0), "", "an error without problems"),)
    assert all(problem.place.line >= 1 for problem in problems)


@quick
@given(st.text())
def test_any_text_raises_nothing_but_a_scenario_error(tmp_path: Path, text: str) -> None:
    refuse(text.encode("utf-8", "surrogatepass"), tmp_path / "any.yaml")


@quick
@given(st.binary())
def test_any_bytes_raise_nothing_but_a_scenario_error(tmp_path: Path, content: bytes) -> None:
    refuse(content, tmp_path / "any.yaml")


# Pieces that mean something to YAML or to us, so that odd files come out that are nearly right.
PIECES = st.sampled_from(
    [
        *"{}[]:,-?&*!|>'\"%@`#~\n\t ",
        *("rumtest: 1", "name", "pages", "journeys", "step", "do", "goto", "regression", "lcp"),
        *("&a", "*a", "<<: *a", "!!int", "---", "...", "%YAML 1.2", "\\x", "\\U0fffffff", "${"),
        *("  - ", "\n  ", ": ", "0x", "1e999", "9" * 5000, "\ufeff", "\x85", "${env.A:-}"),
    ]
)


@settings(quick, max_examples=300)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_text_that_is_nearly_yaml_raises_nothing_but_a_scenario_error(
    tmp_path: Path, text: str
) -> None:
    refuse((MINIMAL + text).encode(), tmp_path / "any.yaml")


@pytest.mark.slow
@settings(quick, max_examples=60)
@given(scenario=scenarios(), cut=st.floats(0, 1), piece=PIECES)
def test_a_damaged_scenario_raises_nothing_but_a_scenario_error(
    tmp_path: Path, scenario: object, cut: float, piece: str
) -> None:
    text = rendered(scenario)  # type: ignore[arg-type]
    at = int(cut * len(text))

    refuse((text[:at] + piece + text[at + 3 :]).encode(), tmp_path / "any.yaml")


@pytest.mark.parametrize("word", ["no", "on", "off", "yes", "y", "12:30", "1_000", "2026-01-01"])
def test_words_of_yaml_1_1_stay_text(word: str) -> None:
    assert read(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", 17),
        ("-3", -3),
        ("1.5e3", 1500.0),
        ("~", None),
        ("", None),
        ("'1'", "1"),
    ],
)
def test_values_are_typed_by_the_core_schema(written: str, value: object) -> None:
    assert read(f"a: {written}") == {"a": value}


def test_a_key_given_twice_names_both_lines(tmp_path: Path) -> None:
    found = the_problem(tmp_path, MINIMAL + "tags: [a]\ntags: [b]\n")

    assert found == (5, 1, "duplicate-key", "'tags' is given twice (first on line 4)")


def test_an_alias_stands_for_what_it_names(tmp_path: Path) -> None:
    text = HEAD + "journeys:\n  a: &j [{step: s, do: [{goto: /}]}]\n  b: *j\n"

    loaded = load_text(tmp_path, text)

    assert loaded.journeys[0].steps == loaded.journeys[1].steps


def test_a_billion_laughs_are_refused(tmp_path: Path) -> None:
    laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )

    _, _, code, words = the_problem(tmp_path, "rumtest: 1\n" + laughs)

    assert code == "yaml"
    assert "once its aliases are put in" in words


def test_a_chain_of_aliases_cannot_grow_deeper_than_the_limit(tmp_path: Path) -> None:
    chain = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 200))

    assert "levels" in the_problem(tmp_path, "rumtest: 1\n" + chain)[3]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "the file is empty"),
        ("rumtest: 1\n---\nrumtest: 1\n", 2, 1, "a second document"),
        ("a: &x [*x]\n", 1, 8, "stands within itself"),
        ("a: *x\n", 1, 4, "is not anchored above"),
        ("[" * 100 + "]" * 100, 1, 41, "levels lie in one another"),
        ("a: [1\n", 2, 1, "while parsing a flow sequence"),
        ("a: b: c\n", 1, 5, "needs quotes"),
        ("a:\n\t- b\n", 2, 1, "indent with blanks"),
        ("a: 'b\n", 2, 1, "unexpected end"),
        ('a: "\\Uffffffff"\n', 1, 1, "this is not YAML"),
        ("a: \x01\n", 1, 4, "may not stand in a text file"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(
    tmp_path: Path, text: str, line: int, column: int, words: str
) -> None:
    found = the_problem(tmp_path, text)

    assert (*found[:3], words in found[3]) == (line, column, "yaml", True), found


def test_a_tag_is_refused(tmp_path: Path) -> None:
    assert the_problem(tmp_path, MINIMAL + "tags: [!!str 5x]\n")[2] == "yaml-tag"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    assert the_problem(tmp_path, MINIMAL + "#" * 600_000)[2] == "too-large"


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(MINIMAL.encode() + b"tags: [\xe9]\n")

    with pytest.raises(ScenarioError, match=r"latin\.yaml:4: encoding"):
        load(path, config=Config(), environ={})


def test_columns_count_characters_whatever_the_line_breaks(tmp_path: Path) -> None:
    text = "rumtest: 1\r\nname: test\r\npages: [/ä, nö]\r\n"

    assert the_problem(tmp_path, "\ufeff" + text)[:2] == (3, 13)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("rumtest: 1\n", True),
        ("# words\n\n---\n'rumtest': 1\n", True),
        ("%YAML 1.2\n--- # words\n{rumtest: 1}\n", True),
        ("\ufeffrumtest: 1\n", True),
        ("rumtester: 1\n", False),
        ("name: x\nrumtest: 1\n", False),
        ("- rumtest: 1\n", False),
        ("", False),
    ],
)
def test_a_scenario_is_told_from_other_yaml_by_its_first_key(
    tmp_path: Path, text: str, ours: bool
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")

    assert sniff(path) is ours


def test_what_is_not_there_is_no_scenario(tmp_path: Path) -> None:
    assert sniff(tmp_path / "none.yaml") is False
