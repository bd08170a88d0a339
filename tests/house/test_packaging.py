"""What an installation brings along, and what it is called."""

import tomllib
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import rumtest
from tests.support.house import ROOT

# The store's engine and its client, the receiver's server, and the load engine: extras only.
EXTRAS_ONLY = {"chdb", "chdb-core", "clickhouse-connect", "granian", "locust", "gevent", "pyarrow"}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_core_pulls_in_no_extra_not_even_by_a_detour() -> None:
    assert pulled_in(PROJECT["dependencies"]) & EXTRAS_ONLY == set()


def test_the_extras_do_pull_them_in() -> None:
    extras = PROJECT["optional-dependencies"]

    assert {"chdb-core", "clickhouse-connect", "granian", "locust"} <= pulled_in(
        extras["serve"] + extras["load"]
    )


def test_the_version_is_the_one_that_is_packaged() -> None:
    assert rumtest.__version__ == PROJECT["version"]


def pulled_in(wanted: list[str]) -> set[str]:
    """The names of all packages an installation of these brings, on this machine."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in wanted]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate()):
            continue
        found.add(name)
        try:
            waiting += [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:
            continue
    return found
