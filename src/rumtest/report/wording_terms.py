"""The words of metrics, verdicts, places and profiles."""

from collections.abc import Mapping
from typing import Any, Final

from rumtest.charts.data import Kind, Standing
from rumtest.charts.sentence import Sentence, Span, name, sentence
from rumtest.metric import Metric, metric_of
from rumtest.report.view import GateView, MetricView

__all__ = [
    "FAILURES",
    "WORDS",
    "condition_of",
    "direction",
    "gate_name",
    "loads_changed",
    "metric_view",
    "plain_clause",
    "subject_of",
    "times",
    "word_of",
]

WORDS: Final[Mapping[Standing, str]] = {
    "regressed": "Regressed",
    "missed": "Limit missed",
    "inconclusive": "Inconclusive",
    "improved": "Improved",
    "unchanged": "Unchanged",
    "kept": "Limit kept",
}


def word_of(gate: GateView) -> str:
    """The gate's verdict in a word; a limit that stays open is undecided."""
    undecided = gate.kind == "threshold" and gate.standing == "inconclusive"
    return "Undecided" if undecided else WORDS[gate.standing]


# What a metric's change means to whoever looks at the page: worse, then better.
CLAUSES: Final[Mapping[str, tuple[str, str]]] = {
    "lcp": ("shows its main content later", "shows its main content earlier"),
    "fcp": ("shows its first content later", "shows its first content earlier"),
    "ttfb": ("answers later", "answers earlier"),
    "inp": ("reacts to input more slowly", "reacts to input faster"),
    "cls": ("shifts more", "shifts less"),
    "tbt": ("blocks the main thread longer", "blocks the main thread less long"),
    "duration": ("takes longer", "takes less time"),
    "load": ("finishes loading later", "finishes loading earlier"),
    "dom_interactive": ("can be used later", "can be used earlier"),
    "dom_content_loaded": ("has its document ready later", "has its document ready earlier"),
    "script_time": ("runs scripts longer", "runs scripts less long"),
    "errors": ("meets more script errors", "meets fewer script errors"),
    "failures": ("fails more often", "fails less often"),
    "http.failed": ("fails more often", "fails less often"),
}
# Written in capitals in print, as their specifications do.
ACRONYMS: Final = frozenset({"lcp", "fcp", "ttfb", "inp", "cls", "tbt"})
# These belong to what the user does in a step, not to the page view the step may open.
STEP_METRICS: Final = frozenset({"inp", "duration"})
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


# The gate that counts loads that failed functionally; it is no metric of a page view.
FAILURES: Final = "failures"


def metric_view(metric_name: str, *, rate: bool = False) -> MetricView:
    """The metric as people meet it; a rate is written as a share."""
    if metric_name == FAILURES:
        return MetricView(
            FAILURES,
            "Failed loads",
            "Loads that failed",
            "1",
            "share" if rate else "count",
            None,
            None,
            lower_is_better=True,
        )
    metric = metric_of(metric_name)
    return MetricView(
        name=metric.name,
        label=_label(metric),
        long_name=metric.long_name,
        unit=metric.unit,
        kind="share" if rate else _kind(metric),
        good=metric.good,
        poor=metric.poor,
        lower_is_better=metric.lower_is_better,
    )


def _label(metric: Metric) -> str:
    if metric.name in ACRONYMS:
        return metric.name.upper()
    text = metric.name.replace("_", " ")
    return text[:1].upper() + text[1:]


def _kind(metric: Metric) -> Kind:
    if metric.unit == "ms":
        return "ms"
    if metric.unit == "byte":
        return "byte"
    return "shift" if metric.name == "cls" else "count"


def plain_clause(metric: MetricView, *, worse: bool) -> str:
    """What the change means, without its subject: "shows its main content later"."""
    clause = CLAUSES.get(metric.name)
    if clause is not None:
        return clause[0 if worse else 1]
    up = worse == metric.lower_is_better
    return f"has a {'higher' if up else 'lower'} {metric.long_name}"


def subject_of(place: str, *, begins: bool = True) -> Sentence:
    """The page or step as a sentence's subject.

    "The product page", "Page /login", "Add to cart".
    """
    if place.lower().endswith(" page"):
        return sentence("The " if begins else "the ", name(place[:1].lower() + place[1:]))
    if place.startswith("/"):
        return sentence("Page " if begins else "page ", name(place))
    return sentence(name(place))


def condition_of(profile: str, settings: Mapping[str, Any] | None = None) -> str:
    """The profile as people say it: "on phones", "on desktops", or by its name."""
    device = str((settings or {}).get("device") or "").lower()
    for word, hints in _DEVICES.items():
        if any(hint in device or hint in profile.lower() for hint in hints):
            return f"on {word}"
    return f"under the profile {profile}"


_DEVICES: Final[Mapping[str, tuple[str, ...]]] = {
    "tablets": ("ipad", "tablet", "galaxy tab", "kindle"),
    "phones": ("phone", "pixel", "galaxy", "nexus", "moto", "nokia", "lumia", "blackberry"),
    "desktops": ("desktop",),
}


def gate_name(gate: GateView) -> Sentence:
    """The gate as people say it: "Product page LCP p75"."""
    quantile = f" p{gate.quantile * 100:g}" if gate.kind == "threshold" and gate.quantile else ""
    return sentence(name(gate.place), f" {gate.metric.label}{quantile}")


def direction(metric: MetricView, *, more: bool) -> str:
    """How a side with more (or less) of the metric is called: slower, faster, higher, lower."""
    if metric.kind == "ms":
        return "slower" if more else "faster"
    return "higher" if more else "lower"


def loads_changed(metric: MetricView, amount: Span, *, more: bool) -> Sentence:
    """The change as a main clause: "Loads took 156 ms longer"."""
    if metric.name == "inp":
        return sentence("Input took ", amount, " longer" if more else " less")
    if metric.name == "ttfb":
        return sentence("The first byte came ", amount, " later" if more else " earlier")
    if metric.name == "cls":
        return sentence("Loads shifted ", amount, " more" if more else " less")
    if metric.name == "tbt":
        return sentence("Loads blocked the main thread ", amount, " longer" if more else " less")
    if metric.kind == "ms" and metric.name == "duration":
        return sentence("The step took ", amount, " longer" if more else " less")
    if metric.kind == "ms":
        return sentence("Loads took ", amount, " longer" if more else " less")
    return sentence(f"{metric.long_name} went ", "up" if more else "down", " by ", amount)


def times(number: int) -> str:
    """A small number as a word inside a sentence."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"
