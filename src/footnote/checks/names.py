"""Named things: people, places, organisations."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from footnote.checks.one_form import in_one_form
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import STOPWORDS, WORD, plain

_LONG_ENOUGH, _SHARED = 5, 4
_OF_A_PLACE = frozenset({"n", "an", "ian", "ean", "ese", "i", "is", "ish", "ic", "vian", "er", "s"})
_OF_THE_PLACE = frozenset({"", "a", "o", "e", "y", "s", "es", "ia"})
_BEFORE_A_NAME = """
one two three four five six seven eight nine ten both many several former later then today yesterday although however
meanwhile since like unlike instead according despite no yes another every each
"""
_BEFORE_NAMES = frozenset(_BEFORE_A_NAME.split())
_WORD_OR_MARK = re.compile(rf"{WORD.pattern}|[^\w\s&-]")
_NO_NAME = re.compile(r"(?<!\w)\w+(?:ing|ed|ly)|" + "|".join(_BEFORE_NAMES), re.IGNORECASE)
_INSIDE = re.compile(r"[\w,;)’'”\"–—-]\s*[“\"(‘]?\Z")
_ACTS = re.compile(
    r"(?:\A|[.!?]\s)[\s\"“(]{0,3}(?P<name>[A-Z][\w’']*[^\W\ds])"
    r"\s(?:was|is|has|had|will|won|lost|led|met|left|took|gave|held|became|began|wrote|built|sold|bought|[a-z]{2,12}ed)\b"
)
_CALENDAR = frozenset(name.casefold() for name in (*calendar.month_name, *calendar.day_name))

NameRun = tuple[str, ...]
"""Words of a name, in small letters."""


def has_names(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every capitalised word of the claim is in a source, in the text that the source points back to, or in its
    article's title and outlet.

    A first word counts when another name follows. NRF stands for National Resistance Front, Afghan for Afghanistan.
    """
    text = in_one_form(" ".join(f"{known(source)} {source.about}" for source in sources))
    words = {plain(word) for word in WORD.findall(text)}
    initials = long_forms(text)
    return all(
        name in words or name.upper() in initials or any(is_form_of(name, word) for word in words)
        for name in _names(in_one_form(claim))
    )


def _names(claim: str) -> list[str]:
    words = WORD.findall(claim)
    capital = [word[0].isupper() and word.casefold() not in STOPWORDS for word in words]
    if capital:
        capital[0] = capital[0] and len(words) > 1 and capital[1] and words[0].casefold() not in _BEFORE_NAMES
    return [plain(word) for word, is_capital in zip(words, capital, strict=True) if is_capital]


def names_in(text: str) -> list[NameRun]:
    """Runs of capitalised words, in lower case, without months and weekdays. A sentence's first word needs a second
    one.
    """
    return runs_of_names(text)


def runs_of_names(text: str, known_names: frozenset[str] = frozenset()) -> list[NameRun]:
    """The same; a first word may also be one of the `known_names`."""
    tokens = _WORD_OR_MARK.findall(text)
    is_name = [_may_be_named(token) for token in tokens]
    if tokens:
        goes_on = is_name[1:2] == [True] and not (known_names and _NO_NAME.fullmatch(tokens[0]))
        is_name[0] = is_name[0] and (goes_on or plain(tokens[0]) in known_names)
    runs = groupby(zip(tokens, is_name, strict=True), key=itemgetter(1))
    return [tuple(plain(token) for token, _ in run) for is_run, run in runs if is_run]


def names_inside(text: str) -> frozenset[str]:
    """Capitalised words that do not begin a sentence."""
    found = (match for match in WORD.finditer(text) if _may_be_named(match[0]))
    return frozenset(plain(match[0]) for match in found if _INSIDE.search(text, 0, match.start()))


def names_among(texts: Sequence[str]) -> frozenset[str]:
    """The names inside their sentences, and first words that act, such as "Zara led", and that are small nowhere."""
    texts = [in_one_form(text) for text in texts]
    acting = {plain(found["name"]) for text in texts for found in _ACTS.finditer(text) if _may_be_named(found["name"])}
    small = {word for text in texts for word in WORD.findall(text) if word[0].islower()}
    return frozenset(acting - small).union(*map(names_inside, texts))


def is_same_name(one: NameRun, other: NameRun) -> bool:
    """Massoud, Ahmad Massoud and General Ahmad Massoud may be one man; Ahmad Shah Massoud is another."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    at = [next((at for at, word in enumerate(longer) if _is_same(word, part)), -1) for part in shorter]
    if -1 in at or at != sorted(at):
        return False
    is_whole = at[-1] - at[0] == len(shorter) - 1
    if len(shorter) == 1 or (is_whole and (at[0] == 0 or at[-1] == len(longer) - 1)):
        return True
    return all(len(word) == 1 for number, word in enumerate(longer) if number not in at)


def _is_same(word: str, other: str) -> bool:
    return word == other or is_form_of(word, other)


def long_forms(text: str) -> dict[str, frozenset[str]]:
    """The words of runs of capitalised words by their initials: NRF for the National Resistance Front. What stands
    before may belong to it or not: FDA for the U.S. Food and Drug Administration.
    """
    runs = re.findall(r"(?:\b[A-Z][\w’']*(?:\s+(?:of|the|and|for)\s+|[\s-]+)?){2,}", text)
    named = [[word for word in WORD.findall(run) if word.casefold() not in STOPWORDS] for run in runs]
    ends = [words[start:] for words in named for start in range(max(1, len(words) - 1))]
    return {"".join(word[0] for word in words).upper(): frozenset(map(plain, words)) for words in ends}


def _may_be_named(token: str) -> bool:
    return token[0].isupper() and plain(token) not in STOPWORDS and plain(token) not in _CALENDAR


def is_form_of(name: str, word: str) -> bool:
    """Afghan and Afghanistan, Mexico and Mexican, Iraq and Iraqi."""
    shorter, longer = sorted((name, word), key=len)
    if len(shorter) >= _LONG_ENOUGH and longer.startswith(shorter):
        return True
    shared = next(
        (at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter)
    )
    return shared >= _SHARED and longer[shared:] in _OF_A_PLACE and shorter[shared:] in _OF_THE_PLACE
