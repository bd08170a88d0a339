"""The whole scenario: its top-level keys."""

from typing import Any, Final

from rumtest.scenario.containers import ListOf
from rumtest.scenario.grammar.addresses import base_url_mistake
from rumtest.scenario.grammar.gates import REGRESSION, THRESHOLDS
from rumtest.scenario.grammar.names import LONGEST_NAME, app_mistake, name_mistake, tag_mistake
from rumtest.scenario.grammar.rows import DATA, SECRETS
from rumtest.scenario.grammar.sampling import SAMPLING, TIMEOUTS
from rumtest.scenario.grammar.steps import JOURNEYS, PAGES
from rumtest.scenario.model import Profile
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.shape import At, Bad, Made
from rumtest.scenario.sheet import nearest
from rumtest.scenario.text import Text
from rumtest.scenario.tree import Node, Scalar

__all__ = ["SCENARIO", "VERSION"]

# The version of the language.
VERSION: Final = 1


class _Version:
    """The version of the language, which is also what tells a scenario from other YAML."""

    words = f"`{VERSION}`, the version of the language"

    def read(self, node: Node, at: At) -> int | Bad:
        """The version."""
        if isinstance(node, Scalar) and node.kind == "whole" and node.value == VERSION:
            return VERSION
        return at.not_a(node, f"a version this rumtest reads; write `rumtest: {VERSION}`")

    def schema(self) -> dict[str, Any]:
        """The one version."""
        return {"const": VERSION}


def _profile(name: str, node: Node, at: At) -> Profile | Bad:
    profiles = at.known.profiles
    if name in profiles:
        return profiles[name]
    if name == "rum":
        return at.bad(node.spot, "not-yet", "`rum` is known but not run yet by this version")
    near = nearest(name, profiles)
    hint = f"did you mean '{near}'?" if near else f"known are {', '.join(profiles)}"
    return at.bad(node.spot, "unknown-profile", f"there is no profile '{name}'; {hint}")


class _Profiles:
    """A list of profiles by name; the one word `rum` in its place is not run yet."""

    inner: Final = ListOf(
        Made(Text("a profile's name"), _profile),
        "a list of profiles ([desktop, phone-p75])",
        unique=("profile", lambda profile: profile.name),
    )
    words = inner.words

    def read(self, node: Node, at: At) -> tuple[Profile, ...] | Bad:
        """The profiles."""
        if isinstance(node, Scalar) and node.text == "rum":
            return at.bad(node.spot, "not-yet", "`rum` is known but not run yet by this version")
        return self.inner.read(node, at)

    def schema(self) -> dict[str, Any]:
        """That of the list."""
        return self.inner.schema()


def _something_to_do(given: Given, at: At) -> Given | Bad:
    if "pages" not in given and "journeys" not in given:
        text = "the scenario does nothing; give `pages`, `journeys`, or both"
        return at.bad(given.spot, "missing-key", text)
    pages = {journey.name for journey in given["pages"] or ()}
    for journey in given["journeys"] or ():
        if journey.name in pages:
            spot = given.keys["journeys"].spot
            text = f"the journey '{journey.name}' has the name of a page"
            return at.bad(spot, "duplicate", text)
    return given


SCENARIO: Final = Record(
    keys={
        "rumtest": Key(
            _Version(), "the version of the language: 1, on the first line", required=True
        ),
        "name": Key(
            Text("a name", name_mistake, longest=LONGEST_NAME),
            "its name in reports",
            required=True,
        ),
        "secrets": Key(
            SECRETS, "environment variables whose values are masked", default_words="none"
        ),
        "data": Key(DATA, "rows that fill `${name.column}` and `${name}`", default_words="none"),
        "app": Key(
            Text("an app's name", app_mistake),
            "the app it belongs to",
            default_words="`app` of rumtest.toml, else `default`",
        ),
        "base_url": Key(
            Text("an address", base_url_mistake),
            "where the site stands",
            default_words="`base_url` of rumtest.toml; `--base-url` wins over both",
        ),
        "tags": Key(
            ListOf(Text("a tag", tag_mistake), "a list of tags", unique=("tag", str)),
            "words to select it by (`--tag`)",
            default_words="none",
        ),
        "profiles": Key(
            _Profiles(), "conditions it is measured under", default_words="`[desktop]`"
        ),
        "sampling": Key(SAMPLING, "how often"),
        "timeouts": Key(TIMEOUTS, "how long to wait before something counts as failed"),
        "pages": Key(PAGES, "addresses, each a journey of one step"),
        "journeys": Key(JOURNEYS, "named sequences of steps"),
        "thresholds": Key(THRESHOLDS, "promises for every step that has the metric"),
        "regression": Key(REGRESSION, "what is gated against a base, and how tightly"),
    },
    build=_something_to_do,
    words="a scenario",
    later=("auth", "capture", "load", "probe", "use"),
    first=("secrets", "data"),
)
