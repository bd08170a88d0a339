"""Scenarios for tests: text to a file to a scenario, a model to YAML, and any valid model."""

import dataclasses
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from rumtest.errors import Place, Problem, ScenarioError
from rumtest.metric import METRICS, Milliseconds
from rumtest.scenario.config import Config
from rumtest.scenario.defaults import ACTION_METRICS, VIEW_METRICS
from rumtest.scenario.loader import load
from rumtest.scenario.model import (
    Action,
    Condition,
    DataSource,
    Journey,
    Locator,
    Regression,
    Sampling,
    Scenario,
    Step,
    Think,
    Threshold,
    Timeouts,
    Tolerance,
)
from rumtest.scenario.quantity import format_duration
from rumtest.scenario.threshold import format_threshold, parse_threshold
from rumtest.scenario.tolerance import format_tolerance
from rumtest.scenario.tree import kind_of

NOWHERE = Place("", 0)
HEAD = "rumtest: 1\nname: test\n"
MINIMAL = HEAD + "pages: [/]\n"


def load_text(
    folder: Path,
    text: str,
    *,
    environ: Mapping[str, str] | None = None,
    config: Config | None = None,
    variables: Mapping[str, str] | None = None,
) -> Scenario:
    """The scenario of that text, written to a file of the folder."""
    path = folder / "scenario.yaml"
    path.write_text(text, "utf-8", newline="")
    return load(path, config=config or Config(), environ=environ or {}, variables=variables or {})


def problems_of(folder: Path, text: str, **given: Any) -> tuple[Problem, ...]:
    """The mistakes of that text; none if it loads."""
    try:
        load_text(folder, text, **given)
    except ScenarioError as error:
        return error.problems
    return ()


def the_problem(folder: Path, text: str, **given: Any) -> tuple[int, int, str, str]:
    """Line, column, code and message of the one mistake of that text."""
    problems = problems_of(folder, text, **given)
    assert len(problems) == 1, problems
    place = problems[0].place
    return place.line, place.column, problems[0].code, problems[0].message


def step(do: str, more: str = "") -> str:
    """A scenario of one step that opens `/` and then does that."""
    lines = HEAD + "journeys:\n  main:\n    - step: Only\n      do:\n        - goto: /\n"
    return lines + (f"        - {do}\n" if do else "") + (f"      {more}\n" if more else "")


def without_places(value: Any) -> Any:
    """The same model with every place, and the file's name and hash, made equal."""
    if isinstance(value, Place):
        return NOWHERE
    if isinstance(value, tuple):
        return tuple(without_places(item) for item in value)
    if isinstance(value, dict):
        return {key: without_places(item) for key, item in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    fields = {f.name: without_places(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Scenario):
        fields |= {"file": "", "sha256": ""}
    return type(value)(**fields)


# --- a model as YAML -------------------------------------------------------------------------


def rendered(scenario: Scenario, *, flow: bool | None = False) -> str:
    """YAML that says the same as the model."""
    whole: dict[str, Any] = {
        "rumtest": 1,
        "name": scenario.name,
        "app": scenario.app,
        "base_url": scenario.base_url,
        "tags": list(scenario.tags),
        "profiles": [profile.name for profile in scenario.profiles],
        "secrets": list(scenario.secrets),
        "data": {source.name: _source(source) for source in scenario.data},
        "sampling": _sampling(scenario.sampling),
        "timeouts": {
            field.name: format_duration(getattr(scenario.timeouts, field.name))
            for field in dataclasses.fields(Timeouts)
        },
        "journeys": {journey.name: _steps(journey) for journey in scenario.journeys},
        "thresholds": _thresholds(scenario.thresholds),
        "regression": _regression(scenario.regression),
    }
    said = {key: value for key, value in whole.items() if value not in (None, [], {})}
    return yaml.dump(
        said, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow
    )


class _Dumper(yaml.SafeDumper):
    """Quotes what YAML 1.2 would not read as text; PyYAML itself has 1.1 in mind."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = None if kind_of(text) == "text" else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _source(source: DataSource) -> dict[str, Any]:
    return {"values": [row[""] for row in source.rows], "take": source.take}


def _sampling(sampling: Sampling) -> dict[str, Any]:
    return {
        "iterations": {"min": sampling.min, "max": sampling.max},
        "warmup": sampling.warmup,
        "cache": list(sampling.cache),
        "until": sampling.until,
    }


def _steps(journey: Journey) -> list[dict[str, Any]]:
    return [_step(one) for one in journey.steps]


def _step(one: Step) -> dict[str, Any]:
    made: dict[str, Any] = {"step": one.name, "do": [_action(action) for action in one.do]}
    if one.expect:
        made["expect"] = [_condition(condition) for condition in one.expect]
    if one.until:
        made["until"] = _condition(one.until)
    if one.think:
        made["think"] = f"{format_duration(one.think.low)}..{format_duration(one.think.high)}"
    if one.thresholds:
        made["thresholds"] = _thresholds(one.thresholds)
    return made


def _action(action: Action) -> dict[str, Any]:
    element = {} if action.locator is None else _locator(action.locator)
    match action.verb:
        case "goto":
            return {"goto": action.value}
        case "fill":
            return {"fill": {**element, "value": action.value}}
        case "click":
            return {"click": element}
        case "press":
            return {"press": {**element, "key": action.value} if element else action.value}
        case "wait_for":
            assert action.condition is not None
            return {"wait_for": _condition(action.condition)}


def _condition(condition: Condition) -> dict[str, Any]:
    if condition.locator is not None:
        return {condition.kind: _locator(condition.locator)}
    return {condition.kind: condition.value}


def _locator(locator: Locator) -> dict[str, Any]:
    fields = dataclasses.asdict(locator)
    return {key: value for key, value in fields.items() if value not in (None, False)}


def _thresholds(thresholds: tuple[Threshold, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for threshold in thresholds:
        made.setdefault(threshold.metric, []).append(threshold.text)
    return {name: texts if len(texts) > 1 else texts[0] for name, texts in made.items()}


def _regression(regression: Regression) -> Any:
    if regression.off:
        return "none"
    made: dict[str, Any] = {}
    if regression.default is not None:
        made["default"] = yaml.safe_load(format_tolerance(regression.default, "lcp"))
    if regression.metrics is not None:
        made["metrics"] = list(regression.metrics)
    for name, tolerance in regression.tolerances.items():
        made[name] = yaml.safe_load(format_tolerance(tolerance, name))
    return made


# --- any valid model -------------------------------------------------------------------------

# `$` is left out: what stands in `${…}` has rules of its own.
_LETTERS = st.characters(
    codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="$"
)
words = st.text(_LETTERS, min_size=1, max_size=30).filter(lambda text: text.strip() == text)
texts = st.text(_LETTERS | st.just("\n"), min_size=1, max_size=40).filter(
    lambda t: t.strip() != ""
)
idents = st.text(string.ascii_letters + "_", min_size=1, max_size=12).filter(
    lambda text: text not in ("env", "secret", "var")
)
milliseconds = st.one_of(
    st.integers(0, 600_000).map(float), st.floats(0, 600_000).map(lambda x: round(x, 6))
).map(Milliseconds)
shares = st.floats(0.0001, 1).map(lambda x: round(x, 6))
waits = milliseconds.filter(lambda ms: ms > 0)


def locators() -> st.SearchStrategy[Locator]:
    """Any element, found one way."""
    exact = st.booleans()
    return st.one_of(
        st.builds(Locator, selector=texts),
        st.builds(
            Locator,
            role=st.sampled_from(["button", "heading", "link"]),
            name=st.none() | texts,
            exact=exact,
        ),
        st.builds(Locator, label=texts, exact=exact),
        st.builds(Locator, text=texts, exact=exact),
        st.builds(Locator, placeholder=texts, exact=exact),
        st.builds(Locator, testid=texts),
    )


def conditions() -> st.SearchStrategy[Condition]:
    """Any condition."""
    return st.one_of(
        st.builds(
            Condition, st.sampled_from(["visible", "hidden"]), st.just(NOWHERE), locator=locators()
        ),
        st.builds(
            Condition, st.sampled_from(["text", "url", "title"]), st.just(NOWHERE), value=texts
        ),
    )


_goto = st.builds(Action, st.just("goto"), st.just(NOWHERE), value=words.map("/{}".format))
_actions = st.one_of(
    _goto,
    st.builds(Action, st.just("fill"), st.just(NOWHERE), locator=locators(), value=texts),
    st.builds(Action, st.just("click"), st.just(NOWHERE), locator=locators()),
    st.builds(Action, st.just("press"), st.just(NOWHERE), st.none() | locators(), words),
    st.builds(Action, st.just("wait_for"), st.just(NOWHERE), condition=conditions()),
)


@st.composite
def thresholds(draw: st.DrawFn) -> Threshold:
    """Any threshold that says something."""
    metric = draw(st.sampled_from(sorted(METRICS)))
    ways = ["quantile", "rate", "count"] if metric == "errors" else ["quantile"]
    how = draw(st.sampled_from(ways))
    limit: float = draw(st.integers(1, 99).map(float) | shares)
    operators = ["<", "<=", ">", ">="] + (["=="] if how == "count" else [])
    made = Threshold(
        metric,
        how,  # type: ignore[arg-type]
        draw(st.sampled_from(operators)),
        min(limit, 1.0) if how == "rate" else limit,
        "",
        NOWHERE,
        draw(st.integers(1, 999)) / 1000 if how == "quantile" else None,
    )
    return parse_threshold(metric, format_threshold(made), NOWHERE)


def _grouped(drawn: list[Threshold]) -> tuple[Threshold, ...]:
    """As a file can say them: those of one metric together, none twice."""
    groups: dict[str, dict[str, Threshold]] = {}
    for threshold in drawn:
        groups.setdefault(threshold.metric, {})[threshold.text] = threshold
    return tuple(threshold for group in groups.values() for threshold in group.values())


threshold_lists = st.lists(thresholds(), max_size=4).map(_grouped)


def tolerances() -> st.SearchStrategy[Tolerance]:
    """Any tolerance of more than nothing."""
    return st.builds(Tolerance, st.just(0.0) | shares, st.just(0.0) | waits).filter(
        lambda tolerance: bool(tolerance.relative or tolerance.absolute)
    )


@st.composite
def regressions(draw: st.DrawFn) -> Regression:
    """Any rule of what is gated, without tolerances that would have no effect."""
    if draw(st.booleans()):
        return Regression(off=True)
    listed = st.lists(st.sampled_from(sorted(METRICS)), min_size=1, max_size=5, unique=True)
    metrics = draw(st.none() | listed.map(tuple))
    gated = sorted(metrics or VIEW_METRICS + ACTION_METRICS)
    chosen = draw(st.dictionaries(st.sampled_from(gated), tolerances(), max_size=3))
    return Regression(
        default=draw(st.none() | tolerances()),
        metrics=metrics,
        tolerances=chosen,
        places=dict.fromkeys(chosen, NOWHERE),
    )


@st.composite
def _journeys(draw: st.DrawFn) -> Journey:
    names = draw(st.lists(words, min_size=1, max_size=3, unique=True))
    steps = []
    for number, name in enumerate(names):
        do = draw(st.lists(_actions, min_size=0 if number == 0 else 1, max_size=3))
        think = draw(st.none() | st.tuples(milliseconds, milliseconds))
        steps.append(
            Step(
                name,
                NOWHERE,
                do=((draw(_goto),) if number == 0 else ()) + tuple(do),
                expect=tuple(draw(st.lists(conditions(), max_size=2))),
                until=draw(st.none() | conditions()),
                think=Think(min(think), max(think)) if think else None,
                thresholds=draw(threshold_lists),
            )
        )
    return Journey(draw(words), NOWHERE, tuple(steps))


def _data() -> st.SearchStrategy[DataSource]:
    rows = st.lists(texts, min_size=1, max_size=3).map(lambda vs: tuple({"": v} for v in vs))
    return st.builds(DataSource, idents, rows, st.sampled_from(["cycle", "random"]))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any valid scenario that can be written as YAML without a second file."""
    config = Config()
    names = st.lists(st.sampled_from(sorted(config.profiles)), min_size=1, unique=True)
    loads = sorted(draw(st.tuples(st.integers(1, 1000), st.integers(1, 1000))))
    caches = st.lists(st.sampled_from(["cold", "warm"]), min_size=1, unique=True)
    return Scenario(
        file="",
        sha256="",
        name=draw(words),
        app=draw(st.sampled_from(["default", "shop-2", "A.b_c"])),
        base_url=draw(st.none() | st.just("http://127.0.0.1:8911/shop")),
        journeys=tuple(
            draw(st.lists(_journeys(), min_size=1, max_size=3, unique_by=lambda j: j.name))
        ),
        thresholds=draw(threshold_lists),
        regression=draw(regressions()),
        profiles=tuple(config.profiles[name] for name in draw(names)),
        sampling=Sampling(
            loads[0],
            loads[1],
            draw(st.integers(0, 100)),
            tuple(draw(caches)),  # type: ignore[arg-type]
            draw(st.sampled_from(["screened", "decided"])),
        ),
        timeouts=Timeouts(draw(waits), draw(waits), draw(waits)),
        data=tuple(draw(st.lists(_data(), max_size=2, unique_by=lambda d: d.name))),
        secrets=tuple(draw(st.lists(idents, max_size=2, unique=True))),
        tags=tuple(draw(st.lists(idents, max_size=2, unique=True))),
    )
