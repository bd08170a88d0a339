"""Each way a command can end has its documented exit status and a message that says what now."""

import json
from pathlib import Path

import pytest

from tests.support.command import rumtest

GOOD = "rumtest: 1\nname: home\nbase_url: {url}\npages: [/]\nthresholds: {{lcp: p75 < 2500ms}}\n"


def scenario(folder: Path, text: str) -> Path:
    path = folder / "scenarios" / "home.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_help_and_version_end_with_0(tmp_path: Path) -> None:
    assert rumtest("--help", folder=tmp_path).status == 0
    assert rumtest("--version", folder=tmp_path).out.startswith("rumtest ")


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("run", "--nonsense"), ("check", "--format", "x")]
)
def test_a_call_that_cannot_mean_anything_ends_with_4(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = rumtest(*arguments, folder=tmp_path)

    assert ended.status == 4
    assert "Error" in ended.err


def test_a_scenario_with_mistakes_ends_with_4_and_shows_them_all_with_their_places(
    tmp_path: Path,
) -> None:
    path = scenario(tmp_path, "rumtest: 1\nname: home\npages: 7\nnonsense: 1\n")

    ended = rumtest("check", folder=tmp_path)

    assert ended.status == 4
    assert f"{path.relative_to(tmp_path)}:3:8" in ended.out
    assert f"{path.relative_to(tmp_path)}:4:1" in ended.out
    assert "2 mistakes" in ended.out


def test_check_of_a_good_scenario_ends_with_0_in_every_format(tmp_path: Path) -> None:
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    assert rumtest("check", folder=tmp_path).status == 0
    assert json.loads(rumtest("check", "--format", "json", folder=tmp_path).out) is not None
    assert rumtest("check", "--format", "github", folder=tmp_path).status == 0


def test_a_selection_that_leaves_nothing_ends_with_5(tmp_path: Path) -> None:
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    assert rumtest("run", "--tag", "nightly", folder=tmp_path).status == 5
    assert rumtest("run", "-k", "nothing like it", folder=tmp_path).status == 5


@pytest.mark.browser
def test_a_target_that_does_not_answer_ends_with_7_and_is_named(
    tmp_path: Path, free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}"
    scenario(tmp_path, GOOD.format(url=url))

    ended = rumtest("run", folder=tmp_path)

    assert ended.status == 7
    assert url in ended.err


def test_no_browser_ends_with_7_and_the_command_that_gets_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUMTEST_CHROMIUM", str(tmp_path / "no-such-browser"))
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    ended = rumtest("run", folder=tmp_path)

    assert ended.status == 7
    assert "RUMTEST_CHROMIUM" in ended.err


def test_ab_with_one_side_missing_ends_with_4_and_says_what_to_give(tmp_path: Path) -> None:
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    assert "--against" in rumtest("ab", folder=tmp_path).err
    assert rumtest("ab", "--serve", "x {port}", folder=tmp_path).status == 4


def test_a_run_that_is_not_there_ends_with_4(tmp_path: Path) -> None:
    ended = rumtest("report", "20260101T000000Z-abcd", folder=tmp_path)

    assert ended.status == 4
    assert "20260101T000000Z-abcd" in ended.err


def test_a_variable_without_a_value_ends_with_4(tmp_path: Path) -> None:
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    assert rumtest("run", "--var", "novalue", folder=tmp_path).status == 4


@pytest.mark.parametrize("command", ["./serve 'x {port}", "   ", "./serve", ""])
def test_a_server_command_that_cannot_be_read_ends_with_4_before_a_browser_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("RUMTEST_CHROMIUM", str(tmp_path / "no-such-browser"))
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    ended = rumtest("ab", "--serve", command, "--against-serve", "x {port}", folder=tmp_path)

    assert ended.status == 4, ended.err
    assert "RUMTEST_CHROMIUM" not in ended.err


@pytest.mark.parametrize(
    ("option", "arguments"),
    [
        ("--base-url", ("run", "--base-url", "127.0.0.1:80")),
        ("--base-url", ("ab", "--base-url", "home", "--against", "http://127.0.0.1:1")),
        ("--against", ("ab", "--against", "home")),
    ],
)
def test_an_address_that_is_none_ends_with_4_and_names_the_option(
    tmp_path: Path, option: str, arguments: tuple[str, ...]
) -> None:
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    ended = rumtest(*arguments, folder=tmp_path)

    assert ended.status == 4
    assert ended.err.startswith(f"{option}: ")


def test_ab_of_scenarios_of_several_sites_ends_with_4(tmp_path: Path) -> None:
    scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))
    other = GOOD.format(url="http://127.0.0.1:2").replace("name: home", "name: other")
    (tmp_path / "scenarios" / "other.yaml").write_text(other)

    ended = rumtest("ab", "--against", "http://127.0.0.1:3", folder=tmp_path)

    assert ended.status == 4
    assert "several sites" in ended.err


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_file_that_cannot_be_written_ends_with_7_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setenv("RUMTEST_CHROMIUM", str(tmp_path / "no-such-browser"))
    path = scenario(tmp_path, GOOD.format(url="http://127.0.0.1:1"))

    ended = rumtest("run", option, path / "out", folder=tmp_path)

    assert ended.status == 7
    assert "cannot be written" in ended.err


def test_a_warning_of_check_is_no_error_in_any_format(tmp_path: Path) -> None:
    text = GOOD.format(url="http://127.0.0.1:1") + "sampling: {iterations: {max: 2}}\n"
    scenario(tmp_path, text)

    as_json = json.loads(rumtest("check", "--format", "json", folder=tmp_path).out)
    as_github = rumtest("check", "--format", "github", folder=tmp_path).out

    assert {problem["level"] for problem in as_json["problems"]} == {"warning"}
    assert as_github.startswith("::warning ")
    assert "warning: too-few-pairs" in rumtest("check", folder=tmp_path).out


def test_doctor_speaks_ascii_where_the_terminal_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")

    ended = rumtest("doctor", folder=tmp_path)

    assert "+ python" in ended.out
    assert "Traceback" not in ended.err


def test_a_scenario_without_anything_to_judge_is_told_what_to_do(tmp_path: Path) -> None:
    plain = "rumtest: 1\nname: home\nbase_url: http://127.0.0.1:1\npages: [/]\n"
    scenario(tmp_path, plain + "regression: none\n")

    ended = rumtest("run", folder=tmp_path)

    assert ended.status == 5
    assert "thresholds" in ended.err
