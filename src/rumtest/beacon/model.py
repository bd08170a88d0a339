"""The beacon: one page view, told as a whole in one object. `docs/beacon.md` lists it."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from rumtest.beacon.fields import AppKey, Id, Name, Part, Share, Text
from rumtest.beacon.happenings import (
    ErrorGroup,
    Event,
    Interactions,
    Leave,
    TargetCount,
    Timing,
)
from rumtest.beacon.loading import Phases, RequestGroup, Resource, Resources, ResourceTypes
from rumtest.beacon.measured import (
    Attribution,
    ClsAttribution,
    Frames,
    FrameScript,
    InpAttribution,
    InpScript,
    LcpAttribution,
    Metrics,
    TtfbAttribution,
)
from rumtest.beacon.visit import (
    Device,
    Lab,
    Network,
    Page,
    Session,
    SnippetNote,
    Time,
    Trace,
    User,
)

__all__ = [
    "VERSION",
    "Attribution",
    "Beacon",
    "ClsAttribution",
    "Device",
    "ErrorGroup",
    "Event",
    "FrameScript",
    "Frames",
    "InpAttribution",
    "InpScript",
    "Interactions",
    "Lab",
    "LcpAttribution",
    "Leave",
    "Metrics",
    "Network",
    "Page",
    "Phases",
    "RequestGroup",
    "Resource",
    "ResourceTypes",
    "Resources",
    "Session",
    "SnippetNote",
    "TargetCount",
    "Time",
    "Timing",
    "Trace",
    "TtfbAttribution",
    "User",
    "to_json",
]

VERSION: Final = 1

# A view sends ten times at most, and a site may flush on top; more than this is a loop.
MOST_SNAPSHOTS: Final = 1000


class Beacon(Part, frozen=True, kw_only=True):
    """A full snapshot of one page view; the one with the highest `n` per `view` says it all."""

    beacon: Literal[1]
    app: AppKey
    view: Id
    n: Annotated[int, Meta(ge=1, le=MOST_SNAPSHOTS)]
    page: Page
    time: Time
    final: bool | None = None
    session: Session | None = None
    user: User | None = None
    metrics: Metrics = Metrics()
    attribution: Attribution | None = None
    phases: Phases | None = None
    resources: Resources | None = None
    frames: Frames | None = None
    requests: Annotated[tuple[RequestGroup, ...], Meta(max_length=20)] = ()
    errors: Annotated[tuple[ErrorGroup, ...], Meta(max_length=20)] = ()
    interactions: Interactions | None = None
    events: Annotated[tuple[Event, ...], Meta(max_length=50)] = ()
    timings: Annotated[tuple[Timing, ...], Meta(max_length=30)] = ()
    device: Device | None = None
    network: Network | None = None
    language: Annotated[str, Meta(max_length=35)] | None = None
    release: Name | None = None
    variant: Annotated[dict[Name, Name], Meta(max_length=10)] = msgspec.field(default_factory=dict)
    context: Annotated[dict[Name, Text], Meta(max_length=20)] = msgspec.field(default_factory=dict)
    trace: Trace | None = None
    sample: Share | None = None
    lab: Lab | None = None
    snippet: SnippetNote | None = None


_ENCODER: Final = msgspec.json.Encoder()


def to_json(beacon: Beacon) -> bytes:
    """The beacon as one line of JSON, ready to be sent or written; what is unknown is left out."""
    return _ENCODER.encode(beacon)
