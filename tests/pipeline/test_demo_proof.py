"""The demo's promise, tried again and again: found when planted, silent when not."""

from pathlib import Path

import pytest

from tests.support.command import rumtest

pytestmark = [pytest.mark.browser, pytest.mark.proof]

QUIET = "Nothing was planted and nothing was called regressed or improved."
FOUND = "The planted regression was found, and nothing else was called regressed."


@pytest.mark.parametrize("seed", range(10))
def test_the_shop_against_itself_shows_nothing_regressed_or_improved(
    seed: int, tmp_path: Path
) -> None:
    ended = rumtest("demo", "--unchanged", "--seed", str(seed), folder=tmp_path, timeout=600)

    assert QUIET in ended.out, ended.out
    assert ended.status == 0


@pytest.mark.promise("N6")
def test_the_planted_regression_is_found_and_nothing_else_is_called_regressed(
    tmp_path: Path,
) -> None:
    ended = rumtest("demo", "--seed", "7", folder=tmp_path, timeout=600)

    assert FOUND in ended.out, ended.out
    assert ended.status == 0
    assert (tmp_path / "reports" / "demo.html").is_file()
