"""Named things: people, places, organisations."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from footnote.checks.figures.numerals import has_numeral, is_numeral
from footnote.checks.names.acting_names import ACTS, acts_as_another
from footnote.checks.names.name_forms import is_form_of
from footnote.checks.one_form import in_one_form
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import STOPWORDS, WORD, plain

_BEFORE_A_NAME = """
one two three four five six seven eight nine ten both many several former later then today yesterday although however
meanwhile since like unlike instead according despite no yes another every each
"""
_BEFORE_NAMES = frozenset(_BEFORE_A_NAME.split())
_RANKS = """
gen:general col:colonel capt:captain sgt:sergeant lt:lieutenant sen:senator rep:representative gov:governor
prof:professor dr:doctor rev:reverend
"""
_IN_FULL = dict[str, str](rank.split(":") for rank in _RANKS.split())
_SHORTEST_INITIALS = 3
_LABEL = re.compile(r"\A[\s\"“(]*+[^\W\d_]++(?::|(?<=ly),)\s")
"""A first word that the next one does not belong to: "Note: Members may ..."."""

_WORD_OR_MARK = re.compile(rf"{WORD.pattern}|[^\w\s&-]")
_NO_NAME = re.compile(r"(?<!\w)\w+(?:ing|ed|ly)|" + "|".join(_BEFORE_NAMES), re.IGNORECASE)
_INSIDE = re.compile(r"[\w,;)’'”\"–—-]\s*[“\"(‘]?\Z")
_CALENDAR = frozenset(name.casefold() for name in (*calendar.month_name, *calendar.day_name))

NameRun = tuple[str, ...]
"""Words of a name, in small letters."""


def has_names(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every capitalised word of the claim is in a source, in the text that the source points back to, or in its
    article's title and outlet.

    A first word counts when another name follows, or when a source says the same of another name. NRF stands for
    National Resistance Front and the other way round, Afghan for Afghanistan, Gen. for General, II for Two.
    """
    told = " ".join(f"{known(source)} {source.about}" for source in sources)
    text = in_one_form(told)
    words = {plain(word) for word in WORD.findall(text)} | _ranks_in(told)
    initials = long_forms(text)
    in_full = _meant_by_initials(claim, text)
    context = {plain(word) for source in sources for word in WORD.findall(in_one_form(source.before))}
    if acts_as_another(claim, [source.quote for source in sources], {*words, *context, *map(str.casefold, initials)}):
        return False
    return all(
        has_numeral(name, told)
        if is_numeral(name)
        else name in words
        or name in in_full
        or name.upper() in initials
        or any(is_form_of(name, word) for word in words)
        for name in _names(in_one_form(claim))
    )


def _ranks_in(text: str) -> frozenset[str]:
    return frozenset(_IN_FULL[word] for word in map(str.casefold, WORD.findall(text)) if word in _IN_FULL)


def _meant_by_initials(claim: str, text: str) -> frozenset[str]:
    """The words of the claim's long names whose initials are in the text."""
    short = {word for word in WORD.findall(text) if word.isupper() and len(word) >= _SHORTEST_INITIALS}
    return frozenset().union(*(words for initials, words in long_forms(claim).items() if initials in short))


def _names(claim: str) -> list[str]:
    words = WORD.findall(claim)
    capital = [word[0].isupper() and word.casefold() not in STOPWORDS for word in words]
    if capital:
        goes_on = capital[1:2] == [True] and not _LABEL.match(claim)
        capital[0] = capital[0] and goes_on and words[0].casefold() not in _BEFORE_NAMES
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
    acting = {plain(found["name"]) for text in texts for found in ACTS.finditer(text) if _may_be_named(found["name"])}
    small = {word for text in texts for word in WORD.findall(text) if word[0].islower()}
    return frozenset(acting - small).union(*map(names_inside, texts))


def is_same_name(one: NameRun, other: NameRun) -> bool:
    """Massoud, Ahmad Massoud and General Ahmad Massoud may be one man; Ahmad Shah Massoud is another. NRF is the
    National Resistance Front.
    """
    shorter, longer = sorted((one, other), key=len)
    if one == other or (len(longer) >= _SHORTEST_INITIALS and shorter == ("".join(word[0] for word in longer),)):
        return True
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
