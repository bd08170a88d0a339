"""What lies in the repository, where, how long it is, and what it must not give away."""

import re
from pathlib import Path

import pytest

from tests.support.house import ROOT, project_files, top_level_names

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "benchmarks",
    "conftest.py",
    "docs",
    "pyproject.toml",
    "reports",
    "scenarios",
    "snippet",
    "src",
    "tests",
}

LONGEST_FILE = 400
SOURCE = {".py", ".pyi", ".ts", ".tsx", ".js", ".mjs", ".css"}

# Written with gaps, so that this file is not its own find.
REGISTRIES = [
    name.replace(" ", "")
    for name in ("py pi.org", "pythonhosted .org", "registry.npm js.org", "npm js.com")
]
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|Users)/[a-z][\w.-]*/|(?<![\w.])/root[/]")


def text_of(file: Path) -> str:
    """The file's text; what is not text in UTF-8 reads as whatever of it is."""
    return (ROOT / file).read_bytes().decode("utf-8", "ignore")


def test_nothing_lies_at_the_top_that_was_not_given_a_place_there() -> None:
    assert top_level_names() - TOP_LEVEL == set()


@pytest.mark.parametrize(
    "file", [file for file in project_files() if file.suffix in SOURCE], ids=str
)
def test_no_source_file_is_longer_than_the_house_allows(file: Path) -> None:
    assert len(text_of(file).splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("registry", REGISTRIES)
def test_no_file_names_a_registry(registry: str) -> None:
    assert [str(file) for file in project_files() if registry in text_of(file)] == []


def test_no_file_holds_a_path_of_somebody_s_machine() -> None:
    here = re.compile(rf"(?<![\w.]){re.escape(str(ROOT))}/")

    found = [
        f"{file}: {match[0]}"
        for file in project_files()
        for pattern in (MACHINE_PATHS, here)
        if (match := pattern.search(text_of(file)))
    ]

    assert found == []


@pytest.mark.parametrize("path", ["/ home/ada/x", "see / Users/ada/x", '"/ root/x"'])
def test_the_search_for_machine_paths_can_find_one(path: str) -> None:
    assert MACHINE_PATHS.search(path.replace("/ ", "/"))
