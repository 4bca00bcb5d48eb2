"""Ways to write one thing -> one way: U.S. and American, EU and European Union, 21C and 21 degrees Celsius,
São and Sao, St. and Saint, Mr Lee and Lee, and the "Yes," before a statement.
"""

from __future__ import annotations

import re
from functools import lru_cache

from footnote.text.spelling import unaccented

_OPENER = re.compile(r"\A\s*(?:yes|no|yeah|nope|correct|indeed)\b\s*[,:.!;–—-]+\s*", re.IGNORECASE)
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+")
"""No fractions or raised figures: their plain forms are other numbers."""

_DOTTED = re.compile(r"\b(?:(?:[A-Z]\.)+[A-Z]\b\.?|[A-Z]\.(?:\s[A-Z]\.)+)")
_HALF_OF_DAY = re.compile(r"(?<=\d)\s?([ap])(?:\.m\.|m\b)", re.IGNORECASE)
_TITLES = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Rev|Gen|Col|Capt|Sgt|Lt|Sen|Rep|Gov)\b\.?\s{1,2}){1,3}(?=[A-Z])"
)
_OF_PLACES = re.compile(r"\b(St|Mt|Ft)(?:\.\s?|\s)(?=[A-Z])")
_IN_FULL = {"St": "Saint", "Mt": "Mount", "Ft": "Fort"}
_DEGREES = re.compile(r"(?<=\d)\s?°?\s?(?P<scale>[CF])\b")
_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_WORLD_WAR = re.compile(r"\b(?:World\sWar\s|WW)(?:(?P<second>II|Two|2)|I|One|1)\b")
_PLURAL = re.compile(r"\b([A-Z]{2,})(?:['’]?s)\b")

# Each line: the one way, then the others. Regular forms (Canada, Canadian) are found by rule in name_forms.py.
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
Turkey: Turkiye, Turkish, Turks?
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
    """The text without accents and titles, with abbreviations without dots and plurals, and with one name for each
    country, union, scale and world war.
    """
    text = _ACCENTED.sub(lambda letters: unaccented(letters[0]), text)
    text = _HALF_OF_DAY.sub(lambda half: f" {half[1].lower()}m", text)
    text = _OF_PLACES.sub(lambda short: f"{_IN_FULL[short[1]]} ", _TITLES.sub("", text))
    text = _DEGREES.sub(lambda degrees: f" degrees {_SCALES[degrees['scale']]}", text)
    return _OTHER.sub(_one, _PLURAL.sub(r"\1", without_dots(with_world_wars_in_words(text))))


def with_world_wars_in_words(text: str) -> str:
    """WWII, World War Two and World War 2 -> Second World War."""
    return _WORLD_WAR.sub(lambda war: f"{'Second' if war['second'] else 'First'} World War", text)


def without_dots(text: str) -> str:
    """U.S. -> US, J. R. R. Shaw -> JRR Shaw."""
    return _DOTTED.sub(lambda dotted: re.sub(r"[.\s]", "", dotted[0]), text)


def _one(match: re.Match[str]) -> str:
    return next(one for other, one in _WHICH if other.fullmatch(match[0]))
