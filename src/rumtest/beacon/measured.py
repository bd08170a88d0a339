"""How fast the view was, and why: metrics, their attribution, and the long frames."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from rumtest.beacon.fields import Count, Number, Part, Span, Text, Url, plausible

__all__ = [
    "Attribution",
    "ClsAttribution",
    "FrameScript",
    "Frames",
    "InpAttribution",
    "InpScript",
    "LcpAttribution",
    "Metrics",
    "TtfbAttribution",
]

LoadState = Literal["loading", "dom-interactive", "dom-content-loaded", "complete"]
MetricName = Annotated[str, Meta(min_length=1, max_length=40)]


class Metrics(Part, frozen=True, kw_only=True):
    """Numbers of the catalogue by name; absent is unknown, never 0. `custom` is the site's own."""

    ttfb: Annotated[float, plausible("ttfb")] | None = None
    fcp: Annotated[float, plausible("fcp")] | None = None
    lcp: Annotated[float, plausible("lcp")] | None = None
    cls: Annotated[float, plausible("cls")] | None = None
    inp: Annotated[float, plausible("inp")] | None = None
    load: Annotated[float, plausible("load")] | None = None
    dom_interactive: Annotated[float, plausible("dom_interactive")] | None = None
    dom_content_loaded: Annotated[float, plausible("dom_content_loaded")] | None = None
    script_time: Annotated[float, plausible("script_time")] | None = None
    tbt: Annotated[float, plausible("tbt")] | None = None
    custom: Annotated[dict[MetricName, Number], Meta(max_length=20)] = msgspec.field(
        default_factory=dict
    )


class LcpAttribution(Part, frozen=True, kw_only=True):
    """The largest element, and the four parts its time is made of."""

    target: Text | None = None
    url: Url | None = None
    ttfb: Span | None = None
    load_delay: Span | None = None
    load_duration: Span | None = None
    render_delay: Span | None = None


class ClsAttribution(Part, frozen=True, kw_only=True):
    """The largest single shift of the window that counted."""

    target: Text | None = None
    value: Number | None = None
    at: Span | None = None
    load_state: LoadState | None = None


class InpScript(Part, frozen=True, kw_only=True):
    """The script that ran longest during the interaction."""

    url: Url | None = None
    invoker: Text | None = None
    duration: Span | None = None
    part: Literal["input-delay", "processing-duration", "presentation-delay"] | None = None


class InpAttribution(Part, frozen=True, kw_only=True):
    """The interaction that counted, and the three parts its time is made of."""

    target: Text | None = None
    type: Literal["pointer", "keyboard"] | None = None
    at: Span | None = None
    input_delay: Span | None = None
    processing: Span | None = None
    presentation: Span | None = None
    script: InpScript | None = None
    load_state: LoadState | None = None


class TtfbAttribution(Part, frozen=True, kw_only=True):
    """What was waited for before the first byte."""

    waiting: Span | None = None
    cache: Span | None = None
    dns: Span | None = None
    connection: Span | None = None
    request: Span | None = None


class Attribution(Part, frozen=True, kw_only=True):
    """Why each metric is what it is."""

    lcp: LcpAttribution | None = None
    cls: ClsAttribution | None = None
    inp: InpAttribution | None = None
    ttfb: TtfbAttribution | None = None


class FrameScript(Part, frozen=True, kw_only=True):
    """One script of the long frames: its ms in all, and the ms of forced style and layout."""

    url: Url
    duration: Span
    layout: Span | None = None


class Frames(Part, frozen=True, kw_only=True):
    """Frames longer than 50 ms: how many, how much of them blocked input, and by which scripts."""

    count: Count
    blocking: Span | None = None
    longest: Span | None = None
    source: Literal["long-animation-frame", "longtask"] | None = None
    scripts: Annotated[tuple[FrameScript, ...], Meta(max_length=5)] = ()
