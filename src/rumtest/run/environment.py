"""The machine a run was measured on, and the fingerprint by which two runs are matched."""

import hashlib
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from rumtest.run.model import Environment

__all__ = ["describe_environment", "fingerprint_of"]

# Enough to tell machines apart in a folder of runs, short enough to be read aloud.
FINGERPRINT_LENGTH: Final = 12


def describe_environment(browser: str) -> Environment:
    """This machine and its tools; `browser` is its own word for its build (`Chromium 156.0.1`)."""
    cpu, cores, system = _cpu_model(), os.cpu_count() or 1, _system()
    return Environment(
        cpu=cpu,
        cores=cores,
        memory=_memory(),
        os=system,
        browser=browser,
        python=platform.python_version(),
        rumtest=_own_version(),
        fingerprint=fingerprint_of(cpu=cpu, cores=cores, browser=browser, system=system),
    )


def fingerprint_of(*, cpu: str, cores: int, browser: str, system: str) -> str:
    """A short hash of what must be the same for a stored number to mean anything."""
    told = "\n".join((cpu, str(cores), browser, system))
    return hashlib.sha256(told.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def _cpu_model() -> str:
    """The CPU's name as the kernel knows it; the architecture where it tells none."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() == "model name" and value.strip():
            return value.strip()
    return platform.processor() or platform.machine() or "unknown"


def _memory() -> int:
    """Bytes of memory; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


def _system() -> str:
    """The system's name and version without the kernel's, which changes under one image."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _own_version() -> str:
    try:
        return version("rumtest")
    except PackageNotFoundError:
        return "unknown"
