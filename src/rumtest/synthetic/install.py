"""Gets a Chromium onto a machine that has none."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from rumtest.errors import BrowserMissing
from rumtest.synthetic.browser import Browser, find_browser

__all__ = ["install_browser"]

Run = Callable[[Sequence[str]], int]

# The full browser: the headless shell loses beacons when a context closes, and no user has it.
DOWNLOAD = ("-m", "playwright", "install", "--no-shell", "chromium")
LIBRARIES = ("-m", "playwright", "install-deps", "chromium")
BY_HAND = "python -m playwright install --no-shell chromium"


def install_browser(
    *,
    say: Callable[[str], None],
    environ: Mapping[str, str] | None = None,
    run: Run | None = None,
    root: bool | None = None,
    debian: bool | None = None,
) -> Browser:
    """A Chromium that is there already, else one installed now; tells each step through `say`.

    Tries Playwright's download, then Debian's `chromium` by apt-get when root. Raises
    BrowserMissing with the command to run by hand where neither can be done.
    """
    environ = os.environ if environ is None else environ
    run = _run if run is None else run
    root = _is_root() if root is None else root
    debian = _is_debian() if debian is None else debian
    found = _look(environ)
    if found is not None:
        return found
    say("Downloading Playwright's Chromium …")
    if run((sys.executable, *DOWNLOAD)) == 0:
        if root and debian:
            # The download brings no system libraries; without them it does not start.
            run((sys.executable, *LIBRARIES))
        found = _look(environ)
        if found is not None:
            return found
    say("Playwright's download could not be reached.")
    if root and debian:
        say("Installing Debian's chromium by apt-get …")
        # The lists first: a bare container has none, and then every package is unknown.
        run(("apt-get", "update", "-qq"))
        if run(("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")) == 0:
            found = _look(environ)
            if found is not None:
                return found
    raise BrowserMissing("No Chromium could be installed.", _by_hand(debian=debian, root=root))


def _look(environ: Mapping[str, str]) -> Browser | None:
    try:
        return find_browser(environ)
    except BrowserMissing:
        if environ.get("RUMTEST_CHROMIUM"):
            raise  # a wrong name is not cured by installing another browser
        return None


def _by_hand(*, debian: bool, root: bool) -> str:
    if debian and not root:
        return (
            f"Run `sudo apt-get install -y chromium`, or `{BY_HAND}` with a way to the internet."
        )
    return f"Run `{BY_HAND}` with a way to the internet, or install Chrome or Chromium yourself."


def _run(command: Sequence[str]) -> int:
    """The command's exit status; its words go to the terminal. 127: there is no such program."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    except OSError:
        return 127


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _is_debian() -> bool:
    """Debian itself: Ubuntu's `chromium` package is a snap, which containers cannot start."""
    try:
        return platform.freedesktop_os_release()["ID"] == "debian" and bool(
            shutil.which("apt-get")
        )
    except (OSError, KeyError):
        return False
