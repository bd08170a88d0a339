"""Who looked at what, when and with which device: what of a beacon is not a measurement."""

from typing import Annotated, Literal

from msgspec import Meta

from rumtest.beacon.fields import (
    Count,
    Id,
    Instant,
    Name,
    Number,
    Part,
    Size,
    Span,
    Text,
    Url,
    Words,
)

__all__ = ["Device", "Lab", "Network", "Page", "Session", "SnippetNote", "Time", "Trace", "User"]

NavigationType = Literal[
    "navigate",
    "reload",
    "back-forward",
    "back-forward-cache",
    "prerender",
    "restore",
    "soft-navigation",
]


class Session(Part, frozen=True, kw_only=True):
    """The user's coherent stretch of page views; `page` is this view's place in it, from 1.

    `visit` numbers the sessions of this browser, from 1; absent where nothing may be stored.
    """

    id: Id
    page: Annotated[int, Meta(ge=1, le=10**6)]
    started: Instant | None = None
    visit: Annotated[int, Meta(ge=1, le=10**6)] | None = None
    tab: Id | None = None


class User(Part, frozen=True, kw_only=True):
    """What the site says of its user; `id` is hashed at the receiver and never kept as sent."""

    registered: bool | None = None
    stage: Words | None = None
    id: Annotated[str, Meta(max_length=128)] | None = None


class Page(Part, frozen=True, kw_only=True):
    """What was looked at: URLs as scrubbed in the browser, `group` as the site named it."""

    url: Annotated[str, Meta(min_length=1, max_length=500)]
    navigation: NavigationType
    group: Name | None = None
    referrer: Url | None = None
    hidden_at_start: bool | None = None


class Time(Part, frozen=True, kw_only=True):
    """When: epoch ms at the start by the user's clock, ms since then, and what lies between.

    `sent` is the epoch ms of sending, `visible` how many ms the view was in front of a user,
    `ready` when that user could go on.
    """

    origin: Instant
    age: Span
    sent: Instant | None = None
    visible: Span | None = None
    ready: Span | None = None


class Device(Part, frozen=True, kw_only=True):
    """What the view ran on; `cpu` is the ms of the calibrated loop, `memory` rounded GB."""

    width: Count | None = None
    height: Count | None = None
    dpr: Annotated[float, Meta(gt=0.0, le=20.0)] | None = None
    memory: Annotated[float, Meta(gt=0.0, le=4096.0)] | None = None
    cores: Annotated[int, Meta(ge=1, le=4096)] | None = None
    touch: bool | None = None
    cpu: Span | None = None
    reduced_motion: bool | None = None
    standalone: bool | None = None


class Network(Part, frozen=True, kw_only=True):
    """The effective connection: its type, round trip in ms, downlink in Mbit/s."""

    type: Words | None = None
    rtt: Span | None = None
    downlink: Annotated[float, Meta(ge=0.0, le=1e6)] | None = None
    save_data: bool | None = None


class Trace(Part, frozen=True, kw_only=True):
    """Copied from the page's `Server-Timing`, to join seen and served page views."""

    token: Annotated[str, Meta(pattern="^[A-Za-z0-9_.=-]{1,24}$", max_length=24)] | None = None
    traceparent: (
        Annotated[
            str,
            # W3C Trace Context §3.2: version, trace id, parent id, flags.
            Meta(pattern="^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$", max_length=55),
        ]
        | None
    ) = None


class Lab(Part, frozen=True, kw_only=True):
    """The tag of our own runs; a beacon that bears it is never counted as a user's.

    `step` is the step that opened the view.
    """

    run: Name
    scenario: Annotated[str, Meta(min_length=1, max_length=200)]
    step: Text | None = None
    iteration: Count | None = None
    profile: Name | None = None
    arm: Literal["base", "head"] | None = None
    engine: Literal["browser", "protocol", "simulate"] | None = None
    origin: Text | None = None


class SnippetNote(Part, frozen=True, kw_only=True):
    """The snippet on itself: its failures, entries it dropped, ms of main thread it used."""

    version: Words | None = None
    errors: Count | None = None
    dropped: Size | None = None
    cost: Number | None = None
