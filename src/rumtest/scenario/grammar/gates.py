"""What is promised: `thresholds` of a metric's values, `regression` of its change from a base."""

from typing import Final

from rumtest.metric import METRICS, metric_of
from rumtest.scenario.containers import ByKind, ListOf
from rumtest.scenario.defaults import ACTION_METRICS, VIEW_METRICS
from rumtest.scenario.model import Regression, Threshold
from rumtest.scenario.record import Given, Key, Record
from rumtest.scenario.scalars import Choice, Parsed
from rumtest.scenario.shape import At, Bad, Made, Shape
from rumtest.scenario.threshold import parse_threshold, threshold_pattern
from rumtest.scenario.tolerance import tolerance_shape
from rumtest.scenario.tree import Node

__all__ = ["LATER_METRICS", "REGRESSION", "THRESHOLDS"]

# Metrics of load runs and of the probe beside them.
LATER_METRICS: Final = ("http.*", "dropped", "probe.*")
_GATED_BY_DEFAULT: Final = VIEW_METRICS + ACTION_METRICS


def _expression(metric: str) -> Shape[Threshold]:
    known = metric_of(metric)

    def read(text: str, node: Node, at: At) -> Threshold | Bad:
        try:
            return parse_threshold(metric, text, at.place(node))
        except ValueError as error:
            return at.bad(node.spot, "bad-threshold", str(error))

    text = Parsed("a threshold (p75 < 2500ms)", str, threshold_pattern(known))
    return Made(text, read)


def _alone(threshold: Threshold, _node: Node, _at: At) -> tuple[Threshold, ...]:
    return (threshold,)


def _thresholds_of(metric: str) -> Shape[tuple[Threshold, ...]]:
    one = _expression(metric)
    return ByKind(
        words="a threshold (p75 < 2500ms) or a list of them",
        scalar=Made(one, _alone),
        sequence=ListOf(one, "a list of thresholds", unique=("threshold", lambda t: t.text)),
    )


def _all_thresholds(given: Given, _at: At) -> tuple[Threshold, ...]:
    return tuple(threshold for metric in given for threshold in given[metric])


THRESHOLDS: Final = Record(
    keys={name: Key(_thresholds_of(name), metric.long_name) for name, metric in METRICS.items()},
    build=_all_thresholds,
    words="thresholds ({lcp: p75 < 2500ms})",
    later=LATER_METRICS,
)


def _regression(given: Given, at: At) -> Regression | Bad:
    own = [name for name in given if name in METRICS]
    gated = given["metrics"] or _GATED_BY_DEFAULT
    idle = [name for name in own if name not in gated]
    for name in idle:
        listed = ", ".join((*gated, name))
        text = f"{name} is not gated, so its tolerance has no effect; add `metrics: [{listed}]`"
        at.bad(given.keys[name].spot, "no-effect", text)
    if idle:
        return Bad.BAD
    return Regression(
        default=given["default"],
        metrics=given["metrics"],
        tolerances={name: given[name] for name in own},
        places={name: at.place(given.keys[name]) for name in own},
    )


def _off(_word: str, _node: Node, _at: At) -> Regression:
    return Regression(off=True)


REGRESSION: Final = ByKind(
    words="`none`, or tolerances ({lcp: {max_increase: 5%, or: 20ms}})",
    scalar=Made(Choice(("none",)), _off),
    mapping=Record(
        keys={
            "default": Key(
                tolerance_shape(None),
                "the tolerance of every metric in ms",
                default_words="`{max_increase: 5%, or: 20ms}`",
            ),
            "metrics": Key(
                ListOf(
                    Choice(tuple(METRICS), LATER_METRICS, "a metric"),
                    "a list of metrics",
                    unique=("metric", str),
                ),
                "the metrics that are gated in every step that has them",
                default_words="a step that opens a page view: lcp cls ttfb; "
                "one that acts on a page: inp duration",
            ),
            **{
                name: Key(
                    tolerance_shape(name),
                    f"the tolerance of {name}",
                    default_words="",
                )
                for name in METRICS
            },
        },
        build=_regression,
        words="regression",
        later=("baseline", *LATER_METRICS),
    ),
)
