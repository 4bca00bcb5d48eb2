"""Numbers from two to twenty in names: Mary II is Mary the Second, and World War II is World War Two."""

from __future__ import annotations

import re

from footnote.checks.figures.number_words import number_words
from footnote.checks.words import plain

ROMANS = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_VALUES = {"i": 1} | {numeral: number for number, numeral in enumerate(ROMANS.split(), 2)}
_WRITTEN = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_WORDS = {word: number for number, word in enumerate(f"{_WRITTEN} eighteen nineteen twenty".split(), 2)}
_IN_NAMES = "|".join([*map(str.upper, _VALUES), *map(str.capitalize, _WORDS)])
_BEHIND_A_NAME = re.compile(rf"\b[A-Z][\w’'-]{{0,40}}\s(?P<numeral>{_IN_NAMES})\b")


_MORE_THAN_A_LETTER = re.compile(rf"(?:{ROMANS.upper().replace(' ', '|')})(?<=[A-Z]{{2}})(?:['’][sS])?")
"""V and X may be other names, and so is Xi."""


def is_numeral(word: str) -> bool:
    """Whether a word, as written, is a numeral from II to XX or the word for one."""
    return is_roman(word) or plain(word) in _WORDS


def is_roman(word: str) -> bool:
    """Whether it has more than one letter, all capitals, and is from II to XX."""
    return bool(_MORE_THAN_A_LETTER.fullmatch(word))


def has_numeral(word: str, text: str) -> bool:
    """Whether a text has that number, or no numeral behind a name."""
    numerals = {_value(found["numeral"]) for found in _BEHIND_A_NAME.finditer(text)}
    return not numerals or _value(word) in numerals | {found.value for found in number_words(text)}


def _value(word: str) -> int:
    word = plain(word)
    return _VALUES.get(word) or _WORDS[word]
