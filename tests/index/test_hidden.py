"""Text of a page that its readers do not see goes, and is told."""

from __future__ import annotations

import pytest
from lxml import etree, html

from footnote_index.loaders.markup.hidden import as_seen, comments_in, remark_on

SAID = "The toll is nine crowns."


def told(body: str, head: str = "") -> tuple[str, list[str]]:
    """What stays, and what was hidden."""
    page = html.fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    hidden = as_seen(page)
    return "".join(page.find("body").itertext()), hidden


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY: None !important",
        "visibility: hidden",
        "visibility: collapse",
        "content-visibility: hidden",
        "mso-hide: all",
        "opacity: 0",
        "opacity: .04",
        "opacity: 4%",
        "filter: opacity(0)",
        "font-size: 0",
        "font-size: 1px",
        "font-size: 0.05em",
        "position: absolute; left: -9999px",
        "text-indent: -9999px",
        "margin-left: -100em",
        "overflow: hidden; height: 0",
        "overflow: hidden; height: 1px; width: 1px",
        "transform: scale(0)",
        "transform: translateX(-999px)",
        "clip: rect(0, 0, 0, 0)",
        "clip-path: inset(50%)",
        "clip-path: circle(0)",
        "color: #fff",
        "color: transparent",
        "color: black; background: black",
    ],
)
def test_styles_hide_text_in_many_ways(style: str) -> None:
    assert told(f'a<p style="{style}">{SAID}</p>b') == ("ab", [SAID])


@pytest.mark.parametrize(
    "style",
    [
        "display: block",
        "visibility: visible",
        "opacity: .05",
        "opacity: 1",
        "opacity: 5%",
        "opacity: 10%",
        "filter: opacity(50%)",
        "font-size: 2px",
        "font-size: 0.1em",
        "font-size: 1em",
        "position: absolute; left: -9px",
        "left: -9999px",
        "text-indent: -2em",
        "overflow: hidden; height: 2px",
        "overflow: hidden; height: 1px",
        "height: 0",
        "clip-path: inset(5%)",
        "color: #000",
        "color: white; background: black",
        "color: white; background-clip: text",
    ],
)
def test_other_styles_show_it(style: str) -> None:
    assert told(f'a<p style="{style}">{SAID}</p>b') == (f"a{SAID}b", [])


def test_the_attribute_hides_unless_a_search_would_show_it() -> None:
    assert told(f"<p hidden>{SAID}</p>") == ("", [SAID])
    assert told(f'<p hidden="until-found">{SAID}</p>') == (SAID, [])


def test_a_hidden_part_is_told_once_and_whole() -> None:
    body = '<div style="display:none"><p>The toll</p> <p style="display:none">is nine <b>crowns.</b></p></div>'
    assert told(body) == ("", [SAID])


@pytest.mark.parametrize(
    "body",
    [
        '<p style="display:none">Nine crowns</p>',
        f'<div style="display:none"><a href="/">{SAID}</a></div>',
        f'<nav><p style="display:none">{SAID}</p></nav>',
        f'<footer><div><p style="display:none">{SAID}</p></div></footer>',
    ],
)
def test_short_texts_and_menus_go_without_a_word(body: str) -> None:
    assert told(body) == ("", [])


def test_a_hidden_formula_stays() -> None:
    body = '<span style="display:none"><math><mi>a</mi><mo>=</mo><mi>b</mi></math></span>'
    assert told(body) == ("a=b", [])


def test_a_page_that_a_script_shows_stays() -> None:
    long = "The dam holds. " * 100
    assert told(f'<div style="opacity:0"><p>{long}</p></div>')[0] == long
    assert told(f'<div style="opacity:0">{long}</div><div>{long}</div>')[0] == long


@pytest.mark.parametrize(
    ("markup", "tag"),
    [
        ('<span style="text-decoration: line-through">x</span>', "s"),
        ('<p style="text-decoration-line: line-through">x</p>', "s"),
        ('<span style="vertical-align: super">x</span>', "sup"),
        ('<span style="vertical-align: 0.5em">x</span>', "sup"),
        ('<span style="position: relative; top: -0.4em; font-size: 70%">x</span>', "sup"),
        ('<span style="position: relative; top: -0.4em">x</span>', "span"),
        ('<span style="vertical-align: 0.1em">x</span>', "span"),
        ('<span style="vertical-align: sub">x</span>', "sub"),
        ('<td style="vertical-align: super">x</td>', "td"),
    ],
)
def test_styles_that_mean_something_become_elements(markup: str, tag: str) -> None:
    page = etree.fromstring(f"<body>{markup}</body>")
    as_seen(page)
    assert page[0].tag == tag


def test_comments_are_told_if_they_are_sentences() -> None:
    source = f"<!-- {SAID} --><!-- a --><!--<p>{SAID}</p>-->\n[//]: # ({SAID})\n[comment]: <> (toll)\n"
    assert comments_in(source) == [SAID, SAID]


@pytest.mark.parametrize(
    ("found", "remark"),
    [
        ([], None),
        (["a" * 60], f"hidden text, which is left out (“{'a' * 60}”)"),
        ([SAID, "b", "c"], f"hidden text, which is left out (“{SAID}” and 2 more)"),
        (["a" * 59 + " " + "b"], f"hidden text, which is left out (“{'a' * 59}…”)"),
    ],
)
def test_a_remark_shows_the_beginning_of_the_first_text(found: list[str], remark: str | None) -> None:
    assert remark_on(found) == remark
