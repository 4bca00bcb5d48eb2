"""Words that reverse a statement, and their opposites."""

from __future__ import annotations

import pytest

from footnote.checks.sense.opposites import OPPOSITES, opposites_in


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("prices rise", {("rise", "fall")}),
        ("prices fall", {("fall", "rise")}),
        ("they win", {("win", "lose")}),
        ("more came", {("more", "less"), ("more", "fewer")}),
        ("more came than the fewer", {("more", "less")}),
        ("rise and fall", set()),
        ("the bridge", set()),
        ("before noon", set()),
        ("the largest bridge", {("largest", "smallest")}),
        ("the smallest bridge", {("smallest", other) for other in ("largest", "greatest", "biggest")}),
        ("", set()),
    ],
)
def test_a_word_comes_with_each_of_its_opposites(words: str, found: set[tuple[str, str]]) -> None:
    assert set(opposites_in(frozenset(words.split()))) == found


@pytest.mark.parametrize(("past", "base"), [("rose", "rise"), ("won", "win"), ("bought", "buy"), ("lost", "lose")])
def test_irregular_verbs_are_in_their_base_form(past: str, base: str) -> None:
    assert not [*opposites_in(frozenset({past}))]
    assert [*opposites_in(frozenset({base}))]


def test_each_opposite_pair_names_two_different_words_once() -> None:
    pairs = [frozenset(pair.split("/")) for pair in OPPOSITES]
    assert {len(pair) for pair in pairs} == {2}
    assert len(set(pairs)) == len(pairs)
