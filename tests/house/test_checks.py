"""What a developer, a commit and CI run is the same, written in three places."""

import re
from typing import Any

import yaml

from tests.support.house import ROOT


def test_the_hooks_of_a_commit_run_what_make_check_runs() -> None:
    makefile = (ROOT / "Makefile").read_text()
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]

    entries = [hook["entry"] for repository in hooks for hook in repository["hooks"]]

    assert recipe
    assert entries == recipe[1].replace("$(BIN)", ".venv/bin").replace("\t", "").splitlines()


def test_the_hooks_of_a_commit_come_from_nowhere_else() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]

    assert [repository["repo"] for repository in hooks] == ["local"]


def test_ci_runs_make_test() -> None:
    assert "make test" in [step.get("run") for step in ci_steps()]
    assert "make test" in (ROOT / ".ci/run").read_text().splitlines()


def test_ci_names_actions_by_their_major_version() -> None:
    used = [step["uses"] for step in ci_steps() if "uses" in step]

    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)


def ci_steps() -> list[dict[str, Any]]:
    """The steps of every job of the workflow."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    return [step for job in workflow["jobs"].values() for step in job["steps"]]
