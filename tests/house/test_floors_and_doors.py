"""The rules of imports hold, and each of them can fail: a trespasser of every kind is caught."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.house import ROOT

pytestmark = pytest.mark.slow

CONTRACTS = "pyproject.toml"


@dataclass(frozen=True)
class Trespass:
    """One forbidden import: the contract it breaks, the room it stands in, what it imports."""

    contract: str
    room: str
    imported: str

    @property
    def module(self) -> str:
        """A module of its own, so that each trespasser is told from the others."""
        return f"{self.room}.trespasser_{self.imported.replace('.', '_')}"


TRESPASSES = [
    Trespass("Floors", "beacon", "rumtest.report"),
    Trespass("Floors", "scenario", "rumtest.synthetic.order"),
    Trespass("Floors", "run", "rumtest.compare.model"),
    Trespass("Floors", "report", "rumtest.pipeline"),
    Trespass("Floors", "shop", "rumtest.run.model"),
    Trespass("Floors", "distribution", "rumtest.scenario.model"),
    Trespass("Analysis never reaches back", "compare", "rumtest.scenario.model"),
    Trespass("Analysis never reaches back", "report", "rumtest.synthetic.order"),
    Trespass("One door: playwright", "report", "playwright"),
    Trespass("One door: scipy", "compare", "scipy"),
    Trespass("One door: pandas", "report", "pandas"),
    Trespass("One door: jinja2", "report", "jinja2"),
    Trespass("One door: yaml", "scenario", "yaml"),
    Trespass("One door: pytest", "cli", "pytest"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy of the house with all the trespassers in it."""
    house = copy_of_the_house(tmp_path_factory.mktemp("house"))
    for trespass in TRESPASSES:
        path = house / "src/rumtest" / f"{trespass.module.replace('.', '/')}.py"
        path.write_text(f"import {trespass.imported}\n")
    return lint(house).stdout


def test_the_house_as_it_is_keeps_every_contract(tmp_path: Path) -> None:
    result = lint(copy_of_the_house(tmp_path))

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    "trespass", TRESPASSES, ids=lambda trespass: f"{trespass.room} imports {trespass.imported}"
)
def test_a_trespasser_is_caught_by_the_contract_it_breaks(found: str, trespass: Trespass) -> None:
    broken = section_of(found, trespass.contract)

    assert f"rumtest.{trespass.module}" in broken


def test_two_forms_of_the_report_that_know_each_other_are_caught(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    append(house, "report/jsonfile", "from rumtest.report import terminal")

    broken = section_of(lint(house).stdout, "Report formats know the view")

    assert "rumtest.report.jsonfile" in broken


def test_a_cycle_between_rooms_is_caught(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    append(house, "metric", "import rumtest.page")
    append(house, "page", "import rumtest.metric")

    broken = section_of(lint(house).stdout, "No cycles")

    assert "metric" in broken
    assert "page" in broken


def test_a_room_that_was_given_no_floor_is_caught(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    (house / "src/rumtest/utils.py").write_text('"""Everything and nothing."""\n')

    result = lint(house)

    assert result.returncode != 0
    assert "utils" in result.stdout + result.stderr


def copy_of_the_house(folder: Path) -> Path:
    """The sources and their contracts, to be trespassed upon."""
    shutil.copy(ROOT / CONTRACTS, folder)
    shutil.copytree(
        ROOT / "src/rumtest",
        folder / "src/rumtest",
        ignore=shutil.ignore_patterns("_built", "__pycache__"),
    )
    return folder


def append(house: Path, module: str, line: str) -> None:
    """Write one more line into a module that exists."""
    with (house / f"src/rumtest/{module}.py").open("a") as file:
        file.write(f"\n{line}\n")


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter on that copy, not on the installed package."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house / "src"), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )


def section_of(found: str, contract: str) -> str:
    """What was said about the broken contract whose name begins so; empty when it was kept."""
    told = tomllib.loads((ROOT / CONTRACTS).read_text())["tool"]["importlinter"]["contracts"]
    headings = "|".join(re.escape(one["name"]) for one in told)
    # Each broken contract is told under its name, underlined.
    parts = re.split(rf"^({headings})\n-+$", found, flags=re.MULTILINE)
    sections = zip(parts[1::2], parts[2::2], strict=True)
    return "".join(text for name, text in sections if name.startswith(contract))
