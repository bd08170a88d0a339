"""What a scenario says is what the model holds."""

from pathlib import Path

from rumtest.metric import Milliseconds
from rumtest.scenario.config import Config
from rumtest.scenario.loader import load
from rumtest.scenario.model import (
    Condition,
    Locator,
    PageGroup,
    Regression,
    Sampling,
    Scenario,
    Think,
    Timeouts,
    Tolerance,
)
from rumtest.scenario.profiles import BUNDLED
from tests.support.scenario import HEAD, MINIMAL, NOWHERE, load_text, step, without_places


def only_actions(scenario: Scenario) -> tuple[object, ...]:
    """Verb, element, value and condition of what follows the first `goto`."""
    actions = scenario.journeys[0].steps[0].do[1:]
    return tuple((a.verb, a.locator, a.value, without_places(a.condition)) for a in actions)


def test_a_scenario_of_pages_alone_gets_every_default(tmp_path: Path) -> None:
    scenario = load_text(tmp_path, MINIMAL)

    assert (scenario.app, scenario.base_url, scenario.tags) == ("default", None, ())
    assert scenario.profiles == (BUNDLED["desktop"],)
    assert (scenario.sampling, scenario.timeouts) == (Sampling(), Timeouts())
    assert scenario.regression == Regression()


def test_each_page_is_a_journey_of_one_step_named_by_its_path(tmp_path: Path) -> None:
    scenario = load_text(tmp_path, HEAD + "pages: [/, 'https://x.example/login?a=1']\n")

    assert [journey.name for journey in scenario.journeys] == ["/", "/login?a=1"]
    first = scenario.journeys[1].steps[0]
    assert (first.name, first.do[0].value) == ("/login?a=1", "https://x.example/login?a=1")


def test_an_element_may_be_a_selector_or_a_mapping(tmp_path: Path) -> None:
    one = load_text(tmp_path, step("click: '#buy'"))
    other = load_text(tmp_path, step("click: {selector: '#buy'}"))

    assert only_actions(one) == only_actions(other)
    assert only_actions(one) == (("click", Locator(selector="#buy"), None, None),)


def test_a_key_is_pressed_where_the_focus_is_or_in_an_element(tmp_path: Path) -> None:
    bare = load_text(tmp_path, step("press: Enter"))
    within = load_text(tmp_path, step("press: {key: Enter, label: Search}"))

    assert only_actions(bare) == (("press", None, "Enter", None),)
    assert only_actions(within) == (("press", Locator(label="Search"), "Enter", None),)


def test_a_bare_selector_is_waited_for_until_visible(tmp_path: Path) -> None:
    scenario = load_text(tmp_path, step("wait_for: .ready"))

    condition = Condition("visible", NOWHERE, Locator(selector=".ready"))
    assert only_actions(scenario) == (("wait_for", None, None, condition),)


def test_a_journey_may_be_a_list_or_a_mapping_with_steps(tmp_path: Path) -> None:
    steps = "[{step: a, do: [{goto: /}]}]"
    one = load_text(tmp_path, HEAD + f"journeys: {{j: {steps}}}\n")
    other = load_text(tmp_path, HEAD + f"journeys: {{j: {{steps: {steps}}}}}\n")

    assert without_places(one) == without_places(other)


def test_think_time_is_a_range_or_one_duration_or_none(tmp_path: Path) -> None:
    def think(text: str) -> Think | None:
        loaded = load_text(tmp_path, step("", f"think: {text}"))
        return loaded.journeys[0].steps[0].think

    second = Milliseconds(1000)
    assert think("1s..2s") == Think(second, Milliseconds(2000))
    assert think("1000ms") == Think(second, second)
    assert think("none") is None


def test_the_end_of_the_sampling_that_is_not_given_makes_way(tmp_path: Path) -> None:
    few = load_text(tmp_path, MINIMAL + "sampling: {iterations: {max: 4}}\n").sampling
    many = load_text(tmp_path, MINIMAL + "sampling: {iterations: {min: 60}}\n").sampling

    assert ((few.min, few.max), (many.min, many.max)) == ((4, 4), (60, 60))


def test_a_tolerance_of_one_part_has_nothing_of_the_other(tmp_path: Path) -> None:
    text = MINIMAL + "regression: {lcp: {max_increase: 5%}, cls: {or: 0.05}}\n"

    tolerances = load_text(tmp_path, text).regression.tolerances

    assert tolerances == {"lcp": Tolerance(0.05, 0.0), "cls": Tolerance(0.0, 0.05)}


def test_gates_point_at_the_line_of_their_tolerance(tmp_path: Path) -> None:
    text = MINIMAL + "regression:\n  lcp: {or: 9ms}\n"

    places = load_text(tmp_path, text).regression.places

    assert (places["lcp"].line, places["lcp"].column) == (5, 3)


def test_thresholds_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = MINIMAL + "thresholds: {lcp: [p75 < 2s, p95 < 3s], cls: p75 < 0.1, ttfb: median < 1s}\n"

    thresholds = load_text(tmp_path, text).thresholds

    assert [t.metric for t in thresholds] == ["lcp", "lcp", "cls", "ttfb"]
    assert [t.text for t in thresholds][1] == "p95 < 3s"


def test_the_configuration_gives_what_the_scenario_does_not(tmp_path: Path) -> None:
    groups = {"shop": (PageGroup("product", "/p/*"),)}
    config = Config(app="shop", base_url="http://h", groups=groups)

    scenario = load_text(tmp_path, MINIMAL, config=config)
    own = load_text(tmp_path, MINIMAL + "app: b\nbase_url: http://i\n", config=config)

    assert (scenario.app, scenario.base_url, scenario.groups) == (
        "shop",
        "http://h",
        groups["shop"],
    )
    assert (own.app, own.base_url, own.groups) == ("b", "http://i", ())


def test_rows_of_a_csv_file_lie_beside_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "users.csv").write_text("email,name\na@b.c,Ann\n", "utf-8")
    text = MINIMAL + "data: {user: {file: users.csv, take: random}}\n"

    (source,) = load_text(tmp_path, text).data

    assert (source.rows, source.take) == (({"email": "a@b.c", "name": "Ann"},), "random")


def test_a_number_among_the_values_is_taken_as_written(tmp_path: Path) -> None:
    (source,) = load_text(tmp_path, MINIMAL + "data: {n: {values: [007, 1.50]}}\n").data

    assert [row[""] for row in source.rows] == ["007", "1.50"]


def test_a_scenario_knows_the_hash_of_its_bytes(tmp_path: Path) -> None:
    one = load_text(tmp_path, MINIMAL)
    other = load_text(tmp_path, MINIMAL + "# a comment\n")

    assert one.sha256 != other.sha256
    assert len(one.sha256) == 64


def test_a_scenario_names_its_file_as_it_was_given(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(MINIMAL, "utf-8")

    scenario = load(path, config=Config(), environ={})

    assert scenario.file == str(path)
    assert scenario.journeys[0].place.file == str(path)
