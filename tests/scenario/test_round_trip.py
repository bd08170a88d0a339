"""What is written and read again is the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rumtest.metric import Milliseconds
from rumtest.scenario.loader.compose import compose
from rumtest.scenario.model import Scenario, Threshold, Tolerance
from rumtest.scenario.quantity import (
    format_duration,
    format_share,
    parse_duration,
    parse_range,
    parse_share,
)
from rumtest.scenario.shape import At
from rumtest.scenario.sheet import Sheet
from rumtest.scenario.threshold import format_threshold, parse_threshold
from rumtest.scenario.tolerance import format_tolerance, tolerance_shape
from tests.support.scenario import (
    NOWHERE,
    load_text,
    milliseconds,
    rendered,
    scenarios,
    shares,
    thresholds,
    tolerances,
    without_places,
)

one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.mark.slow
@settings(one_folder, max_examples=60)
@given(scenario=scenarios(), flow=st.sampled_from([False, True, None]))
def test_any_valid_scenario_written_as_yaml_loads_back_equal(
    tmp_path: Path, scenario: Scenario, flow: bool | None
) -> None:
    loaded = load_text(tmp_path, rendered(scenario, flow=flow))

    assert without_places(loaded) == without_places(scenario)


@given(milliseconds)
def test_a_duration_round_trips(value: Milliseconds) -> None:
    assert parse_duration(format_duration(value)) == value


@given(milliseconds, milliseconds)
def test_a_range_round_trips(one: Milliseconds, other: Milliseconds) -> None:
    low, high = sorted((one, other))

    assert parse_range(f"{format_duration(low)}..{format_duration(high)}") == (low, high)


@given(shares)
def test_a_share_round_trips(value: float) -> None:
    assert parse_share(format_share(value)) == value


@given(tolerances(), st.sampled_from(["lcp", "cls", "errors"]))
def test_a_tolerance_round_trips_in_the_unit_of_its_metric(
    tolerance: Tolerance, metric: str
) -> None:
    sheet = Sheet("tolerance")
    node = compose(format_tolerance(tolerance, metric), sheet)
    assert node is not None

    read = tolerance_shape(metric).read(node, At(sheet))

    assert (read, sheet.problems) == (tolerance, ())


@given(thresholds())
def test_a_threshold_round_trips(threshold: Threshold) -> None:
    again = parse_threshold(
        threshold.metric,
        format_threshold(threshold),
        NOWHERE,
    )

    assert again == threshold
