"""Forms of one name: a country and its people, plurals and adjectives."""

from __future__ import annotations

_LONG_ENOUGH, _SHARED = 5, 4
_OF_A_PLACE = frozenset({"n", "an", "ian", "ean", "ese", "i", "is", "ish", "ic", "vian", "er", "s"})
_OF_THE_PLACE = frozenset({"", "a", "o", "e", "y", "s", "es", "ia"})
_OF_A_WORD_LIST = """
al ial ical ally ially ic ics ist istic ism ity ary ory ive ing ed ment ship hood ness tion ion or er ar en ful less man
men woman women y ly
"""
_ENDINGS = _OF_A_PLACE | frozenset(_OF_A_WORD_LIST.split()) | {"es", "istan", "stan", "land"}
_COUNTRIES_OF_PEOPLES = """
slovak:slovakia serb:serbia croat:croatia czech:czechia somali:somalia mongol:mongolia bulgar:bulgaria malay:malaysia
arab:arabia macedon:macedonia argentine:argentina catalan:catalonia
"""
_COUNTRIES = frozenset(tuple(pair.split(":")) for pair in _COUNTRIES_OF_PEOPLES.split())
_OTHERS = frozenset({("niger", "nigerian"), ("niger", "nigerians")})
"""They look like forms of one name, but are not."""


def is_form_of(name: str, word: str) -> bool:
    """Afghan and Afghanistan, Mexico and Mexican, Iraq and Iraqi; not Martin and Martina, nor Niger and Nigeria."""
    shorter, longer = sorted((name, word), key=len)
    pair = (shorter.removesuffix("s"), longer.removesuffix("s"))
    if shorter == longer or pair in _COUNTRIES:
        return True
    if (shorter, longer) in _OTHERS:
        return False
    if len(shorter) >= _LONG_ENOUGH and longer.startswith(shorter):
        ending = longer[len(shorter) :]
        return ending in _ENDINGS or ending.removesuffix("s") in _ENDINGS
    shared = next(
        (at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter)
    )
    return shared >= _SHARED and longer[shared:] in _OF_A_PLACE and shorter[shared:] in _OF_THE_PLACE
