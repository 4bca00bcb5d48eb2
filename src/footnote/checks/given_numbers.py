"""Whether the sources give the numbers of a claim, directly or by simple arithmetic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from footnote.checks.numbers import Number, is_some_of, known_numbers, numbers_in, read_numbers, rounds, words_in_digits
from footnote.checks.source import QuotedSource, known

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_YEARS_LONG = re.compile(r"\b(\d+)[\s-]years?\b", re.IGNORECASE)
_ANNIVERSARY = re.compile(r"\b(\d+)(?:st|nd|rd|th)\s+(?:anniversary|birthday)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(\d+)[\s-](hour|day|week|month|year|decade)s?\b|\b(a|one)\s(day|week|year|decade)\b", re.IGNORECASE
)
_EQUAL = {("year", "month"): 12, ("week", "day"): 7, ("day", "hour"): 24, ("decade", "year"): 10}
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
_SERIES = re.compile(r"(?:, (?:[^\s,;:.()]++ ){0,3}[^\s,;:.()]++){1,10}(?=,? (?:and|or|as well as)\b)")
_PAIR = re.compile(r"\b[A-Z][\w’']*+ and [A-Z]")
_INTRODUCES = re.compile(
    r"(?:in|on|at|by|after|before|during|for|from|since|until|according|last|this|next|however|meanwhile)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b([2-9]|1[0-2]) (?:[a-z]+ )?([a-z]{2,}s|people|men|women|children)\b")
_ANY_COUNTED = re.compile(r"(?<![\w.,])(\d[\d.,]*+) (?:[a-z]+ )?([a-z]{2,}s|people|men|women|children)\b")
_MEASURE_LIST = """
euros pounds dollars pence cents francs kroner yen miles metres meters kilometres kilometers feet inches grams kilograms
kilos tonnes tons litres liters hours minutes seconds days weeks months years decades times points degrees
"""
_MEASURES = frozenset(_MEASURE_LIST.split())
_LIST = re.compile(r"[:(—–]\s*([^:()—–]+)")
_BETWEEN_ITEMS = re.compile(r",\s*+(?:(?:and|or)\s++)?+|;\s*+|(?<!\s)\s++(?:and|or)\s++")


def has_numbers(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Each number of the claim is in a source as often, or rounds one there if it says "about" or the like, or follows
    from numbers there, or is how many things a source lists.
    """
    return not missing_numbers(claim, sources)


def missing_numbers(claim: str, sources: Sequence[QuotedSource]) -> list[Number]:
    """The numbers of the claim that no source gives."""
    given = sum((known_numbers(known(source)) for source in sources), Counter[Number]())
    said = [read for read in read_numbers(claim) if read.is_counted]
    exact = Counter(read.number for read in said)
    missing = [
        read.number
        for read in said
        if exact[read.number] > given[read.number]
        and not (read.is_hedged and any(rounds(read.number, other) for other in given))
        and not any(is_some_of(other, read.number) for other in given)
    ]
    if not missing:
        return []
    derived = {
        *_derived(claim, [words_in_digits(known(source)) for source in sources]),
        *_sources_counted(claim, sources),
    }
    return [number for number in missing if number not in derived]


def _derived(claim: str, texts: Sequence[str]) -> Iterator[Number]:
    said = words_in_digits(claim)
    numbers = {value for text in texts for value, _ in numbers_in(text)}
    yield from _lengths_in_years(said, texts)
    if _COMPARES.search(said):
        plain = [value for value, unit in numbers_in(said) if not unit and value in numbers]
        yield from ((abs(one - other), "") for one, other in combinations(plain, 2) if one != other)
    for match in _ANNIVERSARY.finditer(said):
        if float(match[1]) in numbers:
            yield float(match[1]), "th"
    more = (float(count) for text in texts for count in _ONE_MORE.findall(text))
    yield from ((count, "") for count in more if count - 1 in numbers)  # three of them, and later a fourth
    told = {span for text in texts for span in _spans(text)}
    yield from ((count, "") for count, unit in _spans(said) if _equals(count, unit) & told)
    yield from ((count, "") for count in _counts(said) & _listed(texts) if not _gives_one(said, count, texts))
    for listed in _LIST.findall(claim):
        yield float(len(_BETWEEN_ITEMS.split(listed.strip(" .")))), ""


def _counts(said: str) -> set[float]:
    """The small numbers of a claim that say how many things there are."""
    return {float(count) for count, noun in _COUNTED.findall(said) if noun.casefold() not in _MEASURES}


def _listed(texts: Sequence[str]) -> set[float]:
    """How many things the sentences list: "A, B and C", or two names."""
    found = set()
    for text in texts:
        found |= {2.0 for _ in _PAIR.finditer(text)}
        for series in _SERIES.finditer(text):
            before = text[: series.start()]
            if "," not in before and not _INTRODUCES.match(before):
                found.add(float(series[0].count(", ") + 2))
    return found


def _gives_one(said: str, count: float, texts: Sequence[str]) -> bool:
    """Whether the sentences themselves say how many there are of what the claim counts."""
    nouns = {noun.casefold() for number, noun in _COUNTED.findall(said) if float(number) == count}
    return any(noun.casefold() in nouns for text in texts for _, noun in _ANY_COUNTED.findall(text))


def _lengths_in_years(said: str, texts: Sequence[str]) -> Iterator[Number]:
    lengths = {float(length) for length in _YEARS_LONG.findall(said)}
    for text in texts:
        years = [*map(int, _YEAR.findall(text))]
        anniversaries = {float(count) for count in _ANNIVERSARY.findall(text)}
        spans = {float(abs(one - other)) for one, other in combinations(years, 2)}
        yield from ((length, "") for length in lengths & (spans | anniversaries))


def _spans(text: str) -> Iterator[tuple[float, str]]:
    for match in _SPAN.finditer(text):
        yield (float(match[1]), match[2].casefold()) if match[1] else (1.0, match[4].casefold())


def _equals(count: float, unit: str) -> set[tuple[float, str]]:
    """Two years are 24 months."""
    in_smaller = {(count * times, small) for (large, small), times in _EQUAL.items() if large == unit}
    in_larger = {(count / times, large) for (large, small), times in _EQUAL.items() if small == unit}
    return in_smaller | in_larger


def _sources_counted(claim: str, sources: Sequence[QuotedSource]) -> Iterator[Number]:
    for count in _OUTLETS.findall(words_in_digits(claim)):
        if float(count) in {len(sources), len({source.header for source in sources})}:
            yield float(count), ""
