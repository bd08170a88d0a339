"""Every renderer from one golden view, byte for byte; renew with RUMTEST_RENEW_GOLDENS=1."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumtest.report import html, jsonfile, terminal
from rumtest.report.document import document_schema
from tests.support.report import (
    TINY_BUNDLE,
    VIEWS,
    example_view,
    golden,
    hostile_view,
    renewing,
    small_view,
)

SCHEMA = files("rumtest.report") / "report-1.schema.json"


class Page(HTMLParser):
    """Tags with their attributes, and the texts of the elements that hold data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def page(name: str = "example") -> str:
    return html.render(VIEWS[name](), bundle=TINY_BUNDLE)


def carried(text: str) -> Any:
    found = re.search(r'id="rumtest-view">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_html_of_the_golden_view() -> None:
    text = html.render(small_view(), bundle=TINY_BUNDLE)

    assert text == golden("report.html", text)


def test_the_json_of_the_golden_view() -> None:
    text = jsonfile.render(small_view())

    assert text == golden("report.json", text)


@pytest.mark.parametrize(("width", "unicode"), [(100, True), (80, False)])
def test_the_terminal_text_of_the_golden_view(width: int, unicode: bool) -> None:
    text = terminal.render(small_view(), width=width, color=False, unicode=unicode)

    assert text == golden(f"report-{width}{'' if unicode else '-ascii'}.txt", text)


def test_the_published_schema_is_the_views_own() -> None:
    text = json.dumps(document_schema(), indent=1, ensure_ascii=False) + "\n"
    if renewing():
        with open(str(SCHEMA), "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(text)

    assert SCHEMA.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", VIEWS)
def test_every_json_report_keeps_to_the_schema(name: str) -> None:
    document = json.loads(jsonfile.render(VIEWS[name]()))

    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))

    assert document["format"] == 1


@pytest.mark.parametrize("name", VIEWS)
def test_the_html_carries_the_same_document_as_the_json_file(name: str) -> None:
    view = VIEWS[name]()

    assert carried(html.render(view, bundle=TINY_BUNDLE)) == json.loads(jsonfile.render(view))


def test_the_policy_names_the_very_script_and_style() -> None:
    tags = Page(page()).tags

    policy = next(a["content"] for t, a in tags if a.get("http-equiv"))

    assert policy == (
        f"default-src 'none'; script-src '{TINY_BUNDLE.script_hash}'; "
        f"style-src '{TINY_BUNDLE.style_hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", VIEWS)
def test_no_element_has_a_style_attribute_or_an_inline_handler(name: str) -> None:
    for tag, attributes in Page(page(name)).tags:
        assert "style" not in attributes, tag
        assert not [key for key in attributes if key.startswith("on")], tag


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_asked_for_from_anywhere(name: str) -> None:
    for _, attributes in Page(page(name)).tags:
        for key in ("src", "href", "srcset", "action", "xlink:href"):
            address = attributes.get(key)
            assert address is None or address.startswith(("#", "data:image/svg+xml,"))


@pytest.mark.parametrize("name", VIEWS)
def test_ids_are_unique_and_every_inner_link_has_its_target(name: str) -> None:
    tags = Page(page(name)).tags
    ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
    links = {a["href"] for t, a in tags if t == "a"}

    assert len(ids) == len(set(ids))
    assert {f"#{one}" for one in ids} >= links


@pytest.mark.parametrize("name", VIEWS)
def test_every_inline_svg_keeps_its_size_without_css(name: str) -> None:
    for tag, attributes in Page(page(name)).tags:
        if tag == "svg":
            assert attributes.get("width")
            assert attributes.get("height")


def test_hostile_text_makes_no_element() -> None:
    kinds = {tag for tag, _ in Page(page("hostile")).tags}
    calm = {tag for tag, _ in Page(page("example")).tags}

    assert kinds == calm
    assert page("hostile").count("<script") == 2


def test_hostile_text_is_shown_as_text() -> None:
    text = page("hostile")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "\u202e" not in text
    assert "{{7*7}}" in text


def test_a_report_of_sixteen_gates_stays_small() -> None:
    assert len(page().encode()) < 180_000


@given(st.integers(40, 160), st.booleans(), st.sampled_from(sorted(VIEWS)))
def test_no_terminal_line_is_wider_than_the_terminal(width: int, unicode: bool, name: str) -> None:
    text = terminal.render(KEPT_VIEWS[name], width=width, unicode=unicode)

    assert max(map(len, text.splitlines())) <= width


KEPT_VIEWS = {name: make() for name, make in VIEWS.items()}


@pytest.mark.parametrize("name", VIEWS)
def test_a_terminal_without_unicode_gets_ascii(name: str) -> None:
    text = terminal.render(KEPT_VIEWS[name], unicode=False)

    assert text.isascii()


def test_the_terminal_gets_no_escape_from_a_stranger() -> None:
    text = terminal.render(hostile_view(), color=False)

    assert not [c for c in text if ord(c) < 32 and c != "\n"]


def test_an_interval_of_nothing_is_told_once_in_the_terminal() -> None:
    (one, *_) = example_view().gates
    assert one.change is not None
    ends = {"absolute_low": -1e-5, "absolute_high": 1e-5, "low": -1e-9, "high": 1e-9}
    still = replace(one.change, absolute=0.0, relative=0.0, **ends)
    gate = replace(one, standing="unchanged", change=still)

    told = terminal.render(replace(example_view(), gates=(gate,), findings=(), unknowns=()))

    assert "±0\n" in told


def test_the_json_tells_every_number_that_decided() -> None:
    gate = next(one for one in example_view().gates if one.standing == "regressed")
    method = example_view().method

    assert None not in (gate.p_slower, gate.level, gate.margin, gate.tolerance, gate.change)
    assert gate.confirmed is not None
    assert gate.confirmed.p_slower is not None
    assert (method.q, method.looks) == (0.1, (10, 20))
    assert method.family == len([one for one in example_view().gates if one.verdict])


def test_colour_is_only_added_never_needed() -> None:
    view = example_view()

    coloured = terminal.render(view, color=True)

    assert re.sub(r"\x1b\[\d+m", "", coloured) == terminal.render(view, color=False)


def test_marks_at_a_lines_start_are_the_gates_outcomes() -> None:
    text = terminal.render(example_view())

    assert "  ✗ lcp   +145" in text
    assert "  ✓ lcp   −125" in text
    assert "  ? lcp +24" in text
