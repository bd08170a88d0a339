"""What happened during the view: errors, interactions, events and timings."""

from typing import Annotated, Literal

from msgspec import Meta

from rumtest.beacon.fields import Count, Number, Part, Span, Text, Url

__all__ = ["ErrorGroup", "Event", "Interactions", "Leave", "TargetCount", "Timing"]

Label = Annotated[str, Meta(min_length=1, max_length=40)]


class ErrorGroup(Part, frozen=True, kw_only=True):
    """Errors that are the same: how many, and when the first happened."""

    kind: Literal["error", "rejection", "resource", "csp", "manual"]
    count: Annotated[int, Meta(ge=1, le=10**9)]
    message: Annotated[str, Meta(max_length=256)] | None = None
    url: Url | None = None
    line: Count | None = None
    column: Count | None = None
    stack: Annotated[str, Meta(max_length=1000)] | None = None
    at: Span | None = None


class TargetCount(Part, frozen=True, kw_only=True):
    """One element that was interacted with; `inp` is its worst interaction."""

    target: Text
    count: Count
    inp: Span | None = None


class Leave(Part, frozen=True, kw_only=True):
    """The last interaction before the view ended: think time runs from `time.ready` to it."""

    at: Span
    target: Text | None = None
    kind: Literal["link", "submit", "key", "script"] | None = None


class Interactions(Part, frozen=True, kw_only=True):
    """Clicks, taps and keys; `first_at` is click to action."""

    count: Count | None = None
    clicks: Count | None = None
    first_at: Span | None = None
    rage: Count | None = None
    dead: Count | None = None
    targets: Annotated[tuple[TargetCount, ...], Meta(max_length=5)] = ()
    leave: Leave | None = None


class Event(Part, frozen=True, kw_only=True):
    """Something the site reports: an event, a score (`comment`), a task (`duration`, `completed`).

    `attributes` is the text of one JSON object.
    """

    name: Label
    at: Span
    value: Number | None = None
    attributes: Annotated[str, Meta(max_length=500)] | None = None
    comment: Annotated[str, Meta(max_length=300)] | None = None
    duration: Span | None = None
    completed: bool | None = None


class Timing(Part, frozen=True, kw_only=True):
    """A `performance.measure`, a mark (duration 0), or an element's first rendering."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    start: Span
    duration: Span
