"""An article as blocks of a page, and what changed in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_stage import BRIDGE, bridge

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.text.sentences import split_sentences
from footnote_bot.web.differences import WordChange, difference
from footnote_bot.web.document import BlockKind, PageBlock, Piece, around_cited, blocks
from footnote_bot.web.originals import original

MARKS = st.sampled_from(
    [
        "## A b",
        "- item. Two.",
        "2. two",
        "> said",
        "| a | b |",
        "| c | d |",
        "```",
        "x = 1",
        "",
        "Dr. Lee came. He left.",
        "a\u2028b",
        "  - deep",
    ]
)


def found(text: str = BRIDGE, *quotes: str) -> list[PageBlock]:
    spans = {(text.index(quote), text.index(quote) + len(quote)): (number,) for number, quote in enumerate(quotes, 1)}
    return blocks(bridge(text), spans)


def shown(block: PageBlock) -> str:
    return "".join(piece.text for piece in block.pieces) or " / ".join(" ".join(row.cells) for row in block.rows)


def test_a_text_becomes_headings_paragraphs_lists_tables_quotes_and_code() -> None:
    assert [(block.kind.value, shown(block)) for block in found()] == [
        ("paragraph", "The harbour lies in the north of the town."),
        ("heading", "History"),
        ("paragraph", "Before it there was a ferry. The bridge opened in 1932. It was painted red by two brothers."),
        ("item", "It has six arches."),
        ("item", "The toll was abolished in 1954."),
        ("table", "Year Carts a day / 1932 140 / 1950 2,600"),
        ("quote", "It changed the town for ever, wrote the mayor."),
        ("code", "span = 6 * 31"),
    ]


def test_a_cited_sentence_has_its_number_and_its_place() -> None:
    (block,) = [block for block in found(BRIDGE, "The bridge opened in 1932.") if block.is_cited]
    start = BRIDGE.index("The bridge")
    assert [(piece.text, piece.anchor) for piece in block.pieces if piece.numbers] == [
        ("The bridge opened in 1932.", f"s{start}-{start + 26}")
    ]


def test_a_row_and_a_list_item_are_cited_as_a_whole() -> None:
    cited = [block for block in found(BRIDGE, "| 1932 | 140 |", "- It has six arches.") if block.is_cited]
    assert [block.kind for block in cited] == [BlockKind.ITEM, BlockKind.TABLE]
    assert [row.numbers for row in cited[1].rows] == [(), (1,), ()]


def test_a_span_that_is_no_longer_a_sentence_is_still_marked() -> None:
    (block,) = [block for block in found(BRIDGE, "bridge opened in 1932. It was painted") if block.is_cited]
    assert [piece.text for piece in block.pieces if piece.numbers] == ["bridge opened in 1932. It was painted"]


def test_wrapped_lines_are_one_paragraph_and_other_lines_are_not() -> None:
    wrapped = (
        "The bridge over the northern harbour, which the town had wanted\n"
        "for forty years, was opened in the summer of 1932 by the mayor, and\n"
        "nobody in the town has taken the ferry since that day."
    )
    assert [block.kind for block in found(wrapped)] == [BlockKind.PARAGRAPH]
    assert len(found("Opening hours\nMonday 9 to 17\nPhone: 555-0142")) == 3


def test_pages_are_named_where_they_begin() -> None:
    article = bridge("One here.\n\nTwo here.\n\nThree here.", pages=(0, 11))
    assert [block.page for block in blocks(article, {})] == [1, 2, None]


def test_only_what_is_around_citations_is_kept() -> None:
    text = "\n\n".join(f"Sentence number {number}." for number in range(100))
    kept = around_cited(found(text, "Sentence number 50."), around=2)
    assert [block.kind is BlockKind.GAP for block in kept] == [True, *[False] * 5, True]


@given(st.lists(MARKS, max_size=12).map("\n".join))
def test_every_sentence_has_one_place_and_no_text_is_lost(text: str) -> None:
    try:
        article = Article("a.md", "A", text)
    except ArticleError:
        return
    shown = blocks(article, {})
    pieces = ([*block.pieces] + [Piece(" ".join(row.cells), row.anchor) for row in block.rows] for block in shown)
    anchors = [one.anchor for of_block in pieces for one in of_block if one.anchor]
    assert anchors == [f"s{one.start}-{one.end}" for one in split_sentences(text)]


def test_a_changed_sentence_is_shown_next_to_the_current_one() -> None:
    now = bridge(BRIDGE.replace("The bridge opened in 1932.", "The bridge opened in May 1933."))
    change = difference("The bridge opened in 1932.", now)
    assert [words.text for words in change.before if words.change is WordChange.REMOVED] == ["1932"]
    assert [words.text for words in change.after if words.change is WordChange.ADDED] == ["May", " ", "1933"] or [
        words.text for words in change.after if words.change is WordChange.ADDED
    ] == ["May 1933"]
    assert "".join(words.text for words in change.after) == "The bridge opened in May 1933."


def test_a_sentence_without_successor_is_struck_as_a_whole() -> None:
    change = difference("Emeralds are mined in the valley by hand.", bridge())
    assert ([words.change for words in change.before], change.after) == ([WordChange.REMOVED], ())


@pytest.mark.parametrize(
    ("url", "sentence", "expected"),
    [
        (None, "A b.", None),
        ("javascript:alert(1)", "A b.", None),
        ("https://n.example/a", "", "https://n.example/a"),
        ("https://n.example/a", "A well-known, old b.", "https://n.example/a#:~:text=A%20well%2Dknown%2C%20old%20b."),
        ("https://n.example/a#top", "A b.", "https://n.example/a#top:~:text=A%20b."),
        ("https://n.example/a", "w " * 100, f"https://n.example/a#:~:text={'%20'.join('w' * 6)},{'%20'.join('w' * 6)}"),
    ],
)
def test_the_original_opens_at_the_sentence(url: str | None, sentence: str, expected: str | None) -> None:
    assert original(bridge(url=url), sentence) == expected
