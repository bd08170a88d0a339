"""The schema for editors and the loader hold each other."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from rumtest.scenario.loader.compose import compose
from rumtest.scenario.model import Scenario
from rumtest.scenario.schema import SCHEMA_FILE, scenario_schema, schema_text
from rumtest.scenario.sheet import Sheet
from rumtest.scenario.tree import plain
from tests.support.scenario import MINIMAL, problems_of, rendered, scenarios, step

ROOT = Path(__file__).parents[2]
SCENARIO_FILES = sorted((ROOT / "scenarios").glob("*.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(scenario_schema())


def as_json(text: str) -> object:
    node = compose(text, Sheet("text"))
    assert node is not None
    return plain(node)


def accepts(text: str) -> bool:
    return bool(VALIDATOR.is_valid(as_json(text)))


def test_the_file_beside_the_code_is_what_the_code_makes() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == schema_text()


def test_it_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("path", SCENARIO_FILES, ids=lambda path: path.name)
def test_every_scenario_of_the_repository_validates(path: Path) -> None:
    assert accepts(path.read_text("utf-8"))


@pytest.mark.parametrize("path", SCENARIO_FILES, ids=lambda path: path.name)
def test_every_scenario_of_the_repository_points_editors_at_the_schema(path: Path) -> None:
    first = path.read_text("utf-8").split("\n")[0]

    pointed = (path.parent / first.partition("$schema=")[2]).resolve()
    assert pointed == SCHEMA_FILE


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=scenarios())
def test_whatever_the_loader_accepts_the_schema_accepts(scenario: Scenario) -> None:
    errors = [error.message for error in VALIDATOR.iter_errors(as_json(rendered(scenario)))]

    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        MINIMAL + "tag: [a]\n",
        MINIMAL + "load: {}\n",
        MINIMAL + "thresholds: {lcpp: p75 < 2s}\n",
        MINIMAL + "thresholds: {dropped: count == 0}\n",
        MINIMAL + "regression: {baseline: base}\n",
        MINIMAL + "regression: {lcp: {max: 5%}}\n",
        MINIMAL + "sampling: {iteration: {max: 5}}\n",
        MINIMAL + "sampling: {iterations: {maximum: 5}}\n",
        MINIMAL + "timeouts: {page: 5s}\n",
        MINIMAL + "data: {a: {value: [1]}}\n",
        step("hover: '#a'"),
        step("clck: '#a'"),
        step("click: {rolle: button}"),
        step("fill: {label: A, values: b}"),
        step("", "unless: {text: a}"),
        step("", "until: {seen: a}"),
        step("", "http: []"),
    ],
)
def test_a_key_the_loader_does_not_know_the_schema_refuses(tmp_path: Path, text: str) -> None:
    codes = {problem.code for problem in problems_of(tmp_path, text)}

    assert codes & {"unknown-key", "not-yet"}
    assert not accepts(text)
