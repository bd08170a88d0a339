"""The keys of rumtest.toml: those used today, and those that later commands read."""

import re
from typing import Any, Final

from rumtest.scenario.containers import ListOf, MapOf
from rumtest.scenario.grammar.addresses import base_url_mistake
from rumtest.scenario.grammar.names import app_mistake, name_mistake
from rumtest.scenario.model import PageGroup, Profile
from rumtest.scenario.quantity import DURATION_PATTERN, parse_duration
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Choice, Flag, Number, Parsed, Whole
from rumtest.scenario.shape import At, Bad, Made
from rumtest.scenario.text import Text
from rumtest.scenario.tree import Node, Scalar

__all__ = ["SETTINGS", "password_mistake"]

# What emulation can still carry out; beyond it a page does not load in any time limit.
_SLOWEST_CPU: Final = 100
_LONGEST_RTT: Final = 60_000
_FASTEST: Final = 100_000
_LARGEST_VIEWPORT: Final = 20_000


def password_mistake(text: str) -> str | None:
    """What is wrong with an address in a file that everyone can read."""
    if "@" in text.partition("://")[2].partition("/")[0]:
        return "a password must not stand in this file; give the address by RUMTEST_BASE_URL"
    return base_url_mistake(text)


def _locale_mistake(text: str) -> str | None:
    fine = re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text)
    return None if fine else f"'{text}' is not a language (de-DE)"


def _timezone_mistake(text: str) -> str | None:
    fine = re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*", text)
    return None if fine else f"'{text}' is not a time zone (Europe/Berlin)"


def _side(size: tuple[int, ...], node: Node, at: At) -> tuple[int, int] | Bad:
    if len(size) != 2:
        return at.not_a(node, "a width and a height ([1440, 900])")
    return size[0], size[1]


_VIEWPORT: Final = Made(
    ListOf(Whole(1, _LARGEST_VIEWPORT), "a width and a height ([1440, 900])"), _side
)

_PROFILE: Final = Record(
    keys={
        "device": Key(Text("a device's name"), "a device Playwright knows by name"),
        "viewport": Key(_VIEWPORT, "width and height in CSS pixels"),
        "cpu": Key(Number(1, _SLOWEST_CPU), "how many times slower the CPU is made", 1),
        "rtt": Key(Number(0, _LONGEST_RTT, "a number of ms"), "latency in ms; 0 is not shaped", 0),
        "down": Key(
            Number(0, _FASTEST, "a number of Mbit/s"), "Mbit/s to the browser; 0 is not shaped", 0
        ),
        "up": Key(
            Number(0, _FASTEST, "a number of Mbit/s"),
            "Mbit/s from the browser; 0 is not shaped",
            0,
        ),
        "locale": Key(Text("a language (de-DE)", _locale_mistake), "the browser's language"),
        "timezone": Key(Text("a time zone", _timezone_mistake), "the browser's time zone"),
        "reduced_motion": Key(Flag(), "whether the user prefers less motion", default=False),
    },
    build=lambda given, _at: given,
    words="a profile",
)


def _profiles(entries: tuple[tuple[str, Scalar, Given], ...], _node: Node, _at: At) -> Any:
    return tuple(Profile(name, **given.values) for name, _key, given in entries)


def _group_mistake(text: str) -> str | None:
    return None if text.startswith(("/", "*")) else f"'{text}' does not match from the path's `/`"


_GROUP: Final = Record(
    keys={
        "name": Key(
            Text("a name", name_mistake, longest=100), "what the group is called", required=True
        ),
        "match": Key(
            Text("a pattern of paths (/p/*)", _group_mistake, longest=500),
            "`*` stands for one part of the path, `**` for any number",
            required=True,
        ),
    },
    build=lambda given, _at: PageGroup(given["name"], given["match"]),
    words='a page group ({name = "product", match = "/p/*"})',
)

_DURATION: Final = Parsed("a duration (30m)", parse_duration, DURATION_PATTERN)
_ORIGIN: Final = Text("an origin", base_url_mistake)


def _kept(text: str) -> str:
    if re.fullmatch(r"0|[0-9]+(\.[0-9]+)? ?(h|d|days?|months?)", text) is None:
        raise ValueError(f"{text!r} is not a time to keep (30d, 13 months; 0 keeps all)")
    return text


def _size(text: str) -> str:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)? ?(kB|MB|GB|TB)", text) is None:
        raise ValueError(f"{text!r} is not a size (20GB)")
    return text


def _typed(keys: dict[str, Key], words: str) -> Record[Given]:
    """A table whose values are right, whatever is later made of them."""
    return Record(keys, build=lambda given, _at: given, words=words)


_KEPT: Final = Parsed("a time to keep (30d)", _kept, r"")
_PORT: Final = Whole(0, 65_535)

_APP: Final = _typed(
    {
        "groups": Key(ListOf(_GROUP, "a list of page groups", unique=("name", lambda g: g.name))),
        "origins": Key(ListOf(_ORIGIN, "a list of origins")),
        "session": Key(
            _typed({"inactivity": Key(_DURATION), "longest": Key(_DURATION)}, "session")
        ),
        "sample": Key(Number(0, 1, "a share")),
        "consent": Key(Choice(("not-required", "required"))),
        "gpc": Key(Choice(("honour", "ignore"))),
    },
    "an app",
)


def _groups(entries: tuple[tuple[str, Scalar, Given], ...], _node: Node, _at: At) -> Any:
    return {name: given["groups"] or () for name, _key, given in entries}


_RECEIVER: Final = _typed(
    {
        "host": Key(Text("a host")),
        "port": Key(_PORT),
        "workers": Key(Whole(1, 256)),
        "trusted_proxies": Key(ListOf(Text("an address"), "a list of addresses", least=0)),
        "country_header": Key(Text("a header's name")),
        "geoip": Key(Text("a file name")),
    },
    "the receiver",
)
_PRIVATE: Final = _typed({"host": Key(Text("a host")), "port": Key(_PORT)}, "the private side")
_STORE: Final = _typed(
    {
        "data": Key(Text("a folder")),
        "url": Key(Text("`chdb`, or the address of a ClickHouse")),
        "keep": Key(_typed({"page_views": Key(_KEPT), "rollups": Key(_KEPT)}, "what is kept")),
        "max_disk": Key(Parsed("a size (20GB)", _size, r"")),
    },
    "the store",
)

SETTINGS: Final = Record(
    keys={
        "app": Key(
            Text("an app's name", app_mistake), "the app of scenarios that name none", "default"
        ),
        "base_url": Key(
            Text("an address", password_mistake),
            "the site of scenarios that name none",
            default_words="none",
        ),
        "runs": Key(Text("a folder"), "where runs are kept", "reports/runs"),
        "reports": Key(Text("a folder"), "where reports are written", "reports"),
        "profiles": Key(
            Made(MapOf(Text("a profile's name", app_mistake), _PROFILE, "profiles"), _profiles)
        ),
        "apps": Key(Made(MapOf(Text("an app's name", app_mistake), _APP, "apps"), _groups)),
        "receiver": Key(_RECEIVER),
        "private": Key(_PRIVATE),
        "store": Key(_STORE),
    },
    build=lambda given, _at: given,
    words="rumtest.toml",
    later=("alerts", "cost", "goals", "targets"),
)
