"""What a real browser did on real pages arrives in the parent, whole."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumtest.errors import UsageError
from rumtest.iteration import Iteration, StepRecord
from rumtest.metric import Milliseconds
from rumtest.scenario.model import (
    Condition,
    DataSource,
    PageGroup,
    Profile,
    Sampling,
    Scenario,
    Think,
)
from rumtest.synthetic.child import measure
from rumtest.synthetic.order import Captured, Finished, Message, Ready, Side
from tests.support.site import Site
from tests.support.synthetic import (
    HERE,
    SITE,
    beacons,
    captured,
    click,
    fill,
    goto,
    head,
    one,
    order,
    order_of,
    replace,
    scenario,
    step,
    text,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = step("Home", goto("/"))
WORK = step("Work", click("#work"), until=text("done"))
LEAVE = step("Leave", click("#next"))
SHORT = replace(scenario().timeouts, step=Milliseconds(1000))

# All of them are measured once, by one child; the tests look at what came of it.
JOURNEYS: dict[str, Scenario] = {
    "shop": scenario(
        HOME, WORK, LEAVE, groups=(PageGroup("Start", "/"), PageGroup("Rest", "/**"))
    ),
    "script": scenario(step("Open", goto("/script-leaves")), step("Leave", click("#go"))),
    "form": scenario(
        step("Form", goto("/form")),
        step(
            "Send",
            fill("Name", "${who}"),
            click("button"),
            expect=(
                Condition("url", HERE, value="**/next*"),
                Condition("title", HERE, value="Next"),
            ),
        ),
        data=(DataSource("who", ({"": "Ada"},)),),
    ),
    "late": scenario(step("Late", goto("/late")), step("Wait", click("#go"), until=text("came"))),
    "lazy": scenario(step("Open", goto("/lazy")), step("Click", click("#work"))),
    "think": scenario(replace(HOME, think=Think(Milliseconds(700), Milliseconds(700))), WORK),
    "frame": scenario(step("Frame", goto("/frame"))),
    "strict": scenario(step("Strict", goto("/csp"))),
    "veiled": scenario(step("Veiled", goto("/veiled")), step("Next", goto("/next"))),
    "popup": scenario(
        step("Popup", goto("/popup")),
        step("Open", click("#open"), until=text("opened")),
        step("Blank", click("#blank")),
        step("Next", goto("/next")),
    ),
    "error": scenario(step("Error", goto("/error"))),
    "phone": scenario(
        HOME, profiles=(Profile("phone", device="Pixel 7", rtt=400, down=10, up=5),)
    ),
    "cold": scenario(step("Cold", goto("/?cold"))),
    "warm": scenario(step("Warm", goto("/?warm")), sampling=Sampling(warmup=0, cache=("warm",))),
    "secret": scenario(
        step("Open", goto("/next?token=${secret.TOKEN}")),
        step("Miss", click("text=${secret.TOKEN}")),
        secrets=("TOKEN",),
        timeouts=SHORT,
    ),
}


class Measured:
    """What one child said of all the journeys, and what the site saw of them."""

    def __init__(self, said: list[Message], seen: list[str], evidence: Path) -> None:
        self.said = said
        self.seen = seen
        self.evidence = evidence

    def of(self, name: str) -> Captured:
        return next(
            told
            for told in self.said
            if isinstance(told, Captured) and told.iteration.scenario == name
        )

    def iteration(self, name: str) -> Iteration:
        return self.of(name).iteration

    def step(self, name: str, number: int) -> StepRecord:
        return self.iteration(name).steps[number]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    evidence = tmp_path_factory.mktemp("evidence")
    environ = {**os.environ, "TOKEN": "s3cr3t/value"}
    with Site() as site:
        asked = order_of(JOURNEYS, head(site.url), evidence=str(evidence))
        said = list(measure(asked, environ=environ))
    return Measured(said, site.seen, evidence)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def test_the_messages_begin_with_the_browser_and_end_with_the_end(measured: Measured) -> None:
    first, *between, last = measured.said

    assert isinstance(first, Ready)
    assert first.browser.startswith("Chromium ")
    assert all(isinstance(message, Captured) for message in between)
    assert isinstance(last, Finished)


def test_only_the_journey_that_was_made_to_fail_fails(measured: Measured) -> None:
    failed = {
        message.iteration.scenario: message.iteration.failed
        for message in measured.said
        if isinstance(message, Captured) and message.iteration.failed is not None
    }

    assert list(failed) == ["secret"]


def test_a_journey_gives_one_final_beacon_a_view_and_one_record_a_step(
    measured: Measured,
) -> None:
    done = measured.iteration("shop")
    kept = [view["beacon"] for view in beacons(measured.of("shop"))]

    assert [record.step for record in done.steps] == ["Home", "Work", "Leave"]
    assert [record.opened_view for record in done.steps] == [True, False, True]
    assert [view["lab"]["step"] for view in kept] == ["Home", "Leave"]
    assert [view["view"] for view in kept] == list(done.views)
    assert all(view["final"] for view in kept)


def test_a_link_takes_nothing_from_the_page_it_leaves(measured: Measured) -> None:
    left = beacons(measured.of("shop"))[0]["beacon"]["metrics"]

    # The picture is delayed by 80 ms, the gap moves what is below it, the click works for 60 ms.
    assert left["lcp"] >= 80
    assert left["cls"] > 0
    assert left["inp"] >= 56


def test_a_script_that_navigates_after_the_click_opens_the_steps_view(
    measured: Measured,
) -> None:
    steps = [view["beacon"]["lab"]["step"] for view in beacons(measured.of("script"))]

    assert measured.step("script", 1).opened_view
    assert steps == ["Open", "Leave"]


def test_a_form_is_filled_and_sent(measured: Measured) -> None:
    assert "/next?name=Ada" in measured.seen


def test_duration_runs_to_until_and_inp_is_the_steps_own(measured: Measured) -> None:
    waited = measured.step("late", 1)

    assert waited.duration is not None
    assert waited.duration >= 150  # the page's own timer
    assert waited.inp is not None
    assert waited.inp < 150  # the click itself did nothing


def test_a_picture_that_comes_after_the_load_event_is_waited_for(measured: Measured) -> None:
    (view,) = beacons(measured.of("lazy"))

    # The server keeps it back for 300 ms; the click that follows would have ended LCP before.
    assert view["beacon"]["metrics"]["lcp"] >= 300
    assert measured.step("lazy", 0).duration is not None


def test_thinking_is_outside_every_duration(measured: Measured) -> None:
    home, work = measured.step("think", 0), measured.step("think", 1)
    (view,) = beacons(measured.of("think"))

    assert home.duration is not None
    assert work.duration is not None
    # The view lives on while the user thinks; half of the pause allows for what opens it.
    assert home.duration + work.duration < view["beacon"]["time"]["age"] - 350


def test_a_frame_in_the_page_is_no_page_view(measured: Measured) -> None:
    assert len(beacons(measured.of("frame"))) == 1


def test_a_window_that_the_page_opens_is_no_page_view_and_stops_nothing(
    measured: Measured,
) -> None:
    told = measured.of("popup")

    steps = [(record.step, record.opened_view) for record in told.iteration.steps]
    assert steps == [("Popup", True), ("Open", False), ("Blank", False), ("Next", True)]
    paths = [kept["beacon"]["page"]["url"].rpartition("/")[2] for kept in beacons(told)]
    assert paths == ["popup", "next"]
    assert told.iteration.steps[1].inp is not None


def test_a_first_paint_that_comes_late_is_waited_for(measured: Measured) -> None:
    first = beacons(measured.of("veiled"))[0]["beacon"]["metrics"]

    assert first["fcp"] >= 700
    assert first["lcp"] >= 700


def test_a_strict_content_security_policy_does_not_stop_the_beacon(measured: Measured) -> None:
    assert len(beacons(measured.of("strict"))) == 1


def test_page_groups_are_those_of_the_scenario(measured: Measured) -> None:
    groups = [view["page_group"] for view in beacons(measured.of("shop"))]

    assert groups == ["Start", "Rest"]


def test_script_errors_of_the_page_are_in_its_beacon(measured: Measured) -> None:
    (view,) = beacons(measured.of("error"))

    assert {group["kind"] for group in view["beacon"]["errors"]} == {"error", "rejection"}


def test_a_profile_slows_the_network_and_is_the_device_it_names(measured: Measured) -> None:
    (view,) = beacons(measured.of("phone"))

    assert view["beacon"]["metrics"]["fcp"] > 400
    assert view["beacon"]["device"]["width"] == 412
    assert view["beacon"]["device"]["touch"]


def test_a_cold_load_finds_an_empty_cache(measured: Measured) -> None:
    (view,) = beacons(measured.of("cold"))

    count, size, *_ = view["beacon"]["resources"]["by_type"]["image"]
    assert measured.seen.count("/?cold") == 1
    assert (count, size > 0) == (1, True)


def test_a_warm_load_finds_what_an_unmeasured_visit_left(measured: Measured) -> None:
    (view,) = beacons(measured.of("warm"))

    count, size, *_ = view["beacon"]["resources"]["by_type"]["image"]
    assert measured.iteration("warm").cache == "warm"
    assert measured.seen.count("/?warm") == 2
    assert (count, size) == (1, 0)


def test_secrets_are_typed_but_never_told(measured: Measured) -> None:
    told = measured.of("secret")

    assert "/next?token=s3cr3t/value" in measured.seen
    assert told.iteration.failed is not None
    assert "***" in told.iteration.failed.reason
    assert "s3cr3t" not in str(told)


def test_a_picture_is_kept_of_a_page_that_failed(measured: Measured) -> None:
    (picture,) = measured.evidence.iterdir()

    assert picture.name == f"iteration-{measured.iteration('secret').iteration:05d}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_no_lcp_cls_or_inp_is_lost(site: Site) -> None:
    told = captured(order(scenario(HOME, WORK, LEAVE), head(site.url), pairs=6))

    assert [iteration.iteration.failed for iteration in told] == [None] * 6
    assert _lost(told) == []


@pytest.mark.proof
def test_no_lcp_cls_or_inp_is_lost_in_fifty_iterations(site: Site) -> None:
    told = captured(order(scenario(HOME, WORK), head(site.url), pairs=50))

    assert [iteration.iteration.failed for iteration in told] == [None] * 50
    assert _lost(told) == []


def _lost(told: list[Captured]) -> list[int]:
    """The iterations whose first page view lacks what its page makes for sure."""
    lost = []
    for captured_one in told:
        metrics = beacons(captured_one)[0]["beacon"]["metrics"]
        least = {"lcp": 80, "cls": 0.001, "inp": 56}
        if any(metrics.get(name, 0) < limit for name, limit in least.items()):
            lost.append(captured_one.iteration.iteration)
    return lost


def test_an_unknown_device_is_refused_with_a_suggestion(site: Site) -> None:
    asked = scenario(HOME, profiles=(Profile("phone", device="Pixel 77"),))

    with pytest.raises(UsageError, match=r"'Pixel 77'.*Did you mean 'Pixel 7'"):
        captured(order(asked, head(site.url)))


def test_a_secret_that_is_not_set_is_refused_before_anything_starts(site: Site) -> None:
    asked = scenario(HOME, secrets=("NOT_SET_ANYWHERE",))

    with pytest.raises(UsageError, match="NOT_SET_ANYWHERE"):
        captured(order(asked, head(site.url)))

    assert site.seen == []


def test_an_order_without_an_address_is_refused() -> None:
    with pytest.raises(UsageError, match=r"test\.yaml has no `base_url`"):
        one(order(scenario(HOME), Side("head")))


def test_both_arms_of_a_pair_draw_the_same_values(site: Site) -> None:
    words = tuple({"": f"word-{number}"} for number in range(50))
    journey = scenario(
        step("Open", goto("/next?word=${word}")), data=(DataSource("word", words, "random"),)
    )
    sides = (Side("base", url=site.url), Side("head", url=site.url))

    captured(order(journey, *sides, pairs=3))

    opened = [path for path in site.seen if path.startswith("/next")]
    assert opened[0::2] == opened[1::2]
    assert len(set(opened)) > 1


def test_servers_are_started_for_each_block_and_change_ports(tmp_path: Path) -> None:
    log = tmp_path / "started"
    serve = f"sh -c 'echo $1 >> {log}; exec {sys.executable} {SITE} $1' server {{port}}"
    sides = (Side("base", serve=serve), Side("head", serve=serve))
    journey = scenario(step("Next", goto("/next")), sampling=Sampling(warmup=1))

    told = captured(order(journey, *sides, pairs=2, pairs_a_block=1))

    loads = [message.iteration for message in told]
    ports = [beacons(message)[0]["beacon"]["page"]["url"].split("/")[2] for message in told]
    where = {(load.block, load.arm, port) for load, port in zip(loads, ports, strict=True)}
    assert [load.phase for load in loads].count("warmup") == 4
    assert len(where) == 4
    assert len(set(ports)) == 2
    assert len(log.read_text().split()) == 4
