"""Text of a page that its readers do not see is left out and reported."""

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
        *("display:none", "DISPLAY: None !important", "visibility: hidden", "visibility: collapse"),
        *("content-visibility: hidden", "mso-hide: all", "opacity: 0", "opacity: .04", "opacity: 4%"),
        *("filter: opacity(0)", "font-size: 0", "font-size: 1px", "font-size: 0.05em"),
        *("position: absolute; left: -9999px", "text-indent: -9999px", "margin-left: -100em"),
        *("overflow: hidden; height: 0", "overflow: hidden; height: 1px; width: 1px", "transform: scale(0)"),
        *("transform: translateX(-999px)", "clip: rect(0, 0, 0, 0)", "clip-path: inset(50%)", "clip-path: circle(0)"),
        *("color: #fff", "color: transparent", "color: black; background: black", "opacity: calc(0)", "opacity: -1"),
        *("filter: blur(1px) opacity(4%)", "filter: opacity(4%) blur(1px)", "filter: blur(20px)", "font: 0/0 a"),
        *("font-size: 1e-9px", "letter-spacing: -99px", "zoom: .05"),
        *("position: absolute; inset: 0 auto auto -9999px", "position: absolute; right: 9999px"),
        *("position: absolute; left: 9999px", "position: fixed; left: calc(0px - 999px)", "margin: -9999px 0 0 0"),
        *("margin-top: -9999px", "position: absolute; left: 50%; margin-left: -9999px", "height: 0; overflow: auto"),
        *("max-width: 0.5px; overflow: clip", "height: 0; padding-top: 40px; overflow: hidden"),
        *("text-indent: 100%; white-space: nowrap; overflow: hidden", "transform: scaleY(0)"),
        *("transform: scale(1, 0)", "transform: rotate(9deg) scale3d(.01, 1, 1)"),
        *("transform: matrix(0, 0, 0, 0, 0, 0)", "transform: matrix(1, 0, 0, 1, -9999, 0)"),
        *("transform: rotateX(90deg)", "transform: rotateY(.25turn)", "transform: translate3d(0, -9999px, 0)"),
        *("-webkit-transform: scaleX(0)", "scale: 0", "translate: -9999px", "clip: rect(0px,0px,0px,0px)"),
        *("clip: rect(1px 1px 1px 1px)", "clip: rect(5px, 90px, 5px, auto)", "clip-path: polygon(0 0,0 0)"),
        *("clip-path: polygon(evenodd, 0 0, 50% 0, 100% 0%)", "clip-path: polygon(-200% 0, -100% 0, -100% 100%)"),
        *("clip-path: inset(0 0 100% 0)", "clip-path: inset(0 60% 0 40% round 5px)", "clip-path: inset(9999px)"),
        *("clip-path: ellipse(0 50% at 10% 10%)", "clip-path: xywh(0 0 0 100%)", "clip-path: path('M 0 0 Z')"),
        *("mask: linear-gradient(transparent, transparent)", "-webkit-text-fill-color: transparent"),
        *("color: ghostwhite", "color: rgb(100%, 100%, 100%)", "color: rgba(0, 0, 0, .03); background: #eee"),
        *("color: oklch(1 0 0)", "color: white; background: 0 0", "display: none; display: bogus"),
        *("display: none !important; display: block", "display: n\\6fne", "display: /* a;b */ none"),
        *("color: white; color: bogus", "left: -9999px; left: bogus; position: absolute"),
    ],
)
def test_styles_hide_text_in_many_ways(style: str) -> None:
    assert told(f'a<p style="{style}">{SAID}</p>b') == ("ab", [SAID])


@pytest.mark.parametrize(
    "style",
    [
        *("display: block", "visibility: visible", "opacity: .05", "opacity: 1", "opacity: 5%", "opacity: 10%"),
        *("filter: opacity(50%)", "font-size: 2px", "font-size: 0.125em", "font-size: 1em"),
        *("position: absolute; left: -9px", "left: -9999px", "text-indent: -2em", "overflow: hidden; height: 2px"),
        *("overflow: hidden; height: 1px", "height: 0", "clip-path: inset(5%)", "color: #000"),
        *("color: white; background: black", "color: white; background-clip: text", "filter: opacity(40%) blur(1px)"),
        *("font: 12px/0 a", "letter-spacing: -.05em", "zoom: 1", "margin-top: -120px", "margin-left: -100%"),
        *("margin: 0 -9999px; padding: 0 9999px", "position: absolute; left: 50%; margin-left: -480px"),
        *("position: absolute; left: calc(50% - 480px)",),
        *("position: absolute; left: 100%; transform: translateX(-100%)", "position: relative; left: -100px"),
        *("position: absolute; left: -200px; width: 150px", "position: absolute; top: 12000px"),
        *("text-indent: -100px; padding-left: 100px", "transform: translate(-50%,-100%)", "transform: scale(.5)"),
        *("transform: rotate(90deg)", "transform: rotateX(30deg)", "transform: matrix(0, 1, -1, 0, 0, 0)"),
        *("height: 0; padding-bottom: 56.25%; overflow: hidden", "clip: rect(0, 200px, 90px, 0)"),
        *("clip: rect(auto, auto, auto, auto)", "clip-path: inset(50% 0 0 0)"),
        *("clip-path: polygon(0 0, 100% 0, 100% 90%, 0 100%)", "clip-path: circle(50%)", "clip-path: url(#wave)"),
        *("mask: linear-gradient(black, transparent)",),
        *("color: rgba(255, 255, 255, .9); background: rgba(0, 0, 0, .9)",),
        *("color: black; background: rgba(0, 0, 0, .5)", "color: white; background-image: url(a.png)"),
        *("color: white; background: var(--night)", "color: white; text-shadow: 0 0 2px black"),
        *("color: transparent; -webkit-text-stroke: 1px black", "display: block; display: bogus"),
    ],
)
def test_other_styles_show_it(style: str) -> None:
    assert told(f'a<p style="{style}">{SAID}</p>b') == (f"a{SAID}b", [])


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("font-size: 0", "font-size: 16px"),
        ("font-size: 0", "font-size: 1rem"),
        ("visibility: hidden", "visibility: visible"),
        ("text-indent: -9999px", "text-indent: 0"),
        ("letter-spacing: -1em", "letter-spacing: normal"),
        ("color: white", "color: black"),
        ("color: white", "background: black"),
        ("color: transparent", "color: #123"),
    ],
)
def test_what_a_part_shows_again_stays(outer: str, inner: str) -> None:
    body = f'<div style="{outer}">It is really blue. <p style="{inner}">{SAID}</p> Or so they say.</div>'
    seen, hidden = told(body)
    assert (seen.strip(), hidden) == (SAID, ["It is really blue. Or so they say."])


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("font-size: 0", "font-size: 1em"),
        ("font-size: 20%", "font-size: 20%"),
        ("opacity: .2", "opacity: .2"),
        ("opacity: 0", "opacity: 1"),
        ("display: none", "display: block"),
        ("color: white; background: black", "background: white"),
        ("position: absolute; left: -9999px", "position: static"),
    ],
)
def test_what_is_around_a_part_may_hide_it(outer: str, inner: str) -> None:
    assert told(f'<div style="{outer}"><p style="{inner}">{SAID}</p></div>') == ("", [SAID])


@pytest.mark.parametrize(
    "body",
    [
        '<div style="color:white"><a href="/">The toll is nine crowns.</a></div>',
        '<div style="color:white"><mark>The toll is nine crowns.</mark></div>',
        '<table background="a.png"><tr><td style="color:white">The toll is nine crowns.</td></tr></table>',
        '<div><img src="a.png"><p style="color:white;position:absolute">The toll is nine crowns.</p></div>',
        '<div style="background-image:url(a.png)"><p style="color:white">The toll is nine crowns.</p></div>',
    ],
)
def test_text_has_not_always_the_colour_around_it(body: str) -> None:
    assert told(body) == (SAID, [])


def test_pictures_in_an_element_without_room_for_letters_stay() -> None:
    page = html.fromstring('<html><body><div style="font-size:0">a<img alt="b"></div></body></html>')
    as_seen(page)
    assert [each.get("alt") for each in page.iter("img")] == ["b"]


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


def test_a_formula_does_not_protect_the_words_around_it() -> None:
    assert told(f'<p style="display:none">{SAID}<math><mi>a</mi></math></p>') == ("", [f"{SAID}a"])


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


def test_a_light_page_whose_colours_are_set_elsewhere_stays() -> None:
    assert told(f"<p>{SAID}</p>", "<style>body { color: white }</style>") == (SAID, [])
    parts = f"<p>{SAID}</p>" * 100
    assert told(f'<div style="color:white">{parts}</div>')[0] == SAID * 100


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
