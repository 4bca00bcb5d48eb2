"""Properties of paragraphs and runs that come from Word's styles."""

from __future__ import annotations

import pytest

from footnote_index.loaders.docx.styles import Style, WordStyles
from footnote_index.loaders.docx.xml import attribute
from footnote_index.loaders.trees import Element, parsed

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def xml(markup: str) -> Element:
    return parsed(f"<w:x {SPACE}>{markup}</w:x>".encode())


def style(name: str, based_on: str = "", *, paragraph: str = "", run: str = "") -> str:
    return (
        f'<w:style w:styleId="{name}"><w:name w:val="{name.upper()}"/><w:basedOn w:val="{based_on}"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def indent(level: int) -> str:
    return f'<w:ind w:left="{level}"/>'


def found(element: Element | None) -> str | None:
    return None if element is None else attribute(element, "left")


STYLES = WordStyles.of(
    xml(
        style("base", paragraph=indent(1), run=indent(11))
        + style("middle", "base")
        + style("own", "middle", paragraph=indent(2))
        + style("none")
        + "<w:other/>"
    )
)


def of_paragraph(properties: str) -> str | None:
    return found(STYLES.of_paragraph(xml(properties), "ind"))


def test_a_paragraph_has_its_own_properties_first() -> None:
    assert of_paragraph(f'<w:pStyle w:val="own"/>{indent(3)}') == "3"


@pytest.mark.parametrize(
    ("name", "expected"), [("own", "2"), ("middle", "1"), ("base", "1"), ("none", None), ("x", None)]
)
def test_the_nearest_style_that_says_it_counts(name: str, expected: str | None) -> None:
    assert of_paragraph(f'<w:pStyle w:val="{name}"/>') == expected


def test_without_a_style_there_is_nothing() -> None:
    assert of_paragraph("") is None
    assert STYLES.of_paragraph(None, "ind") is None


def test_a_run_has_its_own_then_those_of_its_style_then_those_of_its_paragraph() -> None:
    styles = WordStyles.of(xml(style("run", run=indent(5)) + style("paragraph", run=indent(6))))
    of_style, own = xml('<w:rStyle w:val="run"/>'), xml(f'<w:rStyle w:val="run"/>{indent(4)}')
    assert [
        found(styles.of_run(own, "ind", "paragraph")),
        found(styles.of_run(of_style, "ind", "paragraph")),
        found(styles.of_run(None, "ind", "paragraph")),
        found(styles.of_run(None, "ind")),
    ] == ["4", "5", "6", None]


def test_the_properties_of_paragraphs_and_of_runs_are_apart() -> None:
    assert found(STYLES.of_run(None, "ind", "own")) == "11"


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="heading 2"/>', 2),
        ('<w:pStyle w:val="firm"/>', 2),
        ('<w:pStyle w:val="chapter"/>', 1),
        ('<w:pStyle w:val="clause"/>', 0),
        ('<w:pStyle w:val="clause"/><w:outlineLvl w:val="3"/>', 4),
        ('<w:outlineLvl w:val="x"/>', 0),
        ("", 0),
    ],
)
def test_a_heading_is_known_by_its_styles_or_its_outline_level(properties: str, level: int) -> None:
    outline = '<w:outlineLvl w:val="{}"/>'.format
    styles = style("heading 2") + style("firm", "heading 2") + style("chapter", paragraph=outline(0))
    known = WordStyles.of(xml(styles + style("clause", "firm", paragraph=outline(9))))
    assert known.level_of(xml(properties)) == level


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = WordStyles.of(xml(style("a", "b") + style("b", "a")))
    assert styles.of_paragraph(xml('<w:pStyle w:val="a"/>'), "ind") is None


def test_ten_styles_are_read_and_no_more() -> None:
    styles = WordStyles.of(xml("".join(style(f"s{n}", f"s{n + 1}") for n in range(10)) + style("s10", run=indent(7))))
    assert [found(styles.of_run(None, "ind", name)) for name in ("s0", "s1")] == [None, "7"]


def test_names_are_in_lower_case_and_an_unknown_style_has_none() -> None:
    assert STYLES["own"].name == "own"
    assert STYLES["own"].based_on == "middle"
    assert STYLES["missing"] == Style()


def test_a_document_without_styles_has_no_properties_but_its_own() -> None:
    styles = WordStyles.of(None)
    assert found(styles.of_run(xml(indent(4)), "ind", "own")) == "4"
    assert styles.of_run(None, "ind", "own") is None


@pytest.mark.parametrize(
    ("name", "is_code"),
    [("source code", True), ("html preformatted", True), ("code", True), ("code of law", False), ("", False)],
)
def test_some_styles_are_for_code(name: str, is_code: bool) -> None:
    assert Style(name).is_code is is_code
