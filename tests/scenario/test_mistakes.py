"""Mistakes are told all at once, each at its place and in words that say what to do."""

import os
from pathlib import Path

import pytest

from rumtest.errors import ScenarioError, UsageError
from rumtest.scenario.config import Config
from rumtest.scenario.loader import load_all
from rumtest.scenario.problems import as_text
from tests.support.scenario import HEAD, MINIMAL, load_text, problems_of, step, the_problem

DATA = Path(__file__).parent / "data"


def test_a_file_with_twelve_mistakes_shows_all_twelve_at_line_and_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(DATA)

    with pytest.raises(ScenarioError) as raised:
        load_all([Path("twelve-mistakes.yaml")], config=Config(), environ={})

    problems = raised.value.problems
    assert len(problems) == 12
    assert all(problem.place.line and problem.place.column for problem in problems)
    assert as_text(problems) + "\n" == Path("twelve-mistakes.txt").read_text("utf-8")


def test_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"rumtest: 1\nname: {name}\n", "utf-8")

    with pytest.raises(ScenarioError) as raised:
        load_all([tmp_path], config=Config(), environ={})

    assert [Path(p.place.file).name for p in raised.value.problems] == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize(
    ("more", "line", "column", "code", "words"),
    [
        ("tag: [a]", 4, 1, "unknown-key", "'tag' is not a key of a scenario; did you mean 'tags'"),
        ("zzz: 1", 4, 1, "unknown-key", "known are rumtest, name"),
        ("use: [x.yaml]", 4, 1, "not-yet", "`use` is known but not run yet"),
        ("probe: {}", 4, 1, "not-yet", "`probe`"),
        ("auth: {}", 4, 1, "not-yet", "`auth`"),
        ("capture: {}", 4, 1, "not-yet", "`capture`"),
        ("profiles: rum", 4, 11, "not-yet", "`rum`"),
        ("profiles: []", 4, 11, "bad-value", "the empty list is not a list of profiles"),
        (
            "profiles: [desktop, desktop]",
            4,
            21,
            "duplicate",
            "the profile 'desktop' is given",
        ),
        ("tags: pr", 4, 7, "bad-value", "'pr' is not a list of tags"),
        ("tags: [two words]", 4, 8, "bad-value", "is not a tag"),
        (f"app: {'a' * 2001}", 4, 6, "bad-value", "2001 characters are too many"),
        ("base_url: 'http://[h'", 4, 11, "bad-value", "is not the address of a site"),
        ("base_url: 'http://h:0/'", 4, 11, "bad-value", "is not the address of a site"),
        ("journeys: {}", 4, 11, "bad-value", "the empty mapping is not"),
        ("journeys: [a]", 4, 11, "bad-value", "a list is not a mapping of journeys"),
        ("data: {n: {values: [true]}}", 4, 21, "bad-value", "true is not text or a number"),
        ("[a, b]: 1", 4, 1, "bad-key", "cannot be a key"),
        ("app: a/b", 4, 6, "bad-value", "is not an app's name"),
        ("base_url: http://h/?q=1", 4, 11, "bad-value", "has a query"),
        ("thresholds: {lcpp: p75 < 2s}", 4, 14, "unknown-key", "did you mean 'lcp'"),
        ("thresholds: {http.failed: rate < 1%}", 4, 14, "not-yet", "`http.failed`"),
        ("thresholds: {dropped: count == 0}", 4, 14, "not-yet", "`dropped`"),
        ("thresholds: {probe.lcp.vs_idle: p75 < 2x}", 4, 14, "not-yet", "`probe.lcp.vs_idle`"),
        (
            "thresholds: {lcp: [p75 < 2s, p75 < 2s]}",
            4,
            30,
            "duplicate",
            "'p75 < 2s' is given",
        ),
        ("thresholds:", 4, 1, "bad-value", "nothing is not thresholds"),
        ("regression: off", 4, 13, "bad-value", "'off' is not `none`"),
        ("regression: {baseline: base}", 4, 14, "not-yet", "`baseline`"),
        ("regression: {tbt: {or: 5ms}}", 4, 14, "no-effect", "tbt is not gated"),
        ("regression: {lcp: {}}", 4, 19, "bad-value", "a tolerance of nothing"),
        ("regression: {lcp: {max_increase: 5}}", 4, 34, "bad-value", "not a share (5%)"),
        ("regression: {cls: {or: 5ms}}", 4, 24, "bad-value", "a plain number, the unit of cls"),
        ("sampling: {iterations: 20}", 4, 24, "bad-value", "20 is not a mapping with `min`"),
        ("sampling: {iterations: {min: ten}}", 4, 30, "bad-value", "'ten' is not a whole number"),
        ("sampling: {iterations: {min: 9, max: 8}}", 4, 38, "bad-value", "max (8) is less than"),
        ("sampling: {until: decidet}", 4, 19, "bad-value", "did you mean 'decided'"),
        ("timeouts: {step: 0s}", 4, 18, "bad-value", "is not a time to wait"),
        ("secrets: [a b]", 4, 11, "bad-value", "is not the name of an environment variable"),
        ("data: {env: {values: [a]}}", 4, 8, "bad-value", "'env' is taken"),
        ("data: {user: {take: cycle}}", 4, 14, "bad-value", "give either `file` or `values`"),
        ("data: {user: {file: none.csv}}", 4, 21, "bad-data", "cannot be read: No such file"),
        ("journeys: {/: [{step: a, do: [{goto: /}]}]}", 4, 1, "duplicate", "the name of a page"),
    ],
)
def test_a_mistake_at_the_top_is_told_at_its_place(
    tmp_path: Path, more: str, line: int, column: int, code: str, words: str
) -> None:
    found = the_problem(tmp_path, MINIMAL + more + "\n")

    assert found[:3] == (line, column, code)
    assert words in found[3]


@pytest.mark.parametrize(
    ("do", "column", "code", "words"),
    [
        ("hover: '#a'", 11, "not-yet", "`hover` is known but not run yet"),
        ("select: {}", 11, "not-yet", "`select`"),
        ("check: '#a'", 11, "not-yet", "`check`"),
        ("clck: '#a'", 11, "unknown-key", "did you mean 'click'"),
        ("click", 11, "bad-value", "'click' is not an action"),
        ("{click: '#a', press: Enter}", 25, "bad-value", "one key is wanted here, not 2"),
        ("goto: p/1", 17, "bad-value", "'p/1' is not an address"),
        ("click: {name: Go}", 18, "missing-key", "which element?"),
        (
            "click: {label: Go, role: button}",
            30,
            "bad-value",
            "found one way, not by label and role",
        ),
        ("click: {role: buttn}", 25, "bad-value", "did you mean 'button'"),
        ("click: {label: Go, name: Go}", 30, "bad-value", "`name` belongs to `role`"),
        ("click: {testid: a, exact: true}", 30, "bad-value", "`exact` does not go with"),
        ("click: {label: Go, exact: yes}", 37, "bad-value", "'yes' is not `true` or `false`"),
        ("click: 5", 18, "bad-value", "write it in quotes: '5'"),
        ("fill: '#a'", 17, "bad-value", "is not a field and its value"),
        ("fill: {label: A}", 17, "missing-key", "'value' is missing"),
        ("fill: {label: A, value: ''}", 35, "bad-value", "the empty text is not text"),
        ("press: {key: Enter, exact: true}", 18, "missing-key", "which element?"),
        ("wait_for: {label: Email}", 22, "unknown-key", "put the element below `visible`"),
        ("fill: {label: A, value: '${user.name}'}", 35, "unknown-variable", "file's data"),
        ("fill: {label: A, value: '${secret.X}'}", 35, "unknown-variable", "`secrets: [X]`"),
        ("fill: {label: A, value: '${'}", 35, "bad-variable", "not closed"),
        ("goto: '/${env.NO}'", 17, "unset-variable", "the environment has no NO"),
    ],
)
def test_a_mistake_in_an_action_is_told_at_its_place(
    tmp_path: Path, do: str, column: int, code: str, words: str
) -> None:
    found = the_problem(tmp_path, step(do))

    assert found[:3] == (8, column, code)
    assert words in found[3]


@pytest.mark.parametrize(
    ("more", "column", "code", "words"),
    [
        ("http: [{get: /}]", 7, "not-yet", "`http` is known but not run yet"),
        ("think: rum", 14, "not-yet", "`rum`"),
        ("think: 2", 14, "bad-value", "2 is not a duration (2s), a range (2s..6s) or `none`"),
        ("think: 6s..2s", 14, "bad-value", "is not a duration"),
        ("until: [{text: a}]", 14, "bad-value", "a list is not a condition"),
        ("expect: {text: a}", 15, "bad-value", "a mapping is not a list of conditions"),
        ("do: []", 7, "duplicate-key", "'do' is given twice (first on line 6)"),
    ],
)
def test_a_mistake_in_a_step_is_told_at_its_place(
    tmp_path: Path, more: str, column: int, code: str, words: str
) -> None:
    found = problems_of(tmp_path, step("", more))[0]

    assert (found.place.line, found.place.column, found.code) == (8, column, code)
    assert words in found.message


def test_a_journey_must_begin_by_opening_a_page(tmp_path: Path) -> None:
    text = HEAD + "journeys:\n  main:\n    - {step: a, do: [{click: '#a'}]}\n"

    found = the_problem(tmp_path, text)

    assert found[:3] == (5, 7, "no-page")


def test_two_steps_of_a_journey_cannot_share_a_name(tmp_path: Path) -> None:
    text = HEAD + "journeys:\n  main:\n" + "    - {step: a, do: [{goto: /}]}\n" * 2

    line, _, code, words = the_problem(tmp_path, text)

    assert (line, code) == (6, "duplicate")
    assert "first on line 5" in words


def test_the_start_of_a_journey_is_not_run_yet(tmp_path: Path) -> None:
    text = HEAD + "journeys:\n  main:\n    start: x\n    steps: [{step: a, do: [{goto: /}]}]\n"

    assert the_problem(tmp_path, text)[:3] == (5, 5, "not-yet")


def test_a_scenario_that_does_nothing_is_refused(tmp_path: Path) -> None:
    assert the_problem(tmp_path, HEAD)[2] == "missing-key"


def test_the_version_key_must_be_the_first(tmp_path: Path) -> None:
    assert the_problem(tmp_path, "name: a\nrumtest: 1\npages: [/]\n")[:3] == (2, 1, "bad-place")


def test_another_version_is_refused(tmp_path: Path) -> None:
    line, column, code, words = the_problem(tmp_path, "rumtest: 2\nname: a\npages: [/]\n")

    assert (line, column, code) == (1, 10, "bad-value")
    assert "write `rumtest: 1`" in words


def test_a_file_that_is_not_there_is_a_scenario_error(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read: No such file"):
        load_all([tmp_path / "none.yaml"], config=Config(), environ={})


def test_two_scenarios_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(MINIMAL, "utf-8")

    with pytest.raises(ScenarioError, match=r"b\.yaml:1: duplicate: the name 'test'"):
        load_all([tmp_path], config=Config(), environ={})


def test_a_folder_yields_its_scenarios_in_order_and_no_other_yaml(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for place in ("b.yaml", "sub/a.yaml", ".hidden/c.yaml"):
        name = Path(place).stem
        (tmp_path / place).write_text(MINIMAL.replace("test\n", f"{name}\n", 1), "utf-8")
    (tmp_path / "other.yaml").write_text("on: push\nname: ci\n", "utf-8")

    loaded = load_all([tmp_path, tmp_path / "b.yaml"], config=Config(), environ={})

    assert [scenario.name for scenario in loaded] == ["b", "a"]


def test_a_variable_that_no_scenario_uses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MINIMAL, "utf-8")

    with pytest.raises(UsageError, match="prduct"):
        load_all([tmp_path], config=Config(), environ={}, variables={"prduct": "x"})


def test_control_characters_of_a_file_never_reach_the_terminal(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, HEAD + 'pages: ["\\e[31m/", /]\n"\\x07": 1\n')

    assert problems
    assert all(c.isprintable() or c == "\n" for c in as_text(problems).replace(os.sep, "/"))


def test_the_same_mistake_behind_an_alias_is_told_once(tmp_path: Path) -> None:
    text = HEAD + ("journeys:\n  a: [&s {step: a, do: [{goto: nowhere}]}]\n  b: [*s]\n")

    assert len({(p.place, p.code) for p in problems_of(tmp_path, text)}) == 1


def test_defaults_are_those_of_the_model(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, MINIMAL + "sampling: {}\ntimeouts: {}\n")

    bare = load_text(tmp_path, MINIMAL)
    assert (loaded.sampling, loaded.timeouts) == (bare.sampling, bare.timeouts)
