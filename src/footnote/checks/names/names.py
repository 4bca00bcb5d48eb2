"""Named things: people, places, organisations."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from operator import itemgetter

from footnote.checks.dates.days import with_full_names
from footnote.checks.figures.numerals import ROMANS, has_numeral, is_numeral, is_roman
from footnote.checks.names.acting_names import ACTS, acts_as_another
from footnote.checks.names.name_forms import is_form_of
from footnote.checks.one_form import in_one_form, without_dots
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import STOPWORDS, WORD, plain
from footnote.text.spelling import unaccented

_BEFORE_A_NAME = """
one two three four five six seven eight nine ten both many several former later then today yesterday although however
meanwhile since like unlike instead according despite no yes another every each
"""
_BEFORE_NAMES = frozenset(_BEFORE_A_NAME.split())
_SHORT_WORDS = """
gen:general col:colonel capt:captain sgt:sergeant lt:lieutenant sen:senator rep:representative gov:governor
prof:professor dr:doctor rev:reverend st:saint mt:mount ft:fort c:celsius f:fahrenheit
"""
_IN_FULL = dict[str, str](pair.split(":") for pair in _SHORT_WORDS.split())
_SHORTEST_INITIALS = 3
_INITIALS = re.compile(r"[A-Z]\w*[A-Z]")
_LONGEST_NAME = 12
_CAPITALISED = re.compile(r"(?:\b[A-Z][\w’']*(?:\s+(?:of|the|and|for)\s+|[\s-]+)?){2,}")
_LABEL = re.compile(r"\A[\s\"“(]*+[^\W\d_]++(?::|(?<=ly),)\s")
"""A first word that the next one does not belong to: "Note: Members may ..."."""

_WORD_OR_MARK = re.compile(rf"{WORD.pattern}|[^\w\s&-]")
_FIRST = re.compile(r"\b([A-Z][\w’'-]{1,40})\s(?:I\b(?!['’])|the First\b)")
_LATER = re.compile(rf"\b([A-Z][\w’'-]{{1,40}})\s(?:{ROMANS.upper().replace(' ', '|')})\b")
_NO_NAME = re.compile(r"(?<!\w)\w+(?:ing|ed|ly)|" + "|".join(_BEFORE_NAMES), re.IGNORECASE)
_INSIDE = re.compile(r"[\w,;)’'”\"–—-]\s*[“\"(‘]?\Z")
_CALENDAR = frozenset(name.casefold() for name in (*calendar.month_name, *calendar.day_name))

NameRun = tuple[str, ...]
"""Words of a name, in small letters."""


def has_names(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every capitalised word of the claim is in a source, in the text that the source points back to, or in its
    article's title and outlet.

    A first word counts when another name follows, or when a source says the same of another name. NRF stands for
    National Resistance Front and the other way round, Afghan for Afghanistan, Gen. for General, II for Two. The words
    of a source count as it writes them and in their one form: Lady and Biden for Lady Biden.
    """
    told = with_full_names(" ".join(f"{known(source)} {source.about}" for source in sources))
    text = in_one_form(told)
    written, in_form = WORD.findall(told), WORD.findall(text)
    words = {*map(plain, written), *map(plain, in_form), *_in_full(written)}
    initials = long_forms(text).keys() | long_forms(without_dots(unaccented(told))).keys()
    literal = words | _meant_by_initials(claim, in_form)
    context = {plain(word) for source in sources for word in WORD.findall(in_one_form(source.before))}
    if _is_first_of_another(claim, told) or acts_as_another(
        claim, [source.quote for source in sources], {*words, *context, *map(str.casefold, initials)}
    ):
        return False
    return all(
        plain(name) in literal
        or (has_numeral(name, told) if is_numeral(name) else _is_another_form(plain(name), words, initials))
        for name in _names(in_one_form(with_full_names(claim)))
    )


def _is_first_of_another(claim: str, told: str) -> bool:
    """Whether it names Charles I where only Charles II is in the text: "I" is a word as well, and no name by itself."""
    firsts = {*_FIRST.findall(claim)} - {"War"}  # which has other forms
    return bool(firsts - set(_FIRST.findall(told)) & set(_LATER.findall(told)))


def _in_full(words: Sequence[str]) -> frozenset[str]:
    return frozenset(_IN_FULL[word] for word in map(str.casefold, words) if word in _IN_FULL)


def _is_another_form(name: str, words: Set[str], initials: Set[str]) -> bool:
    return name.upper() in initials or any(is_form_of(name, word) for word in words)


def _meant_by_initials(claim: str, known_words: Sequence[str]) -> frozenset[str]:
    """The words of the claim's long names whose initials are known, as the claim writes them and in their one form."""
    short = {word.upper() for word in known_words if len(word) >= _SHORTEST_INITIALS and _INITIALS.match(word)}
    named = [" ".join(words) for initials, words in _long_names(without_dots(claim)) if initials in short]
    return frozenset(plain(word) for name in named for word in WORD.findall(f"{name} {in_one_form(name)}"))


def _names(claim: str) -> list[str]:
    """The names as written."""
    words = WORD.findall(claim)
    capital = [word[0].isupper() and word.casefold() not in STOPWORDS for word in words]
    if capital:
        goes_on = capital[1:2] == [True] and not _LABEL.match(claim)
        capital[0] = capital[0] and goes_on and words[0].casefold() not in _BEFORE_NAMES
    return [word for word, is_capital in zip(words, capital, strict=True) if is_capital]


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
    return {initials: frozenset(map(plain, words)) for initials, words in _long_names(text)}


def _long_names(text: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Initials with the words, as written, that they stand for: BE and BOE for the Bank of England."""
    for run in _CAPITALISED.findall(text):
        all_words = WORD.findall(run)
        words = [word for word in all_words if word.casefold() not in STOPWORDS][-_LONGEST_NAME:]
        for start in range(max(1, len(words) - 1)):
            yield from ((initials, words[start:]) for initials in _initials(words[start:]))
            if 0 < len(words) < len(all_words):
                with_all = all_words[all_words.index(words[start]) :]
                yield "".join(word[0] for word in with_all).upper(), words[start:]


def _initials(words: Sequence[str]) -> set[str]:
    """UGS and USGS for US Geological Survey; only WWII for World War II."""
    letters = "".join(word if is_roman(word) else word[0] for word in words)
    with_short_words = "".join(word if word.isupper() else word[0] for word in words)
    return {letters.upper(), with_short_words.upper()}


def _may_be_named(token: str) -> bool:
    return token[0].isupper() and plain(token) not in STOPWORDS and plain(token) not in _CALENDAR
