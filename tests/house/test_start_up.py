"""Starting stays light, for every pytest that finds our plugin and for every command."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

# What costs most of a second to import, or is an extra that need not be there.
HEAVY = {
    "chdb",
    "clickhouse_connect",
    "gevent",
    "granian",
    "jinja2",
    "locust",
    "numpy",
    "pandas",
    "playwright",
    "pyarrow",
    "scipy",
}

# The plugin adds next to nothing to a pytest; a command may cost as much as pytest's own import
# and half of it again (187 ms of CPU on the machine the limit of 300 ms was set on).
HELP_AGAINST_PYTEST = 300 / 187
TRIES = 5


@pytest.mark.parametrize(
    "module",
    [
        "rumtest",
        "rumtest.cli",
        "rumtest.cli.root",
        "rumtest.pytest_plugin",
        "rumtest.shop",
        "rumtest.synthetic.browser",
    ],
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_each_heavy_name_is_a_package_that_could_be_loaded(name: str) -> None:
    assert find_spec(name)


def test_the_check_sees_what_is_loaded() -> None:
    assert "jinja2" in loaded_by("import rumtest, jinja2")


@pytest.mark.slow
def test_help_costs_little_more_than_importing_pytest() -> None:
    ours = min(cpu_of("-m", "rumtest", "--help") for _ in range(TRIES))
    theirs = min(cpu_of("-c", "import pytest") for _ in range(TRIES))

    assert ours <= theirs * HELP_AGAINST_PYTEST


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running the code."""
    tell = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}; {tell}"], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


def cpu_of(*arguments: str) -> float:
    """CPU seconds that a fresh interpreter spends on those arguments."""
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime
