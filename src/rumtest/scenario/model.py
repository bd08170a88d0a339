"""The scenario as plain values: what a YAML file says once it is known to be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from rumtest.errors import Place
from rumtest.metric import Milliseconds

__all__ = [
    "Action",
    "Condition",
    "DataSource",
    "Journey",
    "Locator",
    "PageGroup",
    "Profile",
    "Regression",
    "Sampling",
    "Scenario",
    "Step",
    "Think",
    "Threshold",
    "Timeouts",
    "Tolerance",
]

Verb = Literal["goto", "fill", "click", "press", "wait_for"]
ConditionKind = Literal["visible", "hidden", "text", "url", "title"]
Aggregation = Literal["quantile", "rate", "count"]
Operator = Literal["<", "<=", ">", ">=", "=="]

# A page that needs longer than this for one state has lost its user; a step may wait for several.
_EXPECT: Final = Milliseconds(10_000.0)
_STEP: Final = Milliseconds(30_000.0)
_ITERATION: Final = Milliseconds(120_000.0)


@dataclass(frozen=True, slots=True)
class Locator:
    """An element: one Playwright selector, or the arguments of one `get_by_*` call.

    Exactly one way is set. `name` belongs to `role`; `exact` to the ways that compare text.
    """

    selector: str | None = None
    role: str | None = None
    name: str | None = None
    label: str | None = None
    text: str | None = None
    placeholder: str | None = None
    testid: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A state to wait for: an element visible or hidden, text on the page, a URL glob, a title."""

    kind: ConditionKind
    place: Place
    locator: Locator | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user does. `value` is goto's URL, fill's text or press's key, with `${…}`."""

    verb: Verb
    place: Place
    locator: Locator | None = None
    value: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Think:
    """A pause drawn evenly from the range, never inside a step's duration."""

    low: Milliseconds
    high: Milliseconds


@dataclass(frozen=True, slots=True)
class Threshold:
    """An absolute promise: `p75 < 2500ms`. `limit` is in the metric's unit, a rate's is a share.

    `text` is the expression as written, for people.
    """

    metric: str
    aggregation: Aggregation
    operator: Operator
    limit: float
    text: str
    place: Place
    quantile: float | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The smallest change that matters: the larger of a share of the base and an amount."""

    relative: float
    absolute: float


@dataclass(frozen=True, slots=True)
class Regression:
    """What is gated against a base. `metrics` None means the default list; `off` that nothing is.

    `places` tells per metric where its tolerance is written; a gate of a metric without one
    points at its step.
    """

    off: bool = False
    default: Tolerance | None = None
    metrics: tuple[str, ...] | None = None
    tolerances: Mapping[str, Tolerance] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait before a condition, a step or an iteration counts as failed."""

    expect: Milliseconds = _EXPECT
    step: Milliseconds = _STEP
    iteration: Milliseconds = _ITERATION


@dataclass(frozen=True, slots=True)
class Step:
    """One named transaction: what is done, what must hold, and what ends its clock."""

    name: str
    place: Place
    do: tuple[Action, ...] = ()
    expect: tuple[Condition, ...] = ()
    until: Condition | None = None
    think: Think | None = None
    thresholds: tuple[Threshold, ...] = ()

    @property
    def opens_view(self) -> bool:
        """Whether the step navigates by `goto`; a click that does so is only seen when it runs."""
        return any(action.verb == "goto" for action in self.do)

    @property
    def acts(self) -> bool:
        """Whether the step interacts with a page, so that it has an INP and a duration."""
        return any(action.verb in ("fill", "click", "press") for action in self.do)


@dataclass(frozen=True, slots=True)
class Journey:
    """A named sequence of steps."""

    name: str
    place: Place
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many iterations (or pairs) and how they are taken."""

    min: int = 10
    max: int = 50
    warmup: int = 1
    cache: tuple[Literal["cold", "warm"], ...] = ("cold",)
    until: Literal["screened", "decided"] = "screened"


@dataclass(frozen=True, slots=True)
class Profile:
    """Named conditions: `cpu` times slower, `rtt` in ms, `down` and `up` in Mbit/s (0: as is)."""

    name: str
    device: str | None = None
    viewport: tuple[int, int] | None = None
    cpu: float = 1.0
    rtt: float = 0.0
    down: float = 0.0
    up: float = 0.0
    locale: str | None = None
    timezone: str | None = None
    reduced_motion: bool = False

    @property
    def network_emulated(self) -> bool:
        """Whether latency or bandwidth is shaped; then `ttfb` is the server's time alone."""
        return bool(self.rtt or self.down or self.up)


@dataclass(frozen=True, slots=True)
class DataSource:
    """Rows for `${name.column}`, or values (rows with the one column "") for `${name}`."""

    name: str
    rows: tuple[Mapping[str, str], ...]
    take: Literal["cycle", "random"] = "cycle"


@dataclass(frozen=True, slots=True)
class PageGroup:
    """A page group of `rumtest.toml`: URLs whose path matches the pattern belong to it."""

    name: str
    match: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario, defaults filled in; `file` as it was given, `sha256` of its bytes."""

    file: str
    sha256: str
    name: str
    app: str
    base_url: str | None
    journeys: tuple[Journey, ...]
    thresholds: tuple[Threshold, ...] = ()
    regression: Regression = Regression()
    profiles: tuple[Profile, ...] = ()
    sampling: Sampling = Sampling()
    timeouts: Timeouts = Timeouts()
    data: tuple[DataSource, ...] = ()
    secrets: tuple[str, ...] = ()
    groups: tuple[PageGroup, ...] = ()
    tags: tuple[str, ...] = ()
