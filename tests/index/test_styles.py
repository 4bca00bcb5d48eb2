"""Style sheets of a page, as far as they decide what is visible."""

from __future__ import annotations

import pytest
from lxml import html

from footnote_index.loaders.markup.colours import WHITE, Colour
from footnote_index.loaders.markup.styles import PageStyles, parsed_rules
from footnote_index.loaders.markup.trees import Element

BLACK = (0, 0, 0)
BODY = '<div id="all" class="page wide"><p id="it" class="note first">It holds.</p></div>'


def page(sheet: str, body: str = BODY, head: str = "") -> tuple[PageStyles, Element]:
    """The styles, and the element with the id `it`."""
    tree = html.fromstring(f"<html><head>{head}<style>{sheet}</style></head><body>{body}</body></html>")
    return PageStyles.of(tree), tree.get_element_by_id("it")


def shown(sheet: str, body: str = BODY) -> str | None:
    styles, it = page(sheet, body)
    return styles.rules(it).get("display")


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "P",
        "*",
        ".note",
        ".note.first",
        "p.first",
        "#it",
        "div p",
        "div > p",
        ".page .note",
        "body .wide p#it.note",
        "h1, p",
        "html body div p",
    ],
)
def test_selectors_that_fit(selector: str) -> None:
    assert shown(f"{selector} {{ display: none }}") == "none"


@pytest.mark.parametrize(
    "selector",
    ["h1", ".other", ".note.other", "#all", "p div", ".note .page", "p:hover", "p[id]", "a b c d e f p", "p + p"],
)
def test_selectors_that_do_not_fit_or_are_not_supported(selector: str) -> None:
    assert shown(f"{selector} {{ display: none }}") is None


@pytest.mark.parametrize(
    "sheet",
    [
        "#it { display: none } .note.first { display: block }",
        ".note { display: none } div p { display: block }",
        "div p { display: none } p { display: block }",
        "p { display: block } p { display: none }",
        "p { display: block; display: none }",
    ],
)
def test_the_more_special_rule_counts_and_of_equals_the_later_one(sheet: str) -> None:
    assert shown(sheet) == "none"


def test_the_element_itself_counts_most() -> None:
    assert shown("#it { display: none }", '<p id="it" style="DISPLAY: Block">It holds.</p>') == "block"


def test_comments_and_rules_for_other_media_are_left_out() -> None:
    assert shown("/* p { display: none } */ h1 { display: none }") is None
    assert shown("@media print { p { display: none } } h1 { display: none }") is None
    assert shown("@media print { p { color: red } } p { display: none }") == "none"


def test_linked_sheets_come_before_those_of_the_page() -> None:
    tree = html.fromstring(f"<html><head><style>p {{ display: block }}</style></head><body>{BODY}</body></html>")
    styles = PageStyles.of(tree, ["p { display: none; opacity: 0 }"])
    assert styles.rules(tree.get_element_by_id("it"))["opacity"] == "0"


@pytest.mark.parametrize(
    ("style", "rules"),
    [
        ("color: RED; width:0", {"color": "red", "width": "0"}),
        ("color:red!important;", {"color": "red"}),
        ("margin: 1px   2px", {"margin": "1px 2px"}),
        ("color", {"color": ""}),
        (": red; ;", {}),
        ("", {}),
    ],
)
def test_declarations(style: str, rules: dict[str, str]) -> None:
    assert parsed_rules(style) == rules


@pytest.mark.parametrize(
    ("sheet", "body", "colour"),
    [
        ("", BODY, WHITE),
        ("body { background: #000 }", BODY, BLACK),
        ("body { background: #000 } div { background-color: white }", BODY, WHITE),
        ("body { background: #000 } div { background: transparent }", BODY, BLACK),
        ("div { background: url(a.png) }", BODY, None),
        ("", '<table bgcolor="#000000"><tr><td id="it">x</td></tr></table>', BLACK),
    ],
)
def test_the_background_of_text_is_that_of_the_nearest_element(sheet: str, body: str, colour: Colour | None) -> None:
    styles, it = page(sheet, body)
    assert styles.behind(it) == colour


@pytest.mark.parametrize(
    ("sheet", "head"), [("", '<link rel="StyleSheet" href="a.css">'), ("@import url(a.css); p { color: red }", "")]
)
def test_a_page_with_styles_elsewhere_has_no_known_background(sheet: str, head: str) -> None:
    styles, it = page(sheet, head=head)
    assert styles.behind(it) is None
    styles, it = page(f"{sheet} div {{ background: #000 }}", head=head)
    assert styles.behind(it) == BLACK
