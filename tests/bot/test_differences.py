"""A cited sentence next to the one that has replaced it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.models import Article, Sentence
from footnote_bot.web.differences import ChangedWords, WordChange, difference, differences_between

SAME, REMOVED, ADDED = WordChange.SAME, WordChange.REMOVED, WordChange.ADDED
QUOTE = "The bridge opened in 1932."


def words(found: tuple[ChangedWords, ...]) -> list[tuple[str, WordChange]]:
    return [(one.text, one.change) for one in found]


def replacement(text: str, quote: str = QUOTE) -> str | None:
    found = difference(quote, Article("a.md", "A", text)).place
    return text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("a b", "a b", [("a b", SAME)], [("a b", SAME)]),
        ("in 1932.", "in 1933.", [("in ", SAME), ("1932", REMOVED), (".", SAME)], None),
        ("a", "a b", [("a", SAME)], [("a", SAME), (" b", ADDED)]),
        ("a b", "a", [("a", SAME), (" b", REMOVED)], [("a", SAME)]),
        ("a", "", [("a", REMOVED)], []),
        ("", "a", [], [("a", ADDED)]),
    ],
)
def test_the_words_that_differ_are_told_apart(
    before: str, after: str, left: list[tuple[str, WordChange]], right: list[tuple[str, WordChange]] | None
) -> None:
    found = differences_between(before, after)
    assert words(found[0]) == left
    assert words(found[1]) == (right if right is not None else [("in ", SAME), ("1933", ADDED), (".", SAME)])


@given(st.text(), st.text())
def test_nothing_is_lost_on_either_side(before: str, after: str) -> None:
    left, right = differences_between(before, after)
    assert "".join(one.text for one in left) == before
    assert "".join(one.text for one in right) == after
    assert "".join(one.text for one in left if one.change is SAME) == "".join(
        one.text for one in right if one.change is SAME
    )


def test_the_most_similar_sentence_has_replaced_it() -> None:
    text = "The tunnel opened in 1950. The bridge opened in 1933. It is long."
    assert replacement(text) == "The bridge opened in 1933."
    found = difference(QUOTE, Article("a.md", "A", text))
    assert found.place == Sentence(27, 53)
    assert ("1933", ADDED) in words(found.after)


def test_a_sentence_about_something_else_has_not() -> None:
    found = difference(QUOTE, Article("a.md", "A", "Cats sleep a lot. Dogs bark at night."))
    assert (words(found.before), found.after, found.place) == ([(QUOTE, REMOVED)], (), None)


@pytest.mark.parametrize(
    ("text", "is_alike"), [("a b x y z.", True), ("a x y z w.", False)], ids=["two words of five", "one of five"]
)
def test_two_fifths_of_the_words_make_sentences_alike(text: str, is_alike: bool) -> None:
    assert bool(replacement(text, "a b c d e.")) is is_alike


def test_a_heading_never_replaces_a_sentence() -> None:
    assert replacement("# The bridge opened in 1932.\n\nCats sleep.") is None


def test_the_order_of_words_decides_between_sentences_of_the_same_words() -> None:
    assert replacement("1932 in opened bridge The. The bridge, opened in 1932.", QUOTE) == "The bridge, opened in 1932."


def test_a_language_without_spaces_is_compared_by_characters() -> None:
    found = difference("橋は1932年に開通した。", Article("a", "A", "駅は遠い。橋は1933年に開通した。"))
    assert [one.text for one in found.before if one.change is REMOVED] == ["1932"]
    assert [one.text for one in found.after if one.change is ADDED] == ["1933"]
