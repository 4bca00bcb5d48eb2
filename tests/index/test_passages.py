"""Articles cut into passages: nothing lost, nothing twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.models import Article, Passage
from footnote.text.sentences import split_sentences
from footnote_index.passages import TARGET_WORDS, split_passages

PIECES = ["One is so.", "Is it?", "word " * 30, "x" * 200, "- item", "…", "😀", "كيف؟", "\u202e", "\n", "\n\n", "\r\n"]
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
).filter(str.strip)


def passages_of(text: str) -> list[Passage]:
    return list(split_passages(Article("a.md", "A title", text)))


def words(count: int) -> str:
    """A sentence of this many words, its full stop counted as one."""
    return "Word " + "word " * (count - 3) + "word."


@given(TEXTS)
@settings(deadline=None)
def test_every_sentence_is_in_exactly_one_passage_and_in_order(text: str) -> None:
    passages = passages_of(text)
    assert tuple(sentence for passage in passages for sentence in passage.sentences) == split_sentences(text)
    assert all(passage.sentences for passage in passages)


@given(TEXTS)
@settings(deadline=None)
def test_a_passage_s_text_is_the_article_s_from_its_first_sentence_to_its_last(text: str) -> None:
    for passage in passages_of(text):
        assert passage.text == text[passage.start : passage.end]
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)


@given(TEXTS)
@settings(deadline=None)
def test_only_white_space_is_in_no_passage(text: str) -> None:
    position = 0
    for passage in passages_of(text):
        assert text[position : passage.start].strip() == ""
        position = passage.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([10], [1]),
        ([TARGET_WORDS], [1]),
        ([TARGET_WORDS - 10, 10], [2]),
        ([TARGET_WORDS - 10, 11], [1, 1]),
        ([60, 60, 60, 60], [2, 2]),
        ([170, 10, 170], [1, 1, 1]),
        ([10, 175, 10], [1, 1, 1]),
    ],
)
def test_a_passage_takes_whole_sentences_up_to_its_target(lengths: list[int], expected: list[int]) -> None:
    passages = passages_of(" ".join(map(words, lengths)))
    assert [len(passage.sentences) for passage in passages] == expected


def test_a_passage_knows_the_headings_it_stands_under_and_does_not_end_with_one() -> None:
    text = f"# Installation\n\n{words(165)}\n\n## Disk space\n\n{words(100)}\n\n| Size | Free |\n| big | {words(100)} |"
    passages = passages_of(text)
    assert [(passage.text.split()[0], passage.headings) for passage in passages] == [
        ("#", ()),
        ("##", ("Installation",)),
        ("|", ("Installation", "Disk space", "Size | Free")),
    ]
