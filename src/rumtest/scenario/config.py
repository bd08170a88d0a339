"""The configuration: a rumtest.toml is found, read strictly, and overridden by the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rumtest.errors import ConfigError, Problem
from rumtest.scenario.grammar.addresses import base_url_mistake
from rumtest.scenario.model import PageGroup, Profile
from rumtest.scenario.profiles import BUNDLED
from rumtest.scenario.record import Given
from rumtest.scenario.settings import SETTINGS
from rumtest.scenario.shape import At, Bad
from rumtest.scenario.sheet import Sheet
from rumtest.scenario.text import Text
from rumtest.scenario.toml_tree import toml_tree
from rumtest.scenario.tree import MapNode, Scalar, Spot

__all__ = ["Config", "load_config"]

FILE_NAME: Final = "rumtest.toml"
PROJECT_FILE: Final = "pyproject.toml"
# The keys that `RUMTEST_APP` and so on stand for; those of later commands come with them.
OVERRIDES: Final = ("app", "base_url", "runs", "reports")
LARGEST_FILE: Final = 1024 * 1024

_ADDRESS: Final = Text("an address", base_url_mistake)


@dataclass(frozen=True, slots=True)
class Config:
    """What holds for every scenario. `file` is None where no file was found.

    `runs` and `reports` written in a file are relative to its folder, the defaults and those of
    the environment to the working folder.
    """

    app: str = "default"
    base_url: str | None = None
    runs: Path = Path("reports/runs")
    reports: Path = Path("reports")
    profiles: Mapping[str, Profile] = field(default_factory=lambda: BUNDLED)
    groups: Mapping[str, tuple[PageGroup, ...]] = field(default_factory=dict)
    file: Path | None = None


def load_config(start: Path, *, explicit: Path | None, environ: Mapping[str, str]) -> Config:
    """The configuration for a scenario at `start`, or of the `explicit` file.

    Looked for in the scenario's folder and upwards, else in the working folder: a rumtest.toml,
    or a pyproject.toml with `[tool.rumtest]`. ConfigError holds every mistake of it.
    """
    file = explicit if explicit is not None else _found(start)
    config = Config() if file is None else _read(file, must_have_table=explicit is not None)
    return _overridden(config, environ)


def _found(start: Path) -> Path | None:
    folder = start.resolve()
    for place in (folder, *folder.parents, Path.cwd()):
        if (place / FILE_NAME).is_file():
            return _short(place / FILE_NAME)
        if _has_table(place / PROJECT_FILE):
            return _short(place / PROJECT_FILE)
    return None


def _short(path: Path) -> Path:
    """Relative to the working folder where it lies below it, as people would write it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has our table; one that cannot be read is not ours to judge."""
    try:
        return "rumtest" in tomllib.loads(path.read_text("utf-8")).get("tool", {})
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def _read(file: Path, *, must_have_table: bool) -> Config:
    sheet = Sheet(str(file))
    root = _root(file, sheet)
    if root is not None and file.name == PROJECT_FILE:
        root = _tool_table(root, sheet, must_have_table=must_have_table)
    given = Bad.BAD if root is None else SETTINGS.read(root, At(sheet))
    if isinstance(given, Bad) or sheet.found:
        raise ConfigError(sheet.problems)
    return _config(given, file)


def _root(file: Path, sheet: Sheet) -> MapNode | None:
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        sheet.add(Spot(1, 0), "unreadable", f"the file cannot be read: {error.strerror or error}")
        return None
    except UnicodeDecodeError:
        sheet.add(Spot(1, 0), "encoding", "the file is not UTF-8")
        return None
    if len(content) > LARGEST_FILE:
        sheet.add(Spot(1, 0), "too-large", f"the file is larger than {LARGEST_FILE // 1024} kB")
        return None
    sheet.lines = tuple(text.replace("\r\n", "\n").split("\n"))
    return toml_tree(text, sheet)


def _tool_table(root: MapNode, sheet: Sheet, *, must_have_table: bool) -> MapNode | None:
    tool = root.get("tool")
    table = tool.get("rumtest") if isinstance(tool, MapNode) else None
    if isinstance(table, MapNode):
        return table
    if must_have_table or table is not None:
        sheet.add(Spot(1, 0), "missing-key", "there is no table [tool.rumtest] in this file")
        return None
    return root


def _config(given: Given, file: Path) -> Config:
    own = {profile.name: profile for profile in given["profiles"] or ()}
    folders = {
        name: _beside(file, given[name]) if name in given else Path(given[name])
        for name in ("runs", "reports")
    }
    return Config(
        app=given["app"],
        base_url=given["base_url"],
        runs=folders["runs"],
        reports=folders["reports"],
        profiles=MappingProxyType({**BUNDLED, **own}),
        groups=given["apps"] or {},
        file=file,
    )


def _beside(file: Path, folder: str) -> Path:
    return Path(os.path.normpath(file.parent / folder))


def _overridden(config: Config, environ: Mapping[str, str]) -> Config:
    changes: dict[str, str | Path] = {}
    problems: list[Problem] = []
    for name in OVERRIDES:
        variable = f"RUMTEST_{name.upper()}"
        value = environ.get(variable)
        if not value:
            continue
        sheet = Sheet(variable, (value,))
        # A password may stand in the environment, so the file's rule for addresses is too strict.
        shape = _ADDRESS if name == "base_url" else SETTINGS.keys[name].shape
        read = shape.read(Scalar(Spot(1, 1, len(value)), value), At(sheet))
        problems.extend(sheet.problems)
        if not isinstance(read, Bad):
            changes[name] = Path(read) if name in ("runs", "reports") else read
    if problems:
        raise ConfigError(problems)
    return replace(config, **changes)  # type: ignore[arg-type]
