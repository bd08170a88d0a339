"""The report page in a real Chromium: clean, calm, readable and usable at every width."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from rumtest.charts.bundle import bundle_of
from rumtest.report import html
from rumtest.synthetic.browser import find_browser, launch_arguments
from tests.support.report import VIEWS, example_view, hostile_view

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 360, 390, 768, 1440, 2560)
THEMES = ("light", "dark")
# Told by the page itself, since not every violation is reported to the console.
WATCH = """
window.seen = {violations: [], shift: 0};
addEventListener("securitypolicyviolation", (event) => {
  seen.violations.push(event.violatedDirective);
});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
DRAW_ALL = """async () => {
  document.documentElement.style.scrollBehavior = "auto";
  for (const chart of document.querySelectorAll("[data-chart]")) {
    if (chart.getClientRects().length) chart.scrollIntoView();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
  scrollTo(0, 0);
}"""
# Charts follow a new width in the frame after it; the next one shows them.
SETTLE = """() => new Promise((done) => requestAnimationFrame(() =>
  requestAnimationFrame(() => setTimeout(done))))"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Watched:
    """A page with everything that must not happen written down."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.console: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", self._refuse)

    def _refuse(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = find_browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found.path, args=list(launch_arguments())
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for name, make in VIEWS.items():
        made[name] = folder / f"{name}.html"
        made[name].write_text(html.render(make()), encoding="utf-8")
    return made


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield Watched(page)
    page.close()


def show(watched: Watched, file: Path, *, width: int = 1440, theme: str = "light") -> Page:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("name", VIEWS)
def test_a_report_asks_for_nothing_and_says_nothing_to_the_console(
    watched: Watched, files: dict[str, Path], name: str
) -> None:
    page = show(watched, files[name])
    page.evaluate(OPEN_ALL)
    page.evaluate(DRAW_ALL)

    assert page.evaluate("seen.violations") == []
    assert watched.console == []
    assert watched.requests == [files[name].as_uri()]


def test_hostile_text_opens_no_dialog_and_is_read_as_text(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["hostile"])
    page.evaluate(OPEN_ALL)
    page.evaluate(DRAW_ALL)

    assert watched.dialogs == []
    assert page.locator(".which strong").inner_text() == "<script>alert(1)</script>"
    assert "<img src=x onerror=alert(2)>" in page.locator("h1").inner_text()
    assert page.locator("main img, main script, main iframe").count() == 0


@pytest.mark.parametrize(
    ("name", "theme"),
    [("example", "light"), ("example", "dark"), ("hostile", "light"), ("single", "light")],
)
def test_the_page_never_scrolls_sideways(
    watched: Watched, files: dict[str, Path], name: str, theme: str
) -> None:
    page = show(watched, files[name], theme=theme)
    page.evaluate(OPEN_ALL)
    page.evaluate(DRAW_ALL)

    over = {}
    for width in (*WIDTHS, 600, 899, 941, 1001, 1181):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLE)
        over[width] = page.evaluate(TOO_WIDE)

    # At 320 the contract leaves one pixel.
    assert {width: by for width, by in over.items() if by > (1 if width == 320 else 0)} == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_shifts_while_charts_are_drawn(
    watched: Watched, files: dict[str, Path], width: int
) -> None:
    page = show(watched, files["example"], width=width)
    page.evaluate(DRAW_ALL)

    assert page.evaluate("seen.shift") == 0


@pytest.mark.parametrize(
    ("name", "width", "theme"),
    [
        *(("example", width, theme) for width in (390, 1440) for theme in THEMES),
        ("hostile", 390, "light"),
        ("single", 1440, "dark"),
    ],
)
def test_axe_finds_nothing(
    watched: Watched, files: dict[str, Path], name: str, width: int, theme: str
) -> None:
    page = show(watched, files[name], width=width, theme=theme)
    page.evaluate(OPEN_ALL)
    page.evaluate(DRAW_ALL)

    found = Axe().run(page)

    assert [
        (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ] == []


def test_every_load_is_a_dot(watched: Watched, files: dict[str, Path]) -> None:
    page = show(watched, files["example"])
    page.evaluate(DRAW_ALL)
    chart = page.locator('[data-path="findings.0.pairs"]')

    assert chart.locator("circle").count() == 40


def test_a_chart_is_drawn_again_at_the_width_it_gets(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])
    page.evaluate(DRAW_ALL)
    wide = page.locator('[data-path="findings.0.pairs"] > svg').get_attribute("width")

    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_function(
        "(was) => document.querySelector('[data-path=\"findings.0.pairs\"] > svg')"
        ".getAttribute('width') !== was",
        arg=wide,
    )

    assert page.locator('[data-path="findings.0.pairs"] > svg').bounding_box() is not None


def test_charts_far_below_wait_until_they_come_near(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])
    page.wait_for_selector('[data-path="findings.0.pairs"][data-drawn]')

    assert page.locator('[data-path^="pages."][data-drawn]').count() == 0


def test_ten_key_presses_lead_to_the_table_of_the_worst_finding(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])
    keys = ["Tab", "Enter", "Tab", "Enter", "Tab", "Enter"]

    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(30)

    assert len(keys) <= 12
    card = page.locator("article.card.regressed").first
    assert card.locator("details.as-table[open] table").is_visible()


def test_a_chip_filters_the_gates_and_the_select_shows_it(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])

    page.locator('.chip[data-filter="inconclusive"]').click()

    assert page.locator("#shown").inner_text() == "2 of 16 gates"
    assert page.locator(".gates tbody tr:visible").count() == 2
    assert page.locator('select[data-by="verdict"]').input_value() == "inconclusive"


def test_filters_that_exclude_each_other_say_that_nothing_is_left(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])

    page.select_option('select[data-by="verdict"]', "regressed")
    page.select_option('select[data-by="profile"]', "desktop")

    assert page.locator("#no-gates").is_visible()


def test_sorting_by_change_turns_round_on_the_second_press(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])
    read = (
        "() => [...document.querySelectorAll('.gates tbody tr')].map(r => +r.dataset.sortChange)"
    )
    button = page.locator('button[data-sort="change"]')

    button.click()
    rising = page.evaluate(read)
    button.click()
    falling = page.evaluate(read)

    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert page.locator("th", has=button).get_attribute("aria-sort") == "descending"


def test_the_theme_button_goes_through_auto_light_and_dark(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])
    seen = []

    for _ in range(3):
        page.locator("#theme").click()
        seen.append(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))

    assert seen == ["light", "dark", "light dark"]


def test_a_link_to_a_gate_opens_what_hides_it(watched: Watched, files: dict[str, Path]) -> None:
    gate = next(gate for gate in example_view().gates if gate.standing == "improved")
    page = watched.page

    page.goto(f"{files['example'].as_uri()}#gate-{gate.id}")

    card = page.locator(f'[id="gate-{gate.id}"]')
    assert card.locator("details.evidence-of").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.id") == f"gate-{gate.id}"


def test_the_report_can_be_taken_along_as_markdown(
    chromium: Browser, files: dict[str, Path]
) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(files["hostile"].as_uri())

    page.locator("#copy").click()
    page.wait_for_function("document.getElementById('said').textContent !== ''")
    text = page.evaluate("navigator.clipboard.readText()")
    context.close()

    assert text.startswith("### Regressed: Product")
    assert "<img" not in text.replace("\\<", "")
    assert "What this run could not tell:" in text


def test_printing_draws_every_chart_at_the_papers_width(
    watched: Watched, files: dict[str, Path]
) -> None:
    page = show(watched, files["example"])

    pdf = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(pdf) > 10_000
    drawn = page.evaluate(
        "() => [...document.querySelectorAll('[data-chart]')].filter(c => c.dataset.drawn).length"
    )
    assert drawn == page.locator("[data-chart]").count()


def test_with_scripts_off_words_strips_and_tables_stand(
    chromium: Browser, files: dict[str, Path]
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 900}
    )
    page = context.new_page()
    page.goto(files["example"].as_uri())

    assert page.locator("h1").is_visible()
    assert page.locator(".hero").is_visible()
    assert page.locator(".matrix").is_visible()
    assert page.locator(".gates tbody tr").count() == 16
    page.locator("details.as-table summary").first.click()
    assert page.locator("details.as-table table").first.is_visible()
    assert page.locator("#theme").is_hidden()
    assert page.locator(".reserve").first.is_hidden()
    context.close()


def test_where_css_is_stripped_glyphs_stay_small_and_keep_their_colour(
    watched: Watched, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.html"
    bare.write_text(html.render(example_view(), bundle=bundle_of("", "")), encoding="utf-8")
    page = show(watched, bare)

    box = page.locator("main .glyph").first.bounding_box()
    strip = page.locator(".hero circle").first

    assert box is not None
    assert box["width"] <= 14
    assert strip.evaluate("e => getComputedStyle(e).fill") == "rgb(194, 16, 61)"


def test_the_page_carries_the_view_it_shows(watched: Watched, files: dict[str, Path]) -> None:
    page = show(watched, files["hostile"])

    carried = json.loads(page.locator("#rumtest-view").text_content() or "")

    assert carried["headline"][0]["text"] == hostile_view().headline[0].text
