"""A browser is found where it should be, and what to do is said where there is none."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from rumtest.errors import BrowserMissing
from rumtest.synthetic.browser import Browser, ask_version, find_browser, launch_arguments
from rumtest.synthetic.install import install_browser


def program(path: Path) -> Path:
    """Something that can be started."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\necho Chromium 1.2.3\n")
    path.chmod(0o755)
    return path


def download(cache: Path) -> None:
    """Playwright's own Chromium, as its installer leaves it."""
    spec = find_spec("playwright")
    assert spec is not None
    assert spec.submodule_search_locations
    driver = Path(spec.submodule_search_locations[0]) / "driver" / "package"
    told = json.loads((driver / "browsers.json").read_text())["browsers"]
    revision = next(entry["revision"] for entry in told if entry["name"] == "chromium")
    folder = cache / f"chromium-{revision}"
    folder.mkdir(parents=True)
    (folder / "INSTALLATION_COMPLETE").touch()


def test_the_environment_comes_first(tmp_path: Path) -> None:
    named = program(tmp_path / "mine")
    download(tmp_path / "cache")

    found = find_browser(
        {"RUMTEST_CHROMIUM": str(named), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "cache")}
    )

    assert found == Browser(str(named), "environment")


def test_playwrights_own_download_comes_second(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium")
    download(tmp_path / "cache")

    found = find_browser(
        {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "cache"), "PATH": str(tmp_path / "bin")}
    )

    assert (found.path, found.source) == (None, "playwright")
    assert found.version


@pytest.mark.parametrize("name", ["google-chrome", "chromium", "chromium-browser"])
def test_a_chromium_of_the_system_comes_third(tmp_path: Path, name: str) -> None:
    path = program(tmp_path / "bin" / name)

    found = find_browser({"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path)})

    assert found == Browser(str(path), "system")
    assert ask_version(found) == "Chromium 1.2.3"


def test_where_there_is_none_the_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrowserMissing, match="rumtest doctor --fix"):
        find_browser({"PATH": str(tmp_path), "HOME": str(tmp_path)})


def test_a_named_browser_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BrowserMissing, match=r"RUMTEST_CHROMIUM is '.*nowhere'"):
        find_browser({"RUMTEST_CHROMIUM": str(tmp_path / "nowhere")})


def test_finding_a_browser_does_not_import_playwright() -> None:
    code = (
        "import sys; from rumtest.synthetic.browser import find_browser; find_browser();"
        "import rumtest.synthetic.child; sys.exit('playwright' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_our_browser_does_not_speak_in_the_background() -> None:
    arguments = launch_arguments()

    assert "--disable-background-networking" in arguments
    assert "--disable-component-update" in arguments
    assert any("LocalNetworkAccessChecks" in argument for argument in arguments)


class Machine:
    """A machine without a browser: notes the commands, and lets some of them succeed."""

    def __init__(self, home: Path, *, works: str = "") -> None:
        self.environ = {"PATH": str(home / "bin"), "HOME": str(home)}
        self.commands: list[str] = []
        self.said: list[str] = []
        self._home = home
        self._works = works

    def run(self, command: Sequence[str]) -> int:
        words = " ".join(command)
        self.commands.append(words)
        if not self._works or self._works not in words:
            return 1
        if "playwright" in words:
            download(self._home / ".cache" / "ms-playwright")
        else:
            program(self._home / "bin" / "chromium")
        return 0

    def install(self, *, root: bool, debian: bool) -> Browser:
        return install_browser(
            say=self.said.append, environ=self.environ, run=self.run, root=root, debian=debian
        )


def test_a_browser_that_is_there_is_not_installed_again(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    program(tmp_path / "bin" / "chromium")

    machine.install(root=True, debian=True)

    assert machine.commands == []


def test_playwrights_download_is_tried_first_without_the_headless_shell(tmp_path: Path) -> None:
    machine = Machine(tmp_path, works="install --no-shell chromium")

    found = machine.install(root=False, debian=False)

    assert found.source == "playwright"
    assert len(machine.commands) == 1


def test_root_on_debian_falls_back_to_apt_get(tmp_path: Path) -> None:
    machine = Machine(tmp_path, works="apt-get install")

    found = machine.install(root=True, debian=True)

    assert found.source == "system"
    assert machine.said


@pytest.mark.parametrize(
    ("root", "debian", "told"),
    [
        (False, True, "sudo apt-get install -y chromium"),
        (False, False, "playwright install --no-shell chromium"),
        (True, True, "playwright install --no-shell chromium"),
    ],
)
def test_where_nothing_can_be_installed_the_command_is_said(
    tmp_path: Path, root: bool, debian: bool, told: str
) -> None:
    with pytest.raises(BrowserMissing, match=told):
        Machine(tmp_path).install(root=root, debian=debian)


def test_a_wrong_name_in_the_environment_is_not_cured_by_installing(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.environ["RUMTEST_CHROMIUM"] = os.fspath(tmp_path / "nowhere")

    with pytest.raises(BrowserMissing, match="RUMTEST_CHROMIUM"):
        machine.install(root=True, debian=True)

    assert machine.commands == []
