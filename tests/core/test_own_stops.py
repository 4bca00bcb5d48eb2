"""Sentence ends in Khmer, Thai and Lao, and behind brackets and before digits in Chinese and Japanese; apostrophes."""

from __future__ import annotations

import pytest

from footnote.text.own_stops import with_own_stops, without_apostrophes

LONG, SHORT = "ก" * 50, "ก" * 49


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("", set()),
        ("It fell. It rained.", set()),
        ("កខ។គឃ", {3}),
        ("កខ។ គឃ៕", {4, 7}),
        ("កខ។” គឃ", {5}),
        ("កខ។។ គឃ", {5}),
        ("កខ គឃ", set()),
    ],
)
def test_a_khmer_stop_ends_a_sentence_with_its_marks_and_space(text: str, ends: set[int]) -> None:
    assert with_own_stops(text, set()) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("（见下文。）价格。", {6}),
        ("好。（见下文。）价格。", {8}),
        ("（见下文。） 价格。", {7}),
        ("他说（见下文。）价格。", set()),
        ("（见下文）价格。", set()),
        ("（见下文。）", set()),
        ("（见下文。）。", set()),
    ],
)
def test_a_bracket_around_whole_sentences_ends_one(text: str, ends: set[int]) -> None:
    assert with_own_stops(text, set()) == ends


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("成立。2005年上市。3年后", {3, 11}),
        ("成立！2005年", {3}),
        ("多少？！5元", {4}),
        ("多少。 5元", {4}),
        ("他说“好。”5人来了", {6}),
        ("“好。5人来了。”他说", set()),
        ("「好。5人来了。」と", set()),
        ("（好）5人", set()),
        ("3.5元，5元", set()),
        ("好。A公司", set()),
    ],
)
def test_a_digit_begins_a_chinese_or_japanese_sentence(text: str, ends: set[int]) -> None:
    assert with_own_stops(text, set()) == ends


@pytest.mark.parametrize(
    ("text", "found", "ends"),
    [
        (f"{LONG} ขข", {53}, {51, 53}),
        (f"{LONG}   ขข", {55}, {53, 55}),
        (f"{SHORT} ขข", {52}, {52}),
        (f"{LONG} abc", {54}, {54}),
        (f"{LONG} ข.", {53}, {53}),
        (f"{LONG} ขขข. ข", {57}, {57}),
        (f"{LONG} ขขขข. ข", {58}, {51, 58}),
        (f"{LONG} {SHORT} {LONG}", {151}, {51, 151}),
        (f"{SHORT} {LONG} ขข", {103}, {101, 103}),
        (f"{LONG} ขข", {10, 53}, {10, 53}),
        (f"{'ກ' * 50} ຂຂ", {53}, {51, 53}),
    ],
)
def test_a_space_ends_a_long_thai_or_lao_sentence(text: str, found: set[int], ends: set[int]) -> None:
    assert with_own_stops(text, found) == ends


def test_a_full_stop_of_an_abbreviation_ends_nothing_in_thai() -> None:
    text = f"ขข. {LONG} ขข ข."
    assert with_own_stops(text, {4, len(text)}) == {55, len(text)}


def test_the_ends_that_were_given_are_left_alone() -> None:
    found = {2}
    assert with_own_stops("កខ។", found) == {2, 3}
    assert found == {2}


def test_a_closing_bracket_that_none_opened_ends_nothing() -> None:
    assert with_own_stops("下。）价。好", set()) == set()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("'s Avonds en 's nachts", "Xs Avonds en xs nachts"),
        ("’t Is in ’s-Hertogenbosch", "Xt Is in Xs-Hertogenbosch"),
        ("'Tis so. Wait 'til noon", "XTis so. Wait xtil noon"),
        ("'90s music of '98", "090s music of 098"),
        ("('s Avonds)", "(Xs Avonds)"),
        ("He said 'stop now', 'n' and 'tissue'", "He said 'stop now', 'n' and 'tissue'"),
        ("the dogs' lead, Peter's cat's, foto's", "the dogs' lead, Peter's cat's, foto's"),
        ("'5 euros', '1998' and '12.50'", "'5 euros', '1998' and '12.50'"),
    ],
)
def test_an_apostrophe_at_the_start_of_a_word_is_no_quotation_mark(text: str, plain: str) -> None:
    assert without_apostrophes(text) == plain
