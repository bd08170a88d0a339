"""Puts a page under a profile's conditions before it navigates: device, CPU rate, network."""

import difflib
from typing import Any, Final

from playwright.async_api import CDPSession, Error

from rumtest.errors import UsageError
from rumtest.scenario.model import Profile

__all__ = ["context_options", "slow_down"]

# A device without a profile's word: large enough for a desktop layout, and the same everywhere.
VIEWPORT: Final = (1280, 720)
# Bytes a second in one Mbit/s.
MEGABIT: Final = 1_000_000 / 8
NOT_SHAPED: Final = -1


def context_options(
    profile: Profile, devices: dict[str, dict[str, Any]], *, user_agent: str
) -> dict[str, Any]:
    """What Playwright's `new_context` is called with; an unknown device is refused by name.

    `user_agent` is the browser's own; where no device brings another one it is used without the
    word Headless, since sites and our own receiver take that for a bot.
    """
    options: dict[str, Any] = {"viewport": dict(zip(("width", "height"), VIEWPORT, strict=True))}
    if profile.device is None:
        options["user_agent"] = user_agent.replace("HeadlessChrome/", "Chrome/")
    elif profile.device in devices:
        options |= devices[profile.device]
        options.pop("default_browser_type", None)
    else:
        raise _unknown_device(profile, devices)
    if profile.viewport is not None:
        options["viewport"] = dict(zip(("width", "height"), profile.viewport, strict=True))
        options.pop("screen", None)
    if profile.locale is not None:
        options["locale"] = profile.locale
    if profile.timezone is not None:
        options["timezone_id"] = profile.timezone
    if profile.reduced_motion:
        options["reduced_motion"] = "reduce"
    return options


async def slow_down(cdp: CDPSession, profile: Profile, *, spare: str) -> None:
    """Emulate the profile's CPU rate and network; requests to the origin `spare` are let be."""
    if profile.cpu != 1:
        await cdp.send("Emulation.setCPUThrottlingRate", {"rate": profile.cpu})
    if not profile.network_emulated:
        return
    shape = {
        "latency": profile.rtt,
        "downloadThroughput": profile.down * MEGABIT or NOT_SHAPED,
        "uploadThroughput": profile.up * MEGABIT or NOT_SHAPED,
    }
    free = {"latency": 0, "downloadThroughput": NOT_SHAPED, "uploadThroughput": NOT_SHAPED}
    # The first rule that fits counts. Our beacons must not take of the page's bandwidth.
    rules = [{"urlPattern": f"{spare}/*", **free}, {"urlPattern": "", **shape}]
    try:
        await cdp.send(
            "Network.emulateNetworkConditionsByRule",
            {"offline": False, "matchedNetworkConditions": rules},
        )
    except Error:
        # Browsers before Chromium 143 know only the form without rules.
        await cdp.send("Network.emulateNetworkConditions", {"offline": False, **shape})


def _unknown_device(profile: Profile, devices: dict[str, dict[str, Any]]) -> UsageError:
    near = difflib.get_close_matches(str(profile.device), devices, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return UsageError(
        f"The profile {profile.name!r} names the device {profile.device!r}, "
        f"which Playwright does not know.{hint}"
    )
