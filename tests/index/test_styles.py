"""Style sheets of a page, as far as they decide what is visible."""

from __future__ import annotations

import pytest
from lxml import html

from footnote_index.loaders.css.colours import WHITE, Colour
from footnote_index.loaders.css.declarations import declared_in
from footnote_index.loaders.css.styles import PageStyles
from footnote_index.loaders.trees import Element

BLACK = (0, 0, 0)
SIDES = ("top", "right", "bottom", "left")
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
        ".note { display: none !important } #it { display: block }",
        "p { display: none ! IMPORTANT } p.note { display: block }",
        "#it { display: block !important } #it { display: none !important }",
        "p { display: none !important; display: block }",
        "@layer a, b; @layer b { p { display: none } } @layer a { #it { display: block } }",
        "@layer a { #it { display: block } } p { display: none }",
    ],
)
def test_the_more_special_rule_counts_and_of_equals_the_later_one(sheet: str) -> None:
    assert shown(sheet) == "none"


def test_the_element_itself_counts_most() -> None:
    assert shown("#it { display: none }", '<p id="it" style="DISPLAY: Block">It holds.</p>') == "block"


def test_an_important_rule_counts_more_than_the_element_itself() -> None:
    body = '<p id="it" style="display: block{}">It holds.</p>'
    assert shown("p { display: none !important }", body.format("")) == "none"
    assert shown("p { display: none !important }", body.format(" !important")) == "block"


@pytest.mark.parametrize(
    "sheet",
    [
        '@charset "utf-8"; p { display: none }',
        "@import url(a.css); p { display: none }",
        "@import url(data:text/css;a{}); p { display: none }",
        "@layer x; p { display: none }",
        "@namespace svg url(a); p { display: none }",
        "<!-- p { display: none } -->",
        "h1 { content: '}' } p { display: none }",
        "h1 { color: red; } p { display: none",
        "h1 { } } p { } p { display: none }",
        "p { /* } */ display: none }",
        "p { content: 'a;b'; display: none }",
        "p { background: url(data:image/png;base64,a); display: none }",
        f"p {{ {'color: red; ' * 1000} display: none }}",
        "@media screen { p { display: none } }",
        "@media only screen and (min-width: 1px) { p { display: none } }",
        "@media print, all { p { display: none } }",
        "@supports (display: block) { @layer x { p { display: none } } }",
        "div { & p { display: none } }",
        "div { color: red; .note { display: none } }",
        ".note { &.first { display: none } }",
        "p { color: red; @media all { display: none } }",
    ],
)
def test_a_rule_is_found_wherever_it_is(sheet: str) -> None:
    assert shown(sheet) == "none"


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print { p { display: none } }",
        "@media screen and (max-width: 600px) { p { display: none } }",
        "@media (min-width: 900px) { p { display: none } }",
        "@font-face { display: none }",
        "@keyframes p { p { display: none } }",
        "/* p { display: none }",
        "h1 { p { display: none } }",
        "p { display: nonsense }",
    ],
)
def test_a_rule_that_does_not_count_changes_nothing(sheet: str) -> None:
    assert shown(sheet) is None


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        ("div > p", False),
        ("div>p", False),
        ("section > p", True),
        ("div p", True),
        ("div > section > p", True),
        ("div section > p", True),
        ("body > div p", True),
        ("body > section p", False),
        ("html > div p", False),
        ("div > > p", False),
        ("> p", False),
    ],
)
def test_a_child_is_no_deeper_one(selector: str, fits: bool) -> None:
    body = '<div><section><p id="it">It holds.</p></section></div>'
    assert (shown(f"{selector} {{ display: none }}", body) == "none") is fits


def test_a_fitting_ancestor_is_found_behind_one_that_does_not_fit() -> None:
    body = '<div class="a"><b><i class="b"><div><i class="b"><p id="it">It holds.</p></i></div></i></b></div>'
    assert shown(".a > b .b p { display: none }", body) == "none"
    assert shown("b > .b p { display: none }", body) == "none"
    assert shown(".a > .b p { display: none }", body) is None


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
        ("border: 1px   solid", {"border": "1px solid"}),
        ("margin: 1px   2px", {f"margin-{side}": ["1px", "2px"][side in "leftright"] for side in SIDES}),
        ("inset: 1px 2px 3px", {"top": "1px", "right": "2px", "bottom": "3px", "left": "2px"}),
        ("font: italic 12px/0 serif", {"font-size": "12px"}),
        ("font-size: 0; font: nonsense", {"font-size": "0"}),
        ("display: none; display: nonsense", {"display": "none"}),
        ("display: none; display", {"display": "none"}),
        ("color", {"color": ""}),
        (": red; ;", {}),
        ("", {}),
    ],
)
def test_declarations(style: str, rules: dict[str, str]) -> None:
    found = declared_in(style)
    assert {**found.usual, **found.important} == rules


@pytest.mark.parametrize(
    ("sheet", "body", "colour"),
    [
        ("", BODY, WHITE),
        ("body { background: #000 }", BODY, BLACK),
        ("body { background: #000 } div { background-color: white }", BODY, WHITE),
        ("body { background: #000 } div { background: transparent }", BODY, BLACK),
        ("div { background: url(a.png) }", BODY, None),
        ("div { background-image: url(a.png) }", BODY, None),
        ("div { background-color: #fff; background-image: linear-gradient(red, blue) }", BODY, None),
        ("div { background: #000; background-image: none }", BODY, BLACK),
        ("div { background-image: url(a.png) } #all { background: #000 }", BODY, BLACK),
        ("body { background: #000 } div { background: 0 0 }", BODY, BLACK),
        ("div { background: rgba(0, 0, 0, .5) }", BODY, (128, 128, 128)),
        ("div { background: lab(50% 20 20) }", BODY, None),
        (":root { color-scheme: light dark }", BODY, None),
        ("", '<table bgcolor="000000"><tr><td id="it">x</td></tr></table>', BLACK),
        ("", '<table background="a.png"><tr><td id="it">x</td></tr></table>', None),
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
