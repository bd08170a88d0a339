"""What was fetched: the document's phases, the resources, and the page's own requests."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from rumtest.beacon.fields import Count, Name, Part, Size, Span, Url, Words

__all__ = [
    "ByHost",
    "ByType",
    "Phases",
    "RequestGroup",
    "Resource",
    "ResourceTypes",
    "Resources",
]

ResourceType = Literal["script", "style", "image", "font", "fetch", "media", "document", "other"]

# [count, bytes, longest ms, third-party count, errors]
ByType = tuple[Count, Size, Span, Count, Count]
# [count, bytes, ms]
ByHost = tuple[Count, Size, Span]

# The eight slowest tell a user's view; the lab sends more, in start order, to draw the waterfall.
MOST_RESOURCES = 40


class Phases(Part, frozen=True, kw_only=True):
    """Navigation timing as durations; absent is hidden by the browser, or did not happen."""

    redirect: Span | None = None
    worker: Span | None = None
    dns: Span | None = None
    connect: Span | None = None
    tls: Span | None = None
    request: Span | None = None
    response: Span | None = None
    reused: bool | None = None
    transfer_size: Size | None = None
    decoded_size: Size | None = None
    protocol: Words | None = None
    status: Annotated[int, Meta(ge=100, le=599)] | None = None
    redirects: Count | None = None
    delivery: Words | None = None
    early_hints: Span | None = None
    server_timing: Annotated[dict[Name, Span], Meta(max_length=10)] = msgspec.field(
        default_factory=dict
    )


class ResourceTypes(Part, frozen=True, kw_only=True):
    """Per type: count, bytes, longest ms, how many from third parties, how many failed."""

    script: ByType | None = None
    style: ByType | None = None
    image: ByType | None = None
    font: ByType | None = None
    fetch: ByType | None = None
    media: ByType | None = None
    document: ByType | None = None
    other: ByType | None = None


class Resource(Part, frozen=True, kw_only=True):
    """One fetched file. `size` is bytes over the wire; `blocking`: rendering waited for it."""

    url: Url
    type: ResourceType
    start: Span
    duration: Span
    size: Size | None = None
    status: Annotated[int, Meta(ge=100, le=599)] | None = None
    cached: bool | None = None
    blocking: bool | None = None


class Resources(Part, frozen=True, kw_only=True):
    """Everything fetched, summed; and the slowest of it, in the order of their start."""

    by_type: ResourceTypes | None = None
    by_host: Annotated[dict[Name, ByHost], Meta(max_length=20)] = msgspec.field(
        default_factory=dict
    )
    slowest: Annotated[tuple[Resource, ...], Meta(max_length=MOST_RESOURCES)] = ()


class RequestGroup(Part, frozen=True, kw_only=True):
    """Fetch and XHR of one URL pattern; `duration` is their sum in ms, `longest` the worst."""

    pattern: Url
    method: Words | None = None
    status: Annotated[int, Meta(ge=0, le=599)] | None = None
    count: Count | None = None
    failed: Count | None = None
    duration: Span | None = None
    longest: Span | None = None
