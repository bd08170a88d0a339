"""Tells what is installed, what is missing and the command for it; installs a browser."""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rumtest import snippet
from rumtest.errors import BrowserMissing, ExitStatus, RumtestError
from rumtest.pipeline.options import Answer
from rumtest.synthetic.browser import ask_version, find_browser
from rumtest.synthetic.install import install_browser

__all__ = ["examine"]


@dataclass(frozen=True, slots=True)
class _Finding:
    """One part: whether it is needed, what was found, and the cure when it is missing."""

    name: str
    found: str | None
    needed: bool = True
    cure: str = ""

    def line(self, marks: str) -> str:
        """The finding as one line; `marks` stand for found, missing, and missing but optional."""
        mark = marks[0] if self.found else marks[1 if self.needed else 2]
        return f"{mark} {self.name:<10} {self.found or f'missing: {self.cure}'}"


def examine(*, fix: bool, quiet: bool, unicode: bool, say: Callable[[str], None]) -> Answer:
    """Look at every part; status 7 when one that is needed is missing.

    With `fix` a missing browser is installed first.
    """
    findings = [_python(), _browser(fix=fix, say=say), _snippet(), *_extras()]
    missing = [finding for finding in findings if finding.needed and not finding.found]
    shown = missing if quiet else findings
    status = ExitStatus.MACHINE if missing else ExitStatus.FINE
    marks = "✓✗·" if unicode else "+x."
    return Answer(int(status), "\n".join(finding.line(marks) for finding in shown))


def _python() -> _Finding:
    return _Finding("python", platform.python_version())


def _browser(*, fix: bool, say: Callable[[str], None]) -> _Finding:
    try:
        browser = find_browser(os.environ)
    except BrowserMissing as error:
        if not fix:
            return _Finding("browser", None, cure=error.now or error.what)
        install_browser(say=say)
        browser = find_browser(os.environ)
    build = ask_version(browser) or browser.path or "its version is not told"
    return _Finding("browser", f"{build} ({browser.source})")


def _snippet() -> _Finding:
    try:
        return _Finding("snippet", f"{len(snippet.snippet_source().encode())} bytes")
    except RumtestError as error:
        return _Finding("snippet", None, cure=error.now or error.what)


def _extras() -> list[_Finding]:
    return [
        _Finding(name, _installed(package), needed=False, cure=f"pip install 'rumtest[{extra}]'")
        for name, package, extra in (
            ("receiver", "granian", "serve"),
            ("store", "chdb-core", "serve"),
            ("load", "locust", "load"),
        )
    ]


def _installed(package: str) -> str | None:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None
