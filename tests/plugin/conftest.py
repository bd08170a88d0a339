"""A project of somebody else, in which pytest runs as a process of its own."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def home() -> str:
    """The home of who runs the tests, read before pytester puts another in its place."""
    return os.environ.get("HOME", str(Path.home()))


@pytest.fixture
def project(
    home: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """An empty project that sees the browsers of whoever runs the tests."""
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return pytester
