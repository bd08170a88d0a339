"""Finds the Chromium to measure with, without starting it and without importing Playwright."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

import msgspec

from rumtest.errors import BrowserMissing

__all__ = ["FROM_ENVIRONMENT", "Browser", "ask_version", "find_browser", "launch_arguments"]

# Who sets this knows better than any search.
FROM_ENVIRONMENT: Final = "RUMTEST_CHROMIUM"

# What package managers and vendors call it, the one most like the users' first.
NAMES: Final = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
)

# LocalNetworkAccessChecks would ask the user before a public page may speak to our loopback
# endpoint, and there is no user. Of two --disable-features on one command line Chromium obeys the
# last, so the others repeat what Playwright 1.65 switches off.
FEATURES_OFF: Final = (
    "LocalNetworkAccessChecks",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "DestroyProfileOnBrowserClose",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "ThirdPartyStoragePartitioning",
    "PaintHolding",
)


@dataclass(frozen=True, slots=True)
class Browser:
    """A Chromium: `path` is None for Playwright's own download; `version` empty where unknown."""

    path: str | None
    source: Literal["environment", "playwright", "system"]
    version: str = ""


def find_browser(environ: Mapping[str, str] | None = None) -> Browser:
    """The first of `RUMTEST_CHROMIUM`, Playwright's own download, and a Chromium of the system."""
    environ = os.environ if environ is None else environ
    named = environ.get(FROM_ENVIRONMENT)
    if named:
        return _named_browser(named)
    downloaded = _downloaded(environ)
    if downloaded is not None:
        return downloaded
    for path in _system_places(environ):
        if _runs(path):
            return Browser(str(path), "system")
    raise BrowserMissing(
        "No Chromium was found: not Playwright's own download, and none on this system.",
        "Run `rumtest doctor --fix` to install one, or name one in RUMTEST_CHROMIUM.",
    )


def ask_version(browser: Browser) -> str:
    """The browser's own word for its build, for people; empty when it does not say."""
    if browser.version or browser.path is None:
        return browser.version
    try:
        said = subprocess.run(
            [browser.path, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return said.stdout.strip()


def launch_arguments() -> tuple[str, ...]:
    """What our Chromium is started with beside Playwright's own: no background networking."""
    return (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-default-browser-check",
        "--no-first-run",
        "--no-pings",
        f"--disable-features={','.join(FEATURES_OFF)}",
    )


def _named_browser(named: str) -> Browser:
    path = shutil.which(named)
    if path is None:
        raise BrowserMissing(
            f"{FROM_ENVIRONMENT} is {named!r}, which is not a program that can be started.",
            "Give the path of a Chrome or Chromium, or unset it to search the usual places.",
        )
    return Browser(path, "environment")


def _downloaded(environ: Mapping[str, str]) -> Browser | None:
    """Playwright's own Chromium of the revision this Playwright wants, if it has been downloaded.

    Asking the driver costs a Node start (about 300 ms); the revision stands in its
    browsers.json, and the folder is `chromium-<revision>` below its cache.
    """
    spec = find_spec("playwright")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(spec.submodule_search_locations[0]) / "driver" / "package"
    try:
        told = msgspec.json.decode((package / "browsers.json").read_bytes(), type=_Browsers)
    except (OSError, msgspec.DecodeError):
        return None
    for entry in told.browsers:
        if entry.name == "chromium":
            folder = _download_folder(environ, package) / f"chromium-{entry.revision}"
            # Written last, so that a download that was cut short does not count.
            if (folder / "INSTALLATION_COMPLETE").is_file():
                return Browser(None, "playwright", entry.version)
    return None


class _Entry(msgspec.Struct):
    name: str
    revision: str
    version: str = msgspec.field(default="", name="browserVersion")


class _Browsers(msgspec.Struct):
    browsers: list[_Entry]


def _download_folder(environ: Mapping[str, str], package: Path) -> Path:
    """Where Playwright keeps browsers: its variable, else the cache folder of the system."""
    named = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        return package / ".local-browsers"
    if named:
        return Path(named)
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "ms-playwright"
    return Path(environ.get("XDG_CACHE_HOME", home / ".cache")) / "ms-playwright"


def _system_places(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where a Chrome or Chromium of this system would be, best first."""
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            yield Path(found)
    if platform.system() == "Darwin":
        for name in ("Google Chrome", "Chromium"):
            yield Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
    if platform.system() == "Windows":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if environ.get(variable):
                yield Path(environ[variable]) / "Google" / "Chrome" / "Application" / "chrome.exe"


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
