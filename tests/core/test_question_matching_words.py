"""Words that turn a question into another one, and words that may replace each other."""

from __future__ import annotations

import pytest

from footnote.review.question_matching.words import has_opposite, stem_of, unsaid


def stems(words: str) -> frozenset[str]:
    return frozenset(map(stem_of, words.split()))


@pytest.mark.parametrize(
    ("word", "among"),
    [
        ("highest", "the lowest price"),
        ("lowest", "the highest price"),
        ("wins", "he defeats it"),
        ("loses", "he wins"),
        ("exports", "what it imports"),
        ("happy", "unhappy people"),
        ("honest", "dishonest men"),
        ("his", "in her house"),
        ("teacher", "students"),
        ("born", "when he died"),
    ],
)
def test_an_opposite_is_found_in_any_form(word: str, among: str) -> None:
    assert has_opposite(stem_of(word), stems(among))


@pytest.mark.parametrize(
    ("word", "among"),
    [
        ("highest", ""),
        ("highest", "the highest price"),
        ("highest", "high prices"),
        ("side", "inside"),
        ("north", "east and west"),
        ("illegal", "illegal laws"),
    ],
)
def test_other_words_are_no_opposites(word: str, among: str) -> None:
    assert not has_opposite(stem_of(word), stems(among))


@pytest.mark.parametrize(
    ("words", "among"),
    [
        ("bridge", "bridges"),
        ("recognize", "recognise"),
        ("favor", "favour"),
        ("leader", "lead"),
        ("bought", "buy"),
        ("purchase", "buys"),
        ("buys", "purchase"),
        ("killing", "murder"),
        ("begun", "begin"),
        ("currently located", ""),
        ("took", "taken"),
    ],
)
def test_a_word_is_said_by_another_form_or_by_one_that_may_replace_it(words: str, among: str) -> None:
    assert unsaid(stems(words), stems(among)) == []


@pytest.mark.parametrize(
    ("words", "among", "missing"),
    [
        ("bridge", "church", ["bridg"]),
        ("cat", "car", ["cat"]),
        ("lane", "land", ["lane"]),
        ("bank", "", ["bank"]),
        ("bank bridge", "bridges", ["bank"]),
    ],
)
def test_another_word_leaves_it_unsaid(words: str, among: str, missing: list[str]) -> None:
    assert unsaid(stems(words), stems(among)) == missing


@pytest.mark.parametrize(
    ("one", "other"),
    [("legal", "illegal"), ("possible", "impossible"), ("violent", "nonviolent"), ("active", "inactive"),
     ("safe", "unsafe"), ("like", "dislike"), ("equal", "unequal")],
)  # fmt: skip
def test_a_word_is_the_opposite_of_its_denial(one: str, other: str) -> None:
    assert has_opposite(stem_of(one), frozenset({stem_of(other)}))
