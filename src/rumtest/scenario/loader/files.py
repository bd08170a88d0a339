"""Scenario files → scenarios: all mistakes of all files are raised at once."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rumtest.errors import Problem, ScenarioError, UsageError
from rumtest.scenario.config import Config
from rumtest.scenario.grammar.whole import SCENARIO
from rumtest.scenario.known import Known
from rumtest.scenario.loader.assemble import scenario_of
from rumtest.scenario.loader.compose import compose, split_lines
from rumtest.scenario.loader.environment import Settled, listed_secrets
from rumtest.scenario.model import Scenario
from rumtest.scenario.shape import At, Bad
from rumtest.scenario.sheet import Sheet
from rumtest.scenario.tree import MapNode, Node, Spot

__all__ = ["load", "load_all", "sniff"]

# A scenario of a thousand steps is about 200 kB; YAML is parsed at some 100 kB a second.
LARGEST_FILE: Final = 512 * 1024
# Enough for a long licence above the first key.
_SNIFFED: Final = 16 * 1024
_FIRST_KEY: Final = re.compile(r"(?:\{\s*)?([\"']?)rumtest\1\s*:(?:\s|$)")
_PREAMBLE: Final = re.compile(r"\s*(#.*)?$|%|---\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class _Loaded:
    scenario: Scenario | None
    problems: tuple[Problem, ...]
    used: frozenset[str]


def load(
    path: Path,
    *,
    config: Config,
    environ: Mapping[str, str],
    variables: Mapping[str, str] | None = None,
) -> Scenario:
    """The scenario of one file; ScenarioError holds every mistake of it.

    `variables` (of `--var`) fix `${name}` and `${name.column}` before the file is checked.
    """
    loaded = _load(path, config, environ, variables or {})
    if loaded.scenario is None:
        raise ScenarioError(loaded.problems)
    return loaded.scenario


def load_all(
    paths: Sequence[Path],
    *,
    config: Config,
    environ: Mapping[str, str],
    variables: Mapping[str, str] | None = None,
) -> tuple[Scenario, ...]:
    """The scenarios of files, and of folders searched for `*.yaml` that `sniff` takes for one.

    One ScenarioError holds the mistakes of all files; a variable that none of them uses is a
    UsageError.
    """
    given = variables or {}
    loaded = [_load(path, config, environ, given) for path in _files(paths)]
    problems = [problem for one in loaded for problem in one.problems]
    scenarios = tuple(one.scenario for one in loaded if one.scenario is not None)
    problems += _same_names(scenarios)
    if problems:
        raise ScenarioError(problems)
    unused = set(given).difference(*(one.used for one in loaded))
    if unused and loaded:
        names = ", ".join(sorted(unused))
        raise UsageError(f"No scenario uses the variable {names}.", "Write it as `${name}`.")
    return scenarios


def sniff(path: Path) -> bool:
    """Whether the file's first key is `rumtest`; read from its first lines alone, without YAML."""
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED).decode("utf-8-sig", "replace")
    except OSError:
        return False
    for line in head.splitlines():
        if not _PREAMBLE.match(line):
            return _FIRST_KEY.match(line.removeprefix("--- ")) is not None
    return False


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        found = _searched(path) if path.is_dir() else (path,)
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _searched(folder: Path) -> tuple[Path, ...]:
    files = sorted(folder.rglob("*.yaml"))
    hidden = (".", "node_modules")
    return tuple(
        file
        for file in files
        if not any(part.startswith(hidden) for part in file.relative_to(folder).parts)
        and sniff(file)
    )


def _load(
    path: Path, config: Config, environ: Mapping[str, str], variables: Mapping[str, str]
) -> _Loaded:
    sheet = Sheet(str(path))
    content = _read(path, sheet)
    text = None if content is None else _decoded(content, sheet)
    if content is None or text is None:
        return _Loaded(None, sheet.problems, frozenset())
    sheet.lines = split_lines(text)
    root = compose(text, sheet)
    if root is None:
        return _Loaded(None, sheet.problems, frozenset())
    settled = Settled(sheet, environ, variables, listed_secrets(root))
    root = settled.tree(root)
    at = At(sheet, known=Known(folder=path.parent, profiles=config.profiles))
    _check_first_key(root, sheet)
    given = SCENARIO.read(root, at)
    scenario = None
    if not isinstance(given, Bad) and not sheet.found:
        sha256 = hashlib.sha256(content).hexdigest()
        scenario = scenario_of(given, file=str(path), sha256=sha256, config=config)
    return _Loaded(scenario, sheet.problems, frozenset(settled.used))


def _read(path: Path, sheet: Sheet) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        sheet.add(Spot(1, 0), "unreadable", f"the file cannot be read: {error.strerror or error}")
        return None
    if len(content) > LARGEST_FILE:
        text = f"the file is larger than {LARGEST_FILE // 1024} kB; split it"
        sheet.add(Spot(1, 0), "too-large", text)
        return None
    return content


def _decoded(content: bytes, sheet: Sheet) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sheet.add(Spot(line, 0), "encoding", "the file is not UTF-8; save it as such")
        return None


def _check_first_key(root: Node, sheet: Sheet) -> None:
    if not isinstance(root, MapNode):
        return
    names = [key.text for key, _ in root.entries]
    if names and "rumtest" in names and names[0] != "rumtest":
        key = next(key for key, _ in root.entries if key.text == "rumtest")
        text = "`rumtest` must be the first key: it tells this file from other YAML"
        sheet.add(key.spot, "bad-place", text)


def _same_names(scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    first: dict[str, Scenario] = {}
    for scenario in scenarios:
        earlier = first.setdefault(scenario.name, scenario)
        if earlier is not scenario:
            sheet = Sheet(scenario.file)
            text = (
                f"the name '{scenario.name}' is that of {earlier.file}; results would be mixed up"
            )
            sheet.add(Spot(1, 0), "duplicate", text)
            yield from sheet.problems
