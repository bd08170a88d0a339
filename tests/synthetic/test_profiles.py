"""A profile becomes the options of a browser context."""

from typing import Any

import pytest

from rumtest.errors import UsageError
from rumtest.scenario.model import Profile
from rumtest.synthetic.profiles import context_options

AGENT = "Mozilla/5.0 HeadlessChrome/156.0.0.0 Safari/537.36"
DEVICES: dict[str, dict[str, Any]] = {
    "Pixel 7": {
        "user_agent": "Pixel",
        "viewport": {"width": 412, "height": 839},
        "screen": {"width": 412, "height": 915},
        "is_mobile": True,
        "default_browser_type": "chromium",
    }
}


def options(**profile: Any) -> dict[str, Any]:
    return context_options(Profile("some", **profile), DEVICES, user_agent=AGENT)


def test_without_a_device_the_browser_does_not_say_that_it_is_headless() -> None:
    assert options()["user_agent"] == "Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36"


def test_a_device_brings_its_own_agent_and_size() -> None:
    made = options(device="Pixel 7")

    assert made["user_agent"] == "Pixel"
    assert made["viewport"] == {"width": 412, "height": 839}
    assert "default_browser_type" not in made


def test_a_viewport_goes_before_the_devices() -> None:
    made = options(device="Pixel 7", viewport=(800, 600))

    assert made["viewport"] == {"width": 800, "height": 600}
    assert "screen" not in made


def test_locale_timezone_and_reduced_motion_are_passed_on() -> None:
    made = options(locale="de-DE", timezone="Europe/Berlin", reduced_motion=True)

    assert made["locale"] == "de-DE"
    assert made["timezone_id"] == "Europe/Berlin"
    assert made["reduced_motion"] == "reduce"


def test_a_device_that_is_not_known_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match=r"'Pixel 8'.*Did you mean 'Pixel 7'"):
        options(device="Pixel 8")
