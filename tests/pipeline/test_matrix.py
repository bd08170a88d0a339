"""Every journey runs under every profile, and a journey that fails is a result with its reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from rumtest.shop import serve
from tests.support.command import Ended, rumtest

SCENARIO = """rumtest: 1
name: matrix
profiles: [desktop, phone-p50]
sampling: {iterations: {min: 2, max: 2}, warmup: 0}
timeouts: {expect: 1s}
thresholds: {lcp: median < 10s}
journeys:
  right:
    - step: Home
      do: [{goto: /}]
      expect: [{visible: {role: heading}}]
  wrong:
    - step: Teapot
      do: [{goto: /p/teapot}]
      expect: [{text: No such words on this page}]
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matrix")
    (folder / "matrix.yaml").write_text(SCENARIO)
    return folder


@pytest.fixture(scope="module")
def ended(folder: Path) -> Ended:
    with serve() as shop:
        return rumtest("run", "matrix.yaml", "--base-url", shop.url, folder=folder)


def iterations(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "reports/runs/latest/iterations.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.promise("S33")
@pytest.mark.promise("S37")
def test_each_journey_runs_under_each_profile(folder: Path, ended: Ended) -> None:
    ran = {(each["journey"], each["profile"]) for each in iterations(folder)}

    assert ran == {(j, p) for j in ("right", "wrong") for p in ("desktop", "phone-p50")}, ended.err


@pytest.mark.promise("S33")
def test_an_expectation_that_is_not_met_is_a_result_with_step_and_reason(
    folder: Path, ended: Ended
) -> None:
    failed = [each["failed"] for each in iterations(folder) if each["journey"] == "wrong"]

    assert {failure["code"] for failure in failed} == {"expect-failed"}, ended.err
    assert {failure["step"] for failure in failed} == {"Teapot"}
    assert all("No such words on this page" in failure["reason"] for failure in failed)


def test_a_journey_that_always_fails_fails_the_command_and_is_named(ended: Ended) -> None:
    assert ended.status == 1, ended.out
    assert "Teapot" in ended.out
