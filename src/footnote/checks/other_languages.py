"""Checks against sentences that are not in English: those that need few or no words of a language.

Claims in English are checked for much more; see the other modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from footnote.checks.dates.days import days_and_months
from footnote.checks.figures.dated_numbers import years_in
from footnote.checks.source import QuotedSource
from footnote.text.languages import DEFAULT, language_of
from footnote.text.local_dates import Day, local_dates
from footnote.text.local_negations import LIKE_NEGATIONS, negated_in, without_negations
from footnote.text.local_numbers import local_numbers
from footnote.text.terms import terms

_NAME = re.compile(r"[^\W\d_]{2,}")
_ENDING = 3
"""How many letters the ending of a name has at most: Москва, Москвой."""

_MANY = 0.6
_OPENING, _ENDS = " \n\"'«“„(¿¡", (".", "!", "?", ":")
ALL_NOUNS_HAVE_CAPITALS = frozenset({"de"})


def are_in_another_language(sources: Sequence[QuotedSource]) -> bool:
    return any(source.language != DEFAULT for source in sources)


def support_in_its_language(claim: str, sources: Sequence[QuotedSource]) -> float:
    """The share (0 to 1) of the claim's words that are in the sources or their titles, by their stems."""
    languages = {source.language for source in sources}
    shares = [_share(claim, sources, language) for language in languages]
    return max(shares, default=0.0)


def _share(claim: str, sources: Sequence[QuotedSource], language: str) -> float:
    said = set(terms(claim, language))
    quoted = {term for source in sources for term in terms(source.quote, language)}
    if not said & quoted:
        return 0.0
    known = quoted.union(*(terms(source.about, language) for source in sources))
    return len(said & known) / len(said)


def has_local_numbers(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every number in digits is in a source, however its language writes it, or belongs to a day that is. The day of
    publication gives only numbers of dates.
    """
    language = _language(claim, sources)
    days = _days(sources)
    named = local_dates(claim, language) | {*days_and_months(claim)}
    known = {number for source in sources for number in local_numbers(_text(source), source.language)}
    known |= {str(part) for day in (days & named) | _named_days(sources) for part in day if part}
    published = {source.published.year for source in sources if source.published}
    known |= {str(year) for year in published & years_in(claim)}
    said = local_numbers(claim, language)
    dated = {number for number in said if number.count(".") == 2 and local_dates(number, language) <= days}
    return said - dated <= known


def has_local_dates(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every day and month of the claim is in a source."""
    known = _days(sources)
    said = local_dates(claim, _language(claim, sources))
    return all(one in known or (one[0] is None and one[1] in {month for _, month in known}) for one in said)


def _days(sources: Sequence[QuotedSource]) -> set[Day]:
    published = {(source.published.day, source.published.month) for source in sources if source.published}
    return published | _named_days(sources)


def _named_days(sources: Sequence[QuotedSource]) -> set[Day]:
    return set[Day]().union(*(local_dates(_text(source), source.language) for source in sources))


def has_same_local_sense(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Of a claim in nearly the words of its sources: it negates what they negate, and nothing else. Another wording may
    say with one word what a negation says: closed for not open.
    """
    negated = [*negated_in(claim, _language(claim, sources))]
    told = [what for source in sources for what in negated_in(source.quote, source.language)]
    if bool(negated) == bool(told) or any(source.prohibition for source in sources):
        return True
    other_words = _like_negations(claim) ^ _like_negations(" ".join(source.quote for source in sources))
    if other_words or _share_of_words(claim, sources) < _MANY:
        return True
    said = {term for source in sources for term in terms(claim, source.language)}
    quoted = {term for source in sources for term in terms(source.quote, source.language)}
    language = sources[0].language
    among, whats = (quoted, negated) if negated else (said, told)
    return not any(len(what & among) > len(what) / 2 for what in (set(terms(one, language)) for one in whats))


def _like_negations(text: str) -> set[str]:
    return {found[0].casefold() for found in LIKE_NEGATIONS.finditer(text)}


def _share_of_words(claim: str, sources: Sequence[QuotedSource]) -> float:
    """The share of its words that are in the sources, negations left out."""
    said = {term for one in sources for term in terms(without_negations(claim, one.language), one.language)}
    quoted = {term for one in sources for term in terms(without_negations(one.quote, one.language), one.language)}
    return len(said & quoted) / len(said) if said else 0.0


def keeps_local_prohibition(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """What stands in a list of what is not done, or not so, is said with a negation or a word like one."""
    is_negated = any(negated_in(claim, _language(claim, sources))) or LIKE_NEGATIONS.search(claim)
    return bool(is_negated) or not any(source.prohibition for source in sources)


def has_local_names(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every capitalised word that does not begin a sentence is in a source, whatever its ending."""
    if _language(claim, sources) in ALL_NOUNS_HAVE_CAPITALS:
        return True
    known = {word.casefold() for source in sources for word in _NAME.findall(_text(source))}
    return all(any(is_form_of(name, word) for word in known) for name in names_in(claim))


def names_in(claim: str) -> Iterator[str]:
    for found in _NAME.finditer(claim):
        before = claim[: found.start()].rstrip(_OPENING)
        if found[0][0].isupper() and before and not before.endswith(_ENDS):
            yield found[0].casefold()


def is_form_of(name: str, word: str) -> bool:
    shared = next((at for at, pair in enumerate(zip(name, word, strict=False)) if pair[0] != pair[1]), None)
    shared = min(len(name), len(word)) if shared is None else shared
    return shared >= 2 and max(len(name), len(word)) - shared <= (_ENDING if shared >= 4 else 1)


def _text(source: QuotedSource) -> str:
    return f"{source.quote} {source.about}"


def _language(claim: str, sources: Sequence[QuotedSource]) -> str:
    """The language of its sources, unless it is clearly another."""
    found = language_of(claim)
    return found if found != DEFAULT or not sources else sources[0].language
