"""Which scenarios are run, with what the caller narrowed or overrode."""

import dataclasses
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from rumtest.errors import NothingSelected, UsageError
from rumtest.pipeline.options import Selection
from rumtest.scenario.config import Config, load_config
from rumtest.scenario.grammar.addresses import base_url_mistake
from rumtest.scenario.loader import load_all
from rumtest.scenario.model import Profile, Scenario

__all__ = [
    "DEFAULT_FOLDER",
    "checked_address",
    "config_here",
    "load_selected",
    "selected_config",
    "site_of",
]

DEFAULT_FOLDER = Path("scenarios")


def _paths(selection: Selection) -> tuple[Path, ...]:
    paths = selection.paths or (DEFAULT_FOLDER,)
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no {path}.", "Name a scenario file, or a folder of them.")
    return paths


def selected_config(selection: Selection, environ: Mapping[str, str] = os.environ) -> Config:
    """The rumtest.toml that belongs to the selection (or the defaults)."""
    start = _paths(selection)[0]
    return load_config(start, explicit=selection.config, environ=environ)


def load_selected(
    selection: Selection, config: Config, environ: Mapping[str, str] = os.environ
) -> tuple[Scenario, ...]:
    """The scenarios of the selection with its tags, profiles, iterations and base URL applied.

    Raises ScenarioError with all mistakes of all files, NothingSelected when nothing is left.
    """
    scenarios = load_all(
        _paths(selection), config=config, environ=environ, variables=selection.variables
    )
    if selection.tags:
        scenarios = tuple(s for s in scenarios if set(selection.tags) & set(s.tags))
    if not scenarios:
        raise NothingSelected(
            "No scenario is left to run.",
            "Look at PATHS and --tag; `rumtest check` lists what was found.",
        )
    return tuple(_narrowed(scenario, selection, config) for scenario in scenarios)


def _narrowed(scenario: Scenario, selection: Selection, config: Config) -> Scenario:
    changes: dict[str, object] = {}
    if selection.profiles:
        changes["profiles"] = _profiles(selection.profiles, config)
    if selection.base_url is not None:
        changes["base_url"] = checked_address(selection.base_url, "--base-url")
    if selection.iterations is not None:
        changes["sampling"] = dataclasses.replace(
            scenario.sampling, min=selection.iterations, max=selection.iterations
        )
    return dataclasses.replace(scenario, **changes)  # type: ignore[arg-type]


def checked_address(text: str, option: str) -> str:
    """The address of a site as an option gives it; UsageError when no page could be below it."""
    mistake = base_url_mistake(text)
    if mistake is not None:
        raise UsageError(f"{option}: {mistake}.", "Give it with its scheme and host.")
    return text


def site_of(scenarios: Sequence[Scenario]) -> str:
    """Where the site of all the scenarios stands; UsageError when there is none, or several."""
    urls = {scenario.base_url for scenario in scenarios}
    url = scenarios[0].base_url
    if url is None or len(urls) > 1:
        raise UsageError(
            "The scenarios name several sites."
            if len(urls) > 1
            else "It is not clear where the site stands.",
            "Give --base-url URL, or one `base_url` in the scenarios or in rumtest.toml.",
        )
    return url


def _profiles(names: Sequence[str], config: Config) -> tuple[Profile, ...]:
    for name in names:
        if name not in config.profiles:
            known = ", ".join(sorted(config.profiles))
            raise UsageError(f"There is no profile {name!r}.", f"Known are {known}.")
    return tuple(config.profiles[name] for name in names)


def config_here(explicit: Path | None, environ: Mapping[str, str] = os.environ) -> Config:
    """The rumtest.toml for a command without scenarios: the one named, else the one found here."""
    start = DEFAULT_FOLDER if DEFAULT_FOLDER.is_dir() else Path()
    return load_config(start, explicit=explicit, environ=environ)
