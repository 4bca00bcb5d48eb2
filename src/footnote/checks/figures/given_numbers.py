"""Whether the sources give the numbers of a claim, directly or by simple arithmetic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from footnote.checks.figures.counted_lists import counts_of_lists
from footnote.checks.figures.dated_numbers import dates_at
from footnote.checks.figures.known_numbers import LABELLED, known_numbers
from footnote.checks.figures.lengths import ANNIVERSARY, counts_in_other_units, lengths_in_years
from footnote.checks.figures.number_forms import in_other_forms
from footnote.checks.figures.numbers import Number, Read, numbers_in, read_numbers, words_in_digits
from footnote.checks.figures.rounding import is_some_of, rounds
from footnote.checks.one_form import with_world_wars_in_words
from footnote.checks.source import QuotedSource, known

_AMOUNTS = frozenset({"", "th", "s", "%", "many"})
_COMPARES = re.compile(
    r"\b(?:more|fewer|less|(?:high|low|old|young|tall|long|short|larg|small|bigg|lat|earli|heavi|light|great|wid|fast|cheap)er"
    r"|add(?:s|ed|itional)?|ahead|apart|beat|behind|between|chang(?:e[ds]?|ing)|climb(?:s|ed|ing)?|cut|declin(?:e[ds]?|ing)"
    r"|decreas(?:e[ds]?|ing)|difference|differs?|drop(?:s|ped|ping)?|fall(?:s|en|ing)?|fell|gain(?:s|ed|ing)?|gap"
    r"|gr[eo]w(?:s|n|ing)?|growth|increas(?:e[ds]?|ing)|jump(?:s|ed)?|lead(?:s|ing)?|led|left|los(?:e[sr]?|ing|s(?:es)?|t)"
    r"|margin|rais(?:e[ds]?|ing)|reduc(?:e[ds]?|ing|tion)|remain\w*|ris(?:e[ns]?|ing)|rose|shrank|span|won)\b",
    re.IGNORECASE,
)
"""Only then may a number be the difference of two others."""
_ONE_MORE = re.compile(r"\ban? (\d+)(?:st|nd|rd|th)\b", re.IGNORECASE)
_OUTLETS = re.compile(
    r"\b(\d+)\s+(?:\w+\s)?(?:outlets|sources|reports|articles|papers|newspapers|accounts|estimates|counts|media)\b",
    re.IGNORECASE,
)


def has_numbers(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Each number of the claim is in a source as often, or rounds one there if it says "about" or the like, or follows
    from numbers there, or is how many things a source lists.
    """
    return not missing_numbers(claim, sources)


def missing_numbers(claim: str, sources: Sequence[QuotedSource]) -> list[Number]:
    """The numbers of the claim that no source gives. The days that a source refers to give only numbers of dates."""
    claim = with_world_wars_in_words(claim)
    said = [read for read in read_numbers(claim) if read.is_counted]
    dates = dates_at(words_in_digits(claim))
    dated = [read for read in said if any(read.start in date for date in dates)]
    others = [read for read in said if read not in dated]
    missing = [
        *_not_given(others, [with_world_wars_in_words(source.quote) for source in sources]),
        *_not_given(dated, [*map(known, sources)]),
    ]
    if not missing:
        return []
    derived = {*_derived(claim, sources), *_sources_counted(claim, sources)}
    return [number for number in missing if number not in derived]


def _not_given(said: Sequence[Read], texts: Sequence[str]) -> Iterator[Number]:
    if not said:
        return
    given = sum(map(known_numbers, texts), Counter[Number]())
    exact = Counter(read.number for read in said)
    for read in said:
        is_known = exact[read.number] <= given[read.number] and (not read.label or _is_known_label(read, given))
        is_given = is_known or (read.also and given[read.also])
        is_near = any(rounds(read.number, other, read.sides) or is_some_of(other, read.number) for other in given)
        if not is_given and not is_near:
            yield read.number


def _is_known_label(read: Read, given: Counter[Number]) -> bool:
    """Python 3.10 is not Python 3.1. Behind no label, 3.10 may be either."""
    value, kind = read.number
    return bool(given[0.0, read.label]) or given[value, kind] > given[value, LABELLED]


def _derived(claim: str, sources: Sequence[QuotedSource]) -> Iterator[Number]:
    said = words_in_digits(claim)
    texts = [words_in_digits(source.quote) for source in sources]
    numbers = {value for text in texts for value, kind in numbers_in(text) if kind in _AMOUNTS}
    dated = [words_in_digits(known(source)) for source in sources]
    yield from ((length, "") for length in lengths_in_years(said, dated))
    if _COMPARES.search(said):
        plain = [value for value, unit in numbers_in(said) if not unit and value in numbers]
        yield from ((abs(one - other), "") for one, other in combinations(plain, 2) if one != other)
    for match in ANNIVERSARY.finditer(said):
        if float(match[1]) in numbers:
            yield float(match[1]), "th"
    more = (float(count) for text in texts for count in _ONE_MORE.findall(text))
    yield from ((count, "") for count in more if count - 1 in numbers)  # three of them, and later a fourth
    yield from ((count, "") for count in counts_in_other_units(said, texts))
    yield from ((count, "") for count in counts_of_lists(said, texts))
    yield from in_other_forms(claim, texts)


def _sources_counted(claim: str, sources: Sequence[QuotedSource]) -> Iterator[Number]:
    for count in _OUTLETS.findall(words_in_digits(claim)):
        if float(count) in {len(sources), len({source.header for source in sources})}:
            yield float(count), ""
