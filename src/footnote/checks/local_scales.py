"""Millions, billions and trillions as languages write them: 3 Milliarden and 3 mil millones are 3 billion."""

from __future__ import annotations

import re
from functools import lru_cache

from footnote.text.languages import DEFAULT
from footnote.text.spelling import unaccented

_MILLIONS = "million milion millon milhao milhoes miljoen miljon miljoon milyon mio mln миллион мільйон млн"
_BILLIONS = "milliard miliard miljard milyar mrd mld bilhao bilhoes миллиард мільярд млрд"
_TRILLIONS = "billion bilion billon biljoen biljon biljoon trillion trilyon trilhao trilhoes триллион трильйон трлн"
_SCALES = {
    word: scale
    for scale, words in ((6, _MILLIONS), (9, _BILLIONS), (12, _TRILLIONS))
    for word in map(unaccented, words.split())
}
_ENGLISH = {"million": 6, "billion": 9, "trillion": 12}
_COUNTED = re.compile(r"\d\s?(mil\s)?([^\W\d_]{3,20})", re.IGNORECASE)


@lru_cache(maxsize=500)
def local_scales(text: str, language: str) -> frozenset[int]:
    """The powers of ten that stand behind figures, from millions on."""
    known = _ENGLISH if language == DEFAULT else _SCALES
    counted = [(bool(thousand), unaccented(word.casefold())) for thousand, word in _COUNTED.findall(text)]
    return frozenset(
        scale + (3 if is_thousand else 0)
        for is_thousand, word in counted
        for begins, scale in known.items()
        if word.startswith(begins)
    )
