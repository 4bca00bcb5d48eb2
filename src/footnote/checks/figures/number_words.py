"""Number words: "twenty-one", "two hundred and fifty", "hundredth", and their positions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from text_to_num import find_numbers

SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_JOINERS = frozenset({"and", "point"})
_TEENS = range(11, 21)
_TENS = range(10, 100)
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth "
    "ninetieth hundredth thousandth millionth billionth"
)
_PARTS = frozenset([*UNITS.split(), *_ORDINALS.split(), *SCALES])
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class NumberWords:
    start: int
    end: int
    value: float
    is_ordinal: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word in the form that the parser of number words expects."""

    word: str
    start: int
    end: int
    is_separate: bool

    def text(self) -> str:
        return self.word

    def nt_separated(self, previous: _Token) -> bool:  # noqa: ARG002
        return self.is_separate

    def not_a_number_part(self) -> bool:
        return self.word not in _PARTS and self.word not in _JOINERS


def number_words(text: str) -> Iterator[NumberWords]:
    """All numbers in words, in order. A lone "one" or "first" is one as well."""
    tokens = [*_tokens(text)]
    if not any(token.word in _PARTS for token in tokens):
        return
    previous: NumberWords | None = None
    for found in find_numbers(tokens, "en", 0.0):
        last = found.end - 1 - (tokens[found.end - 1].word in _JOINERS)  # it takes the "and" of "two and a half" along
        number = NumberWords(tokens[found.start].start, tokens[last].end, found.value, found.is_ordinal)
        joined = previous and _joined(text, previous, number)
        if previous and not joined:
            yield previous
        previous = joined or number
    if previous:
        yield previous


def _tokens(text: str) -> Iterator[_Token]:
    words = [*_WORD.finditer(text)]
    folded = [word[0].casefold() for word in words]
    end = 0
    for place, (match, word) in enumerate(zip(words, folded, strict=True)):
        between = text[end : match.start()]
        is_separate = bool(between.strip(" \t\n\xa0-")) or _begins_again(folded, place)
        yield _Token(word, match.start(), match.end(), is_separate)
        end = match.end()


def _begins_again(words: Sequence[str], place: int) -> bool:
    """Whether a number begins here although another one ends right before: "one hundred and | two hundred"."""
    before = words[place - 1] if place else ""
    if before == "and":
        before = words[place - 2] if place > 1 else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    return before in SCALES and before == after


def _joined(text: str, one: NumberWords, other: NumberWords) -> NumberWords | None:
    """ "nineteen eighty-four" is a year, and "one point five million" an amount."""
    if other.is_ordinal or text[one.end : other.start].strip(" \t\n\xa0-"):
        return None
    if one.value in _TEENS and other.value in _TENS:
        return NumberWords(one.start, other.end, one.value * 100 + other.value, is_ordinal=False)
    if one.value % 1 and text[other.start : other.end].casefold() in SCALES:
        return NumberWords(one.start, other.end, one.value * other.value, is_ordinal=False)
    return None
