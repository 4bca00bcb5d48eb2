"""First, second and last; one and several."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.sense.counts import has_same_counts
from footnote.checks.sense.ordinals import has_same_ordinals


@pytest.mark.parametrize(
    ("claim", "quote", "are_same"),
    [
        ("Lopez finished second in the race.", "Lopez finished first in the race.", False),
        ("Lopez finished second.", "Lopez finished second, behind Kim.", True),
        ("Lopez finished 2nd.", "Lopez finished second.", True),
        ("Lopez was second.", "Lopez won, ahead of Kim.", True),
        ("It was her second title.", "It was her first title.", False),
        ("It was her second title.", "It was her first title since 2020, and her second in all.", True),
        ("The second edition came out in 1902.", "The first edition came out in 1902.", False),
        ("The 3rd edition came out in 1902.", "The third edition came out in 1902.", True),
        ("The edition came out in 1902.", "The first edition came out in 1902.", True),
        ("A second bridge was built.", "Another bridge was built.", True),
        ("It is the second largest city.", "It is the largest city.", False),
        ("It is the largest city.", "It is the second-largest city.", False),
        ("It is the largest city.", "It is the largest city, ahead of the second largest by far.", True),
        ("It is the most popular sport.", "It is the third most popular sport.", False),
        ("It is the third most popular sport.", "It is the third most popular sport.", True),
        ("It is the longest of the rivers.", "It is the longest of the rivers.", True),
        ("The first reports came on Monday.", "The council met for a second time.", True),
        ("It is one of the largest cities.", "It is the second largest city.", True),
        ("The Second World War began in 1939.", "The First World War ended in 1918; World War II began in 1939.", True),
        ("Berg scored in the second half.", "The first half was goalless; Berg scored after the break.", True),
        ("It fell in the twenty-first century.", "It fell in the 21st century.", True),
        ("It opened on the 3rd of May.", "It opened on the first of May.", True),  # a matter of dates
    ],
)
def test_what_is_first_is_not_second(claim: str, quote: str, are_same: bool) -> None:
    assert has_same_ordinals(claim, [QuotedSource(quote)]) is are_same


@pytest.mark.parametrize(
    ("claim", "quote", "are_same"),
    [
        ("One person died in the fire.", "Two people died in the fire.", False),
        ("One person died in the fire.", "One person died in the fire.", True),
        ("Only one bridge was closed.", "Only three bridges were closed.", False),
        ("One bridge was closed.", "A bridge was closed, and two bridges stayed open.", True),
        ("One of the three bridges was closed.", "Two of the three bridges were closed.", True),
        ("A single child was hurt.", "12 children were hurt.", False),
        ("One person was seriously hurt.", "Two people were hurt in the crash, one seriously.", True),
        ("Twenty-one people died.", "21 people died.", True),
        ("One morning three bridges were closed.", "Three bridges were closed.", True),
        ("One child was hurt.", "12 children were looked after, and the child of a guard was hurt.", True),
    ],
)
def test_one_is_not_several(claim: str, quote: str, are_same: bool) -> None:
    assert has_same_counts(claim, [QuotedSource(quote)]) is are_same
