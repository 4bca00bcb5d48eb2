"""How much of each part of a page was kept, in words."""

from __future__ import annotations

import pytest
from lxml import etree, html

from footnote_index.loaders.html.kept_words import KeptWords, WordCount
from footnote_index.loaders.trees import Element


def body(markup: str) -> Element:
    return html.document_fromstring(f"<body>{markup}</body>").find("body")


def kept(markup: str) -> KeptWords:
    return KeptWords.of(body(markup))


def counts(markup: str, kept_markup: str = "") -> dict[str, tuple[int, int, int]]:
    """For each block by its id: its words, how many were kept, and how many are in links."""
    page = body(markup)
    count = WordCount.of(page, kept(kept_markup))
    return {
        each.get("id", "body"): (count.all[each], count.kept[each], count.linked[each])
        for each in page.iter(etree.Element)
        if each in count.all
    }


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one two three four", 4),
        ("two three four five", 4),
        ("zero one two three four", 4),
        ("one two three four six", 4),
        ("one two three six five", 0),
        ("one two three", 0),
        ("six seven", 2),
        ("six", 0),
        ("", 0),
    ],
)
def test_runs_of_four_words_count_and_shorter_texts_as_a_whole(words: str, number: int) -> None:
    assert kept("<p>one two three four five</p><p>six seven</p>").count(words.split()) == number


def test_a_run_goes_on_over_inline_elements() -> None:
    assert kept("<p>one <b>two</b> three four</p>").count(["one", "two", "three", "four"]) == 4


def test_a_short_text_goes_on_over_inline_elements() -> None:
    found = kept("<p>one <b>two</b></p><p>thr<i>ee</i><br>four <a href='/'>five</a></p>")
    assert [found.count(words.split()) for words in ("one two", "three", "four five")] == [2, 1, 2]
    assert found.count(["two", "three"]) == 0


def test_a_word_may_be_partly_in_an_inline_element() -> None:
    assert kept("<p>one tw<b>o</b> three four</p>").count(["one", "two", "three", "four"]) == 4


def test_a_line_break_ends_a_word() -> None:
    assert counts('<p id="a">one two<br>three four</p>', "<p>one two<br>three four</p>")["a"] == (4, 4, 0)


def test_each_line_of_a_short_text_counts_as_a_whole() -> None:
    found = kept("<p>one two<br>three\nfour</p>")
    assert [found.count(words.split()) for words in ("one two", "three four", "three", "four")] == [2, 2, 1, 1]


def test_blocks_count_what_is_in_them() -> None:
    assert counts(
        '<div id="a"><p id="b">one two three four</p><p id="c">five</p></div>', "<p>one two three four</p>"
    ) == {
        "body": (5, 4, 0),
        "a": (5, 4, 0),
        "b": (4, 4, 0),
        "c": (1, 0, 0),
    }


def test_inline_elements_are_words_of_their_block() -> None:
    assert counts('<p id="a">one <i>two</i>, thr<b>ee</b> four</p>', "<p>one two three four</p>") == {
        "body": (4, 4, 0),
        "a": (4, 4, 0),
    }


def test_an_inline_element_with_a_block_inside_is_a_block() -> None:
    found = counts('<p id="a">one</p><span id="b">two<div id="c">three</div></span>')
    assert [found[each][0] for each in "abc"] == [1, 2, 1]


def test_words_in_links_are_counted_however_deep() -> None:
    assert counts('<p id="a">one <a href="/"><b>two</b> three</a> four</p>')["a"] == (4, 0, 2)
    assert counts('<a href="/"><div id="a">one two</div></a>')["a"] == (2, 0, 2)


def test_formulas_and_readings_are_not_counted() -> None:
    markup = '<p id="a">one <math><mi>x</mi></math> two <ruby>three<rt>four</rt></ruby> five</p>'
    assert counts(markup)["a"][0] == 4


def test_text_after_a_block_belongs_to_what_is_around() -> None:
    assert counts('<div id="a"><p id="b">one</p> two three</div>')["a"] == (3, 0, 0)


def test_only_blocks_with_kept_text_of_their_own_flow() -> None:
    page = body("<div><p>one two three four</p><p>five six seven eight</p></div>")
    count = WordCount.of(page, kept("<p>one two three four</p>"))
    assert [each.text for each in count.flowing] == ["one two three four"]
