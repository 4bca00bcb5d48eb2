"""Ways to write one thing -> one way: U.S. and American, EU and European Union, 21C and 21 degrees Celsius, and the
"Yes," before a statement.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OPENER = re.compile(r"\A\s*(?:yes|no|yeah|nope|correct|indeed)\b\s*[,:.!;–—-]+\s*", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:[A-Z]\.)+[A-Z]\b\.?")
_DEGREES = re.compile(r"(?<=\d)\s?°?\s?(?P<scale>[CF])\b")
_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_PLURAL = re.compile(r"\b([A-Z]{2,})(?:['’]?s)\b")

# Each line: the one way, then the others. Regular forms (Canada, Canadian) are found by rule in names.py.
_SAME = """
America: United States of America, United States, USA, US, Americans?
Britain: United Kingdom, Great Britain, UK, British, Britons?
EU: European Union
UN: United Nations
UAE: United Arab Emirates, Emiratis?
Soviet: Soviet Union, USSR, Soviets
France: French, Frenchm[ae]n
Netherlands: Dutch, Holland
Spain: Spanish, Spaniards?
Germany: Germans?
Denmark: Danish, Danes?
Sweden: Swedish, Swedes?
Poland: Polish, Poles?
Finland: Finnish, Finns?
Greece: Greeks?
Turkey: Türkiye, Turkish, Turks?
Switzerland: Swiss
Ireland: Irish
Wales: Welsh
Scotland: Scottish, Scots?
England: English
China: Chinese
Portugal: Portuguese
Norway: Norwegians?
Thailand: Thais?
Philippines: Filipinos?
Lebanon: Lebanese
Iceland: Icelandic, Icelanders?
Ukraine: Ukrainians?
Europe: Europeans?
"""
_OTHERS = {
    other.strip(): one
    for line in _SAME.strip().splitlines()
    for one, _, others in [line.partition(": ")]
    for other in others.split(",")
}
_OTHER = re.compile("|".join(rf"\b(?:the\s+)?(?:{other})\b" for other in _OTHERS))
_WHICH = [(re.compile(rf"(?:the\s+)?(?:{other})"), one) for other, one in _OTHERS.items()]


def without_opener(claim: str) -> str:
    """The statement behind "Yes," or "No,"."""
    return _OPENER.sub("", claim, count=1)


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def in_one_form(text: str) -> str:
    """The text with abbreviations without dots and plurals, and with one name for each country, union and scale."""
    text = _DEGREES.sub(lambda degrees: f" degrees {_SCALES[degrees['scale']]}", text)
    text = _DOTTED.sub(lambda dotted: dotted[0].replace(".", ""), text)
    return _OTHER.sub(_one, _PLURAL.sub(r"\1", text))


def _one(match: re.Match[str]) -> str:
    return next(one for other, one in _WHICH if other.fullmatch(match[0]))
