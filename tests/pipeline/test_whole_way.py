"""The whole way on real input: YAML, two shops, real browsers, beacons, verdicts, report."""

import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import Ended, rumtest

SHOP = f"{shlex.quote(sys.executable)} -m rumtest.shop --port {{port}}"
SCENARIO = """rumtest: 1
name: buy
app: shop
sampling: {iterations: {min: 10, max: 10}}
thresholds: {lcp: p75 < 10s}
journeys:
  buy:
    - step: Product page
      do: [{goto: /p/teapot}]
    - step: Add to cart
      do: [{click: {role: button, name: Add to cart}}]
      until: {text: "In your cart: 1"}
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Way:
    folder: Path
    ended: Ended
    view: dict[str, Any]

    def verdicts(self) -> dict[str, str | None]:
        return {gate["id"]: gate["verdict"] for gate in self.view["gates"]}


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Way:
    folder = tmp_path_factory.mktemp("way")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "buy.yaml").write_text(SCENARIO)
    ended = rumtest(
        "ab", "--serve", f"{SHOP} --hero-delay 500", "--against-serve", SHOP,
        "--seed", "7", "--json", "view.json",
        folder=folder,
    )  # fmt: skip
    return Way(folder, ended, json.loads((folder / "view.json").read_text()))


def test_a_late_hero_image_is_called_regressed_and_ends_with_1(way: Way) -> None:
    assert way.verdicts()["product-page.lcp.desktop.cold"] == "regressed", way.ended.out
    assert way.ended.status == 1


def test_nothing_else_is_called_regressed(way: Way) -> None:
    regressed = [gate for gate, verdict in way.verdicts().items() if verdict == "regressed"]

    assert regressed == ["product-page.lcp.desktop.cold"]


def test_the_summary_names_the_step_the_seed_the_report_and_the_run(way: Way) -> None:
    assert "Product page" in way.ended.out
    assert "seed 7" in way.ended.out
    assert "report reports/buy.html" in way.ended.out
    assert "run reports/runs/2" in way.ended.out


def test_the_run_folder_holds_every_load_with_the_beacon_of_its_view(way: Way) -> None:
    folder = way.folder / "reports" / "runs" / "latest"
    iterations = lines_of(folder / "iterations.jsonl")
    kept = {line["beacon"]["view"] for line in lines_of(folder / "beacons.jsonl")}

    measured = [each for each in iterations if each["phase"] != "warmup"]
    assert len(measured) == 2 * (10 + 10)
    assert all(each["failed"] is None for each in measured)
    assert {view for each in measured for view in each["views"]} <= kept


def test_the_report_made_again_from_the_folder_says_the_same(way: Way) -> None:
    again = rumtest("report", "latest", "--json", "again.json", folder=way.folder)

    view = json.loads((way.folder / "again.json").read_text())
    assert {gate["id"]: gate["verdict"] for gate in view["gates"]} == way.verdicts()
    assert again.status == 1


def test_a_run_against_itself_is_advice_and_ends_with_0(way: Way) -> None:
    ended = rumtest("compare", "latest", "latest", folder=way.folder)

    assert ended.status == 0, ended.err
    (report,) = (way.folder / "reports").glob("compare-*.html")
    run = (way.folder / "reports" / "runs" / "latest").resolve().name
    assert f"rumtest compare {run} {run}" in report.read_text()
