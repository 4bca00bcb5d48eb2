"""Numbers in digits as they are written in other languages: 1.250,5 and 1 250,5 are 1250.5, ١٢ is 12."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from footnote.text.languages import DEFAULT

_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))|(?<=\d)['’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d++(?:[.,٫٬]\d++)*+")
_POINT = frozenset({DEFAULT, "he", "hi", "ja", "ko", "ta", "te", "th", "ur", "zh"})
"""Languages that write 1,250.5; the others write 1.250,5, or a space between thousands."""

Numbers = frozenset[str]


@lru_cache(maxsize=500)  # the same sentences are compared with many questions and claims
def local_numbers(text: str, language: str) -> Numbers:
    """Each number in one form: digits from 0 to 9, a point before decimals, no redundant zeros."""
    if not any(map(str.isdigit, text)):
        return frozenset()
    plain = _GROUPED.sub("", "".join(map(_digit, text)))
    return frozenset(_one_form(found, language) for found in _NUMBER.findall(plain))


def _digit(character: str) -> str:
    if character.isascii():
        return character
    value = unicodedata.decimal(character, -1)
    return character if value < 0 else str(value)


def _one_form(number: str, language: str) -> str:
    decimal, grouping = (".", ",") if language in _POINT else (",", ".")
    number = number.replace("٫", decimal).replace("٬", grouping)
    parts = number.split(grouping)
    if len(parts) > 1 and all(len(part.split(decimal)[0]) == 3 for part in parts[1:]) and parts[0].isdigit():
        number = "".join(parts)
    if number.count(decimal) == 1 and grouping not in number:
        whole, _, rest = number.partition(decimal)
        rest = rest.rstrip("0")
        number = f"{whole}.{rest}" if rest else whole
    return number.lstrip("0") or "0"
