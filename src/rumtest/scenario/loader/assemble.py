"""Keys that have been read → one scenario, with the configuration's values where it gives none."""

from rumtest.scenario.config import Config
from rumtest.scenario.model import Regression, Sampling, Scenario, Timeouts
from rumtest.scenario.record import Given

__all__ = ["scenario_of"]


def scenario_of(given: Given, *, file: str, sha256: str, config: Config) -> Scenario:
    """The scenario of these keys, with the configuration's values where it gives none."""
    app = given["app"] or config.app
    return Scenario(
        file=file,
        sha256=sha256,
        name=given["name"],
        app=app,
        base_url=given["base_url"] or config.base_url,
        journeys=(given["pages"] or ()) + (given["journeys"] or ()),
        thresholds=given["thresholds"] or (),
        regression=given["regression"] or Regression(),
        profiles=given["profiles"] or (config.profiles["desktop"],),
        sampling=given["sampling"] or Sampling(),
        timeouts=given["timeouts"] or Timeouts(),
        data=given["data"] or (),
        secrets=given["secrets"] or (),
        groups=config.groups.get(app, ()),
        tags=given["tags"] or (),
    )
