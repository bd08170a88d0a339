"""The environment names this machine, and its fingerprint changes with what matters only."""

import pytest

from rumtest.run.environment import describe_environment, fingerprint_of

SAME = {"cpu": "A", "cores": 2, "browser": "Chromium 1", "system": "Debian 12"}


def test_this_machine_is_described_without_a_gap() -> None:
    told = describe_environment("Chromium 1")

    assert told.cpu
    assert told.cores >= 1
    assert told.os
    assert told.browser == "Chromium 1"
    assert told.fingerprint == describe_environment("Chromium 1").fingerprint


@pytest.mark.parametrize(
    "change", [{"cpu": "B"}, {"cores": 4}, {"browser": "Chromium 2"}, {"system": "Debian 13"}]
)
def test_another_cpu_core_count_browser_or_system_is_another_fingerprint(
    change: dict[str, object],
) -> None:
    assert fingerprint_of(**(SAME | change)) != fingerprint_of(**SAME)  # type: ignore[arg-type]
