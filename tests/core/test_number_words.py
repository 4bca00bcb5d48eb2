"""Numbers in words and in digits are the same numbers; a part of a number is another number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.checks import QuotedSource, has_numbers
from footnote.checks.figures.numbers import in_digits
from footnote.grounding.best_sources import carried

SAME = [
    ("Twenty-one people died.", "21 people died."),
    ("It took forty two days.", "It took 42 days."),
    ("Two hundred and fifty people died.", "250 people died."),
    ("Two hundred fifty people died.", "250 people died."),
    ("Between one hundred and two hundred came.", "Between 100 and 200 came."),
    ("Five thousand and six thousand came.", "5,000 and 6,000 came."),
    ("It holds three hundred thousand books.", "It holds 300,000 books."),
    ("It cost two million three hundred thousand.", "It cost 2.3 million."),
    ("It cost 1.5 million.", "It cost 1,500,000."),
    ("It cost one point five million.", "It cost 1.5 million."),
    ("It cost one and a half million.", "It cost 1.5 million."),
    ("It cost half a million.", "It cost 500,000."),
    ("It took two and a half hours.", "It took 2½ hours."),
    ("It took 2.5 hours.", "It took 2½ hours."),
    ("It took zero point five hours.", "It took 0.5 hours."),
    ("A hundred men came.", "100 men came."),
    ("Eleven hundred men came.", "1,100 men came."),
    ("A dozen eggs broke.", "12 eggs broke."),
    ("Three dozen eggs broke.", "36 eggs broke."),
    ("Half a dozen eggs broke.", "6 eggs broke."),
    ("In the twenty-first century it fell.", "In the 21st century it fell."),
    ("It was the hundredth game.", "It was the 100th game."),
    ("It took third place.", "It took 3rd place."),
    ("It was built in nineteen eighty-four.", "It was built in 1984."),
    ("Forty-two per cent agreed.", "42 % agreed."),
    ("One third of them agreed.", "A third of them agreed."),
    ("It was minus five degrees.", "It was -5 degrees."),
    ("It split fifty-fifty.", "It split 50-50."),
    ("The twenty-year-old won.", "The 20-year-old won."),
]

OTHER = [
    ("Twenty people died.", "Twenty-one people died."),
    ("Fifty people died.", "Two hundred and fifty people died."),
    ("50 people died.", "Two hundred and fifty people died."),
    ("Two hundred people died.", "Two hundred and fifty people died."),
    ("A hundred people died.", "Two hundred people died."),
    ("A million people came.", "1.5 million people came."),
    ("5 million people came.", "One point five million people came."),
    ("Half of them came.", "Two and a half of them came."),
    ("A million people came.", "Half a million people came."),
    ("A dozen eggs broke.", "Three dozen eggs broke."),
    ("21 people came.", "They came in the 21st century."),
    ("Twenty people came.", "They came in the twentieth century."),
    ("A third of them came.", "The third of them came."),
    ("A hundred people died.", "Hundreds of people died."),
    ("Thousands of people died.", "Twelve people died."),
    ("Dozens of people died.", "A dozen people died."),
    ("It was built in nineteen eighty-four.", "It was built in 1985."),
    ("Twenty-first.", "Twenty-second."),
]


@pytest.mark.parametrize(("words", "digits"), SAME)
def test_a_number_is_the_same_in_words_and_in_digits(words: str, digits: str) -> None:
    assert has_numbers(words, [QuotedSource(digits)])
    assert has_numbers(digits, [QuotedSource(words)])


@pytest.mark.parametrize(("words", "digits"), SAME)
def test_a_claim_may_change_words_into_digits_and_back(words: str, digits: str) -> None:
    assert carried(words, [QuotedSource(digits)]) > 0
    assert carried(digits, [QuotedSource(words)]) > 0


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_number_does_not_carry_it_either_way(one: str, other: str) -> None:
    assert not has_numbers(one, [QuotedSource(other)])
    assert not has_numbers(other, [QuotedSource(one)])


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Hundreds of people died.", "350 people died."),
        ("Thousands came.", "Twelve thousand came."),
        ("One person came.", "A person came."),
        ("It was first opened in 1990.", "It opened in 1990."),
        ("On the 6th it began.", "It began on 6 September."),
        ("It began on 6 September.", "It began on the 6th of September."),
        ("Nearly three hundred came.", "296 came."),
        ("Seconds later he fell.", "He fell."),
    ],
)
def test_what_is_said_less_exactly_passes(claim: str, quote: str) -> None:
    assert has_numbers(claim, [QuotedSource(quote)])


PIECES = "a and one two twenty hundred million half dozen third first 5 1.5 , - s ½ of"


@given(st.lists(st.sampled_from(PIECES.split())))
def test_any_row_of_numbers_carries_itself(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert has_numbers(text, [QuotedSource(text)])
    assert has_numbers(text, [QuotedSource(in_digits(text))])
