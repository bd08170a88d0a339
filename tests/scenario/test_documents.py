"""The document of the language says what the code does, and its examples load."""

import re
from pathlib import Path

import pytest

from rumtest.metric import METRICS
from rumtest.scenario.config import load_config
from rumtest.scenario.loader import load, load_all, warnings
from rumtest.scenario.profiles import BUNDLED
from rumtest.scenario.table import with_tables
from tests.support.scenario import load_text

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "scenarios.md"
TEXT = DOCUMENT.read_text("utf-8")
SCENARIO_FILES = sorted((ROOT / "scenarios").glob("*.yaml"))


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_the_tables_of_keys_and_defaults_are_those_of_the_code() -> None:
    assert with_tables(TEXT) == TEXT
    assert TEXT.count("| key | default | |") == 2


def test_the_example_of_the_document_loads(tmp_path: Path) -> None:
    (example,) = blocks("yaml")

    scenario = load_text(tmp_path, example)

    assert [journey.name for journey in scenario.journeys] == ["/", "product"]
    assert warnings(scenario) == ()


def test_the_configuration_of_the_document_loads(tmp_path: Path) -> None:
    (example,) = blocks("toml")
    path = tmp_path / "rumtest.toml"
    path.write_text(example, "utf-8")

    config = load_config(tmp_path, explicit=path, environ={})

    assert config.profiles["office"].viewport == (1440, 900)


def test_every_metric_and_bundled_profile_is_named_in_the_document() -> None:
    assert all(f"`{name}`" in TEXT for name in (*METRICS, *BUNDLED))


@pytest.mark.parametrize("path", SCENARIO_FILES, ids=lambda path: path.name)
def test_every_scenario_of_the_repository_loads_without_a_warning(path: Path) -> None:
    config = load_config(path, explicit=None, environ={})

    scenario = load(path, config=config, environ={})

    assert warnings(scenario) == ()
    assert scenario.groups


def test_the_scenarios_of_the_repository_can_run_together() -> None:
    folder = ROOT / "scenarios"
    config = load_config(folder, explicit=None, environ={})

    names = [scenario.name for scenario in load_all([folder], config=config, environ={})]

    assert names == ["browse", "shop"]
