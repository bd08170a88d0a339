"""What of a beacon is kept, what is dropped and counted, and what refuses it."""

import math
from typing import Any

import pytest

from rumtest.beacon import wire
from rumtest.beacon.model import Beacon, Metrics
from rumtest.beacon.wire import Accepted, Refusal
from rumtest.metric import METRICS
from tests.support.beacon import SMALLEST, body

PAGE = SMALLEST["page"]
TIME = SMALLEST["time"]


def keep(**changes: Any) -> tuple[Beacon, int]:
    result = wire.read(body(**changes))
    assert isinstance(result, Accepted), result
    return result.beacons[0], result.dropped


def refuse(**changes: Any) -> str:
    result = wire.read(body(**changes))
    assert isinstance(result, Refusal), result
    return result.reason.partition(":")[0]


@pytest.mark.parametrize("key", list(SMALLEST))
def test_a_beacon_without_a_required_field_is_refused(key: str) -> None:
    assert refuse(**{key: None}) == key


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"app": "Shop"}, "app"),
        ({"app": "shop\n"}, "app"),
        ({"app": ""}, "app"),
        ({"view": "short"}, "view"),
        ({"view": "AAAAAAAAAAA="}, "view"),
        ({"n": 0}, "n"),
        ({"n": 1.0}, "n"),
        ({"n": True}, "n"),
        ({"page": {**PAGE, "url": "x" * 1001}}, "page.url"),
        ({"page": {**PAGE, "navigation": "back_forward"}}, "page.navigation"),
        ({"time": {**TIME, "age": -1}}, "time.age"),
        ({"time": {**TIME, "origin": "1700000000000"}}, "time.origin"),
    ],
)
def test_a_required_field_that_is_wrong_refuses_the_beacon(
    changes: dict[str, Any], path: str
) -> None:
    assert refuse(**changes) == path


@pytest.mark.parametrize("tag", [{}, {"run": "r"}, {"run": 5, "scenario": "s"}, "lab", []])
def test_a_damaged_lab_tag_refuses_the_beacon_since_it_would_count_as_a_users(tag: Any) -> None:
    assert refuse(lab=tag).startswith("lab")


def test_a_wrong_optional_field_of_the_lab_tag_is_dropped() -> None:
    beacon, dropped = keep(lab={"run": "r", "scenario": "s", "arm": "third"})

    assert beacon.lab is not None
    assert (beacon.lab.run, beacon.lab.arm, dropped) == ("r", None, 1)


@pytest.mark.parametrize(
    "wrong", ["1200", True, None, [], {}, -0.5, 1e12, 10**400, math.inf, math.nan]
)
def test_a_metric_that_is_no_plausible_number_is_dropped(wrong: Any) -> None:
    beacon, dropped = keep(metrics={"lcp": wrong, "fcp": 900})

    assert (beacon.metrics.lcp, beacon.metrics.fcp, dropped) == (None, 900.0, 1)


@pytest.mark.parametrize("name", [name for name in Metrics.__struct_fields__ if name != "custom"])
def test_a_metric_is_kept_up_to_the_limits_of_the_catalogue_and_no_further(name: str) -> None:
    low, high = METRICS[name].plausible

    assert keep(metrics={name: low})[1] == 0
    assert keep(metrics={name: high})[1] == 0
    assert keep(metrics={name: high * 1.001})[1] == 1


def test_the_beacon_knows_every_metric_of_the_catalogue_that_a_page_view_can_have() -> None:
    # A step has a duration and a run counts errors; a page view tells both otherwise.
    told = set(Metrics.__struct_fields__) - {"custom"}

    assert told == set(METRICS) - {"duration", "errors"}


def test_unknown_keys_are_dropped_and_counted_at_any_depth() -> None:
    beacon, dropped = keep(unheard=1, page={**PAGE, "unheard": {"of": 1}}, device={"unheard": 1})

    assert dropped == 3
    assert beacon.page.url == PAGE["url"]


def test_text_is_kept_up_to_twice_its_length() -> None:
    assert keep(language="x" * 70)[0].language == "x" * 70
    assert keep(language="x" * 71)[0].language is None


def test_a_list_keeps_its_first_entries_and_counts_the_rest() -> None:
    marks = [{"name": f"m{index}", "start": 1, "duration": 0} for index in range(33)]

    beacon, dropped = keep(timings=marks)

    assert [timing.name for timing in beacon.timings] == [f"m{index}" for index in range(30)]
    assert dropped == 3


def test_a_wrong_entry_of_a_list_is_dropped_alone() -> None:
    good = {"name": "a", "start": 1, "duration": 0}

    beacon, dropped = keep(timings=[good, {"name": "b"}, 7, good])

    assert (len(beacon.timings), dropped) == (2, 2)


def test_a_mapping_keeps_its_first_entries_and_counts_the_rest() -> None:
    beacon, dropped = keep(context={f"key{index}": "v" for index in range(22)})

    assert (len(beacon.context), dropped) == (20, 2)


def test_a_row_with_a_wrong_cell_is_dropped_whole() -> None:
    rows = {"script": [1, 2, 3.5, 0, 0], "image": [1, -2, 3, 0, 0], "font": [1]}

    beacon, dropped = keep(resources={"by_type": rows})

    assert beacon.resources is not None
    assert beacon.resources.by_type is not None
    assert beacon.resources.by_type.script == (1, 2, 3.5, 0, 0)
    assert (beacon.resources.by_type.image, beacon.resources.by_type.font, dropped) == (
        None,
        None,
        2,
    )


def test_a_part_without_its_required_field_is_dropped_whole() -> None:
    beacon, dropped = keep(session={"id": "AAAAAAAAAAAA"})

    assert (beacon.session, dropped) == (None, 1)


def test_half_a_character_is_dropped() -> None:
    # JSON.stringify writes a lone surrogate as an escape; it cannot be stored as UTF-8.
    assert keep(language="ok\ud83d")[0].language is None
