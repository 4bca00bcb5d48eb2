"""HTML in Markdown becomes blocks, and comments are left out."""

from __future__ import annotations

import pytest

from footnote_index.loaders.blocks import text_of
from footnote_index.loaders.markdown.html import parts_of


def read(text: str) -> list[str]:
    """The parts; blocks of HTML as their text, in angle brackets."""
    parts = (part if isinstance(part, str) else f"<{text_of(part)}>" for part in parts_of(text))
    return [part for part in parts if part]


def test_markdown_alone_stays_as_it_is() -> None:
    text = "# The dam\r\n\n- It *holds*.\n  <b>Water</b>"
    assert read(text) == [text]


def test_html_is_read_in_its_place() -> None:
    assert read("one\n<p>two <b>three</b></p>\nfour\n") == ["one\n", "<two three>", "four\n"]


def test_an_element_ends_with_its_own_end() -> None:
    assert read("<div>one\n<div>two</div>\n<div>three</div></div>\nfour") == ["<one\n\ntwo\n\nthree>", "four"]


@pytest.mark.parametrize(
    "text",
    [
        "<div>one",
        "</div>\none",
        "    <div>one</div>",
        "one <div>two</div>",
        "<video>one</video>",
        "<b>one</b>",
        "<divided>one</divided>",
    ],
)
def test_what_does_not_begin_and_end_a_block_is_markdown(text: str) -> None:
    assert read(text) == [text]


def test_tables_and_lists_are_read_as_on_a_page() -> None:
    assert read("<table>\n<tr><th>Year</th><th>Height</th></tr>\n<tr><td>1932</td><td>5 m</td></tr>\n</table>") == [
        "<| Year | Height |\n| 1932 | 5 m |>"
    ]
    assert read("<ol>\n<li>tea</li>\n<li>rice</li>\n</ol>") == ["<1. tea\n2. rice>"]


@pytest.mark.parametrize("blank", ["\n\n", "\n \t\n", "\r\n\r\n"])
@pytest.mark.parametrize(
    ("parts", "blocks"),
    [
        (["<table>", "<tr><td>Fee</td><td>5 euros</td></tr>", "<tr><td>Tax</td><td>6</td></tr>", "</table>"],
         "|  |  |\n| Fee | 5 euros |\n| Tax | 6 |"),
        (["<ul>", "<li>tea</li>", "<li>", "rice", "</li>", "</ul>"], "- tea\n- rice"),
        (["<ol>", "<li><a href='a__b/*c*'>tea</a></li>", "</ol>"], "1. tea"),
        (["<dl>", "<dt>Tea</dt>", "<dd>It is hot.</dd>", "</dl>"], "Tea: It is hot."),
        (["<h1 align='center'>", "<img src='a.png'>", "Norvik", "</h1>"], "# Norvik"),
        (["<style>", "p { color: red }", "b { color: red }", "</style>"], ""),
    ],
)  # fmt: skip
def test_blank_lines_inside_tables_and_lists_do_not_end_them(blank: str, parts: list[str], blocks: str) -> None:
    assert read(blank.join(parts)) == [f"<{blocks}>"]


def test_tables_and_lists_inside_other_elements_stay_tables_and_lists() -> None:
    text = "<div>\n\n**One**\n\n    <ul>\n\n    <li>tea</li>\n\n    </ul>\n\n</div>\n"
    assert read(text) == ["\n\n**One**\n\n", "<- tea>", "\n\n"]


def test_of_tables_and_lists_with_markdown_the_text_is_read() -> None:
    table = "<table>\n  <tr>\n    <td>Fee</td><td>\n\n**5** euros\n\n    </td>\n  </tr>\n</table>\n"
    assert "".join(read(table)).split("\n") == ["", "", "Fee", "", "**5** euros", "", "", "", "", ""]
    items = "<ul>\n<li>\n\n[tea](a)\n\n</li>\n<li>rice</li>\n</ul>\n"
    assert [line for line in "".join(read(items)).split("\n") if line] == ["- [tea](a)", "- rice"]


def test_html_in_code_in_html_stays() -> None:
    assert read("<div>\n\n```\n  <p>one</p>\n```\n</div>\n") == ["\n\n```\n  <p>one</p>\n```\n\n"]


def test_tags_that_are_too_long_to_be_removed_are_read_once() -> None:
    tag = f"<div class='{'a' * 3_000}'>"
    assert read(f"{tag}\n\n<p>one</p>\n\n</div>\n") == [f"{tag}\n\none\n\n\n"]


def test_hidden_text_and_styles_are_not_seen() -> None:
    assert read('<div>one<p style="display:none">two</p></div>') == ["<one>"]
    assert read("<style>\np { color: red }\n</style>\none") == ["<>", "one"]


def test_markdown_inside_html_is_read_as_markdown() -> None:
    text = "<details>\n<summary>More</summary>\n\n- **tea**\n</details>\n"
    assert read(text) == ["\nMore\n\n- **tea**\n\n"]
    assert read("<div>\n```\ncode\n```\n</div>") == ["\n```\ncode\n```\n"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("one <!-- two --> three\n", "one  three\n"),
        ("one <!-- two\nthree\n--> four\n", "one  four\n"),
        ("<!-- one --><!-- two -->three", "three"),
        ("one <!-- two", "one <!-- two"),
        ("one <!-- two\nthree --> four <!-- five --> six\n", "one  four  six\n"),
        ("one <!-- ` --> two `\n", "one  two `\n"),
        ("one <!--> two\n", "one  two\n"),
        ("<!-- one -->```\n<p>two</p>\n```\n", "```\n<p>two</p>\n```\n"),
        ("one --> two <!-- three\nfour\n\nfive\n", "one --> two <!-- three\nfour\n\nfive\n"),
        ("one <!-- two --> three <!-- four\nfive\n", "one  three <!-- four\nfive\n"),
    ],
)
def test_comments_are_left_out_if_they_end(text: str, left: str) -> None:
    assert read(text) == [left]


@pytest.mark.parametrize(
    "text",
    [
        "Write `<!--` at the start and `-->` at the end.\n",
        "Write `<!--` at the start\n\nand then `-->` at the end.\n",
        "Write ``a ` <!-- b --> c``.\n",
    ],
)
def test_comments_in_code_are_code(text: str) -> None:
    assert read(text) == [text]


def test_many_comments_on_a_line_are_left_out_in_no_time() -> None:
    assert read(f"{'<!-- one -->' * 20_000}two") == ["two"]
    assert read("one -->\n" + "<!-- `" * 20_000) == ["one -->\n" + "<!-- `" * 20_000]


@pytest.mark.parametrize("fence", ["```", "~~~", "  ````"])
def test_code_stays_as_it_is(fence: str) -> None:
    text = f"{fence}html\n<div>one</div>\n<!-- two -->\n{fence}\n"
    assert read(text) == [text]


def test_after_code_html_is_read_again() -> None:
    assert read("```\n<p>one</p>\n```\n<p>two</p>") == ["```\n<p>one</p>\n```\n", "<two>"]


def test_code_within_a_line_is_no_fence() -> None:
    assert read("```x``` is code.\n<p>two</p>") == ["```x``` is code.\n", "<two>"]


@pytest.mark.parametrize(("fence", "no_end"), [("```", "```js"), ("````", "```"), ("```", "~~~"), ("~~~", "~~~ x")])
def test_a_fence_ends_with_its_marks_alone(fence: str, no_end: str) -> None:
    text = f"{fence}\n{no_end}\n<p>one</p>\n"
    assert read(text) == [text]
    assert read(f"{text}{fence}`\n<p>two</p>" if fence[0] == "`" else f"{text}{fence}\n<p>two</p>")[1:] == ["<two>"]


def test_a_file_of_beginnings_is_read_in_no_time() -> None:
    text = "<div>\n" * 3_000
    assert read(text) == [text]


def test_an_element_that_says_so_has_markdown_inside() -> None:
    assert "".join(read('<figure markdown="span">\n![dam](a.png)\nThe *dam*.\n</figure>')).split() == [
        *("![dam](a.png)", "The", "*dam*."),
    ]
