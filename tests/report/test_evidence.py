"""What stands behind a gate: the right loads, their views, parts and requests."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.charts.sentence import plain
from rumtest.iteration import Failure, StepRecord
from rumtest.report.causes import Explanation, explain
from rumtest.report.chart_waterfall import nearest_median, waterfall_chart
from rumtest.report.compose_gates import gate_views
from rumtest.report.evidence import evidence_of, short_url, with_base_side
from rumtest.report.parts import parts_of
from rumtest.report.resample import band_of, median_difference
from rumtest.report.resources import resource_changes
from rumtest.run.model import Kept, Run
from tests.support.report_gates import comparison_of, gate, gates_of
from tests.support.report_lab import Lab, run_of

LAB = Lab(desktop=False)


def behind(step: str, metric: str, run: Run | None = None, lab: Lab = LAB) -> Any:
    run = run or run_of(lab)
    result = comparison_of(lab, run, [gate(lab, step, metric)]).gates[0]
    return result, evidence_of(result, run, None)


def explained(step: str, metric: str, run: Run | None = None, lab: Lab = LAB) -> Explanation:
    result, evidence = behind(step, metric, run, lab)
    return explain(gate_views([result])[0], evidence, seed=7)


def changed(run: Run, change: Callable[[dict[str, Any], str], None]) -> Run:
    """The run with every product page's beacon of head changed in place of a copy."""
    beacons = {}
    for key, kept in run.beacons.items():
        beacon = dict(kept.beacon)
        if beacon["lab"]["step"] == "Product page":
            change(beacon, beacon["lab"]["arm"])
        beacons[key] = Kept(beacon, kept.received_at, kept.page_group)
    return replace(run, beacons=beacons)


def test_both_loads_of_a_pair_stand_beside_each_other() -> None:
    _, evidence = behind("Product page", "lcp")

    assert [b.iteration.pair for b in evidence.base] == [h.iteration.pair for h in evidence.head]
    assert {load.iteration.arm for load in evidence.base} == {"base"}


def test_the_evidence_has_the_values_that_were_compared() -> None:
    result, evidence = behind("Product page", "lcp")

    assert [load.value for load in evidence.head] == list(result.head.values)


def test_a_failed_load_takes_its_pair_out_of_the_evidence() -> None:
    run = run_of(LAB)
    broken = replace(run.iterations[4], failed=Failure("timeout", "too slow"))
    run = replace(run, iterations=(*run.iterations[:4], broken, *run.iterations[5:]))
    result = comparison_of(LAB, run_of(LAB), [gate(LAB, "Product page", "lcp")]).gates[0]

    evidence = evidence_of(result, run, None)

    assert len(evidence.base) == len(evidence.head) == LAB.pairs - 1
    assert broken.pair not in {load.iteration.pair for load in evidence.base}


def test_a_steps_duration_is_explained_by_the_view_it_acted_on() -> None:
    _, evidence = behind("Add to cart", "duration")

    steps = {load.view.beacon["lab"]["step"] for load in evidence.head if load.view}
    assert steps == {"Product page"}


def test_a_limit_learns_what_base_had() -> None:
    run = run_of(LAB)
    result = comparison_of(LAB, run, [gate(LAB, "Checkout", "cls", limit=0.1)]).gates[0]

    known = with_base_side(result, run, None)

    assert known.base is not None
    assert len(known.base.values) == LAB.pairs


def test_ports_do_not_tell_two_sides_requests_apart() -> None:
    base = short_url("http://127.0.0.1:8911/a.js?v=1", "http://127.0.0.1:8911/p")
    head = short_url("http://127.0.0.1:8921/a.js", "http://127.0.0.1:8921/p")

    assert base == head == "/a.js"
    assert short_url("https://cdn.example/a.js", "http://127.0.0.1/") == "cdn.example/a.js"


def test_the_part_that_was_made_slower_is_the_one_that_moved() -> None:
    _, evidence = behind("Product page", "lcp")

    parts = parts_of("lcp", evidence, seed=7)

    assert [part.key for part in parts if part.moved] == ["load_duration"]
    moved = next(part for part in parts if part.moved)
    assert moved.effect is not None
    assert moved.effect.low is not None
    assert moved.effect.high is not None
    assert moved.effect.low < LAB.hero_delay < moved.effect.high


def test_parts_that_one_side_does_not_know_are_not_shown() -> None:
    def forget(beacon: dict[str, Any], arm: str) -> None:
        if arm == "base":
            beacon["attribution"] = {}

    _, evidence = behind("Product page", "lcp", changed(run_of(LAB), forget))

    assert parts_of("lcp", evidence, seed=7) == ()


def test_a_renamed_resource_is_matched_by_type_and_stem() -> None:
    _, evidence = behind("Product page", "lcp")

    sizes = [c for c in resource_changes(evidence, seed=7) if c.what == "size"]

    assert [(c.was, c.name) for c in sizes] == [("/img/hero.webp", "/img/hero.avif")]
    assert sizes[0].exact


def test_a_new_request_is_found_and_equal_ones_are_not_told() -> None:
    _, evidence = behind("Product page", "lcp")

    changes = resource_changes(evidence, seed=7)

    assert {change.name for change in changes} == {"/img/hero.avif", "/experiment.js"}


def test_a_list_that_was_cut_short_proves_nothing_missing() -> None:
    def cut(beacon: dict[str, Any], arm: str) -> None:
        beacon["resources"] = {
            **beacon["resources"],
            "slowest": beacon["resources"]["slowest"][:8],
            "by_type": {"other": [40, 9, 9, 0, 0]},
        }

    _, evidence = behind("Product page", "lcp", changed(run_of(LAB), cut))

    assert not [c for c in resource_changes(evidence, seed=7) if c.what in ("new", "gone")]


def test_the_exact_counter_of_the_main_resource_comes_first() -> None:
    causes = explained("Product page", "lcp").causes

    assert [cause.confidence for cause in causes] == ["exact", "likely", "possible"]
    assert plain(causes[0].what).startswith("/img/hero.avif grew from 84")


def test_a_grown_resource_is_no_cause_of_an_improvement() -> None:
    lab = replace(LAB, hero_delay=-300.0)

    causes = explained("Product page", "lcp", lab=lab).causes

    assert not [c for c in causes if c.confidence == "exact"]


def test_a_request_that_went_the_other_way_is_no_cause() -> None:
    def slower(beacon: dict[str, Any], arm: str) -> None:
        late = 0.0 if arm == "base" else 150.0
        for entry in beacon["resources"]["slowest"]:
            if "/api/price" in entry["url"]:
                entry["duration"] += late

    lab = replace(LAB, hero_delay=-300.0)

    causes = explained("Product page", "lcp", changed(run_of(lab), slower), lab).causes

    assert not [cause for cause in causes if "longer" in plain(cause.what)]


@pytest.mark.parametrize(("start", "told"), [(40.0, False), (5000.0, True)])
def test_a_step_is_explained_by_requests_made_after_the_page_had_loaded(
    start: float, told: bool
) -> None:
    def slow(beacon: dict[str, Any], arm: str) -> None:
        beacon["metrics"] = {**beacon["metrics"], "load": 2000.0}
        entry = {"type": "fetch", "size": 300, "status": 200, "start": start}
        url = beacon["page"]["url"].rpartition("/")[0] + "/cart"
        late = {"url": url, "duration": 20.0 if arm == "base" else 320.0}
        beacon["resources"]["slowest"].append({**entry, **late})

    run = changed(run_of(LAB), slow)
    slower = [
        replace(i, steps=tuple(_later(step) for step in i.steps)) if i.arm == "head" else i
        for i in run.iterations
    ]

    causes = explained("Add to cart", "duration", replace(run, iterations=tuple(slower))).causes

    assert ("/cart takes" in " ".join(plain(cause.what) for cause in causes)) == told


def _later(step: StepRecord) -> StepRecord:
    return step if step.duration is None else replace(step, duration=step.duration + 300)


def test_a_part_that_went_the_other_way_is_not_called_still() -> None:
    def trade(beacon: dict[str, Any], arm: str) -> None:
        if arm == "head":
            lcp = dict(beacon["attribution"]["lcp"])
            lcp["ttfb"] -= 100
            lcp["load_duration"] += 100
            beacon["attribution"] = {"lcp": lcp}

    found = explained("Product page", "lcp", changed(run_of(LAB), trade))

    told = next(plain(c.what) for c in found.causes if "load duration" in plain(c.what))
    assert "TTFB" not in told


def test_an_element_that_shifts_where_none_did_is_named() -> None:
    def shift(beacon: dict[str, Any], arm: str) -> None:
        moved = arm == "head"
        beacon["metrics"] = {**beacon["metrics"], "cls": 0.2 if moved else 0.0}
        if moved:
            beacon["attribution"] = {"cls": {"target": "div.banner"}}

    found = explained("Product page", "cls", changed(run_of(LAB), shift))

    assert [plain(cause.what) for cause in found.causes] == [
        "The largest shift is now of div.banner; base had no shift"
    ]


def test_a_hash_in_the_folder_makes_no_other_request() -> None:
    def hashed(beacon: dict[str, Any], arm: str) -> None:
        folder = "11c1aafb24" if arm == "base" else ":id"
        for entry in beacon["resources"]["slowest"]:
            entry["url"] = entry["url"].replace("/app.js", f"/assets/{folder}/app.js")

    _, evidence = behind("Product page", "lcp", changed(run_of(LAB), hashed))

    assert "app.js" not in " ".join(c.name for c in resource_changes(evidence, seed=7))


def test_another_largest_element_is_told_with_both_selectors() -> None:
    def swap(beacon: dict[str, Any], arm: str) -> None:
        if arm == "head":
            lcp = {**beacon["attribution"]["lcp"], "target": "div.promo"}
            beacon["attribution"] = {"lcp": lcp}

    found = explained("Product page", "lcp", changed(run_of(LAB), swap))

    told = [plain(cause.what) for cause in found.causes]
    assert "The largest element is now div.promo, was img.hero" in told


def test_a_script_that_runs_longer_explains_blocking() -> None:
    def busy(beacon: dict[str, Any], arm: str) -> None:
        spent = 40.0 if arm == "base" else 240.0
        beacon["metrics"] = {**beacon["metrics"], "tbt": spent}
        url = beacon["page"]["url"].rpartition("/")[0] + "/heavy.js"
        beacon["frames"] = {"scripts": [{"url": url, "duration": spent}]}

    found = explained("Product page", "tbt", changed(run_of(LAB), busy))

    assert plain(found.causes[0].what) == "/heavy.js runs 200\u00a0ms longer"
    assert found.causes[0].confidence == "likely"


def test_a_page_without_changes_has_no_cause() -> None:
    assert explained("Home", "lcp").causes == ()


def test_the_shown_pair_is_whole_and_nearest_both_medians() -> None:
    result, evidence = behind("Product page", "lcp")

    base, head = nearest_median(evidence)

    assert base is not None
    assert head is not None
    assert base.iteration.pair == head.iteration.pair
    shown = abs((head.value or 0) - (result.head.median or 0))
    assert shown <= sorted(abs(v - (result.head.median or 0)) for v in result.head.values)[9]


def test_the_waterfall_names_what_differs() -> None:
    _, evidence = behind("Product page", "lcp")
    base, head = nearest_median(evidence)
    assert head is not None

    chart = waterfall_chart(base, head, resource_changes(evidence, seed=7), "regressed")

    assert chart is not None
    differing = {row.name: row.note for row in chart.rows if row.differs}
    assert differing == {
        "/img/hero.webp → /img/hero.avif": "84 → 212\u00a0kB",
        "/experiment.js": "new · 9.1\u00a0kB",
    }


def test_many_equal_requests_fold_and_are_counted() -> None:
    def many(beacon: dict[str, Any], arm: str) -> None:
        origin = beacon["page"]["url"].rpartition("/")[0]
        entry = {"type": "image", "duration": 30.0, "size": 900, "status": 200}
        beacon["resources"] = {
            "by_type": {"image": [60, 54_000, 30, 0, 0]},
            "slowest": [
                {**entry, "url": f"{origin}/{i}.png", "start": 10.0 * i} for i in range(60)
            ],
        }

    _, evidence = behind("Product page", "lcp", changed(run_of(LAB), many))
    base, head = nearest_median(evidence)
    assert head is not None

    chart = waterfall_chart(base, head, (), "unchanged")

    assert chart is not None
    assert len(chart.rows) == 30
    assert chart.folded == 31  # sixty images and the page itself


@given(st.lists(st.floats(0, 2000), min_size=6, max_size=30), st.floats(-500, 500))
def test_a_constant_shift_is_found_exactly(base: list[float], shift: float) -> None:
    found = median_difference(base, [b + shift for b in base], seed=1, paired=True)

    assert found is not None
    assert found.value == pytest.approx(shift, abs=1e-6)
    assert found.low == pytest.approx(shift, abs=1e-6)


def test_the_same_seed_gives_the_same_band() -> None:
    base, head = [float(i) for i in range(20)], [float(i * 2) for i in range(20)]

    bands = [band_of(base, head, seed=7, paired=True) for _ in range(2)]

    assert bands[0] == bands[1]


def test_percentiles_that_hang_on_one_load_are_not_drawn() -> None:
    twelve = band_of(
        [float(i) for i in range(12)], [float(i) for i in range(12)], seed=1, paired=True
    )

    assert twelve is not None
    assert twelve.percentiles[-1] * 12 <= 10


def test_too_few_loads_have_no_band_and_no_interval() -> None:
    assert band_of([1.0] * 9, [2.0] * 9, seed=1, paired=True) is None
    few = median_difference([1.0, 2, 3], [2.0, 3, 4], seed=1, paired=True)
    assert few is not None
    assert few.low is None


def test_every_gate_of_the_example_finds_its_loads() -> None:
    run = run_of(LAB)

    for result in comparison_of(LAB, run, gates_of(LAB)).gates:
        assert len(evidence_of(result, run, None).head) == LAB.pairs
