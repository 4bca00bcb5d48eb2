"""Whether names, figures and comparisons of a claim appear with the same words as in its sources."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from footnote.checks.figures.numbers import Number
from footnote.checks.names.names import NameRun, is_same_name, names_among
from footnote.checks.sense.opposites import opposites_in
from footnote.checks.sense.parts import SentencePart, parts_of
from footnote.checks.source import QuotedSource
from footnote.checks.words import meanings

_MUCH_MORE = 2
"""How many more of its words a part with something else in its place must have; names and numbers count twice."""

_ENOUGH_ALONE = 3
"""How many words appear together in a source without the name or number that the claim combines with them."""

_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|itself|himself|herself|themselves|there)\b",
    re.IGNORECASE,
)

_OF_DATES = meanings(" ".join([*calendar.month_name, *calendar.day_name])) | {"between"}

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_RANGE = re.compile(r"(?<![\d.])(\d++(?:\.\d++)?+)%?(?:\s(?:and|to|or)\s|\s?[–-]\s?)\D?(\d+(?:\.\d+)?)")
_YEARS = range(1500, 2100)

WordWeights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Told:
    """The parts of all sentences together and of each alone; `context`: names from their articles."""

    sentences: Sequence[Sequence[SentencePart]]
    context: Sequence[NameRun]

    @property
    def parts(self) -> list[SentencePart]:
        return [part for sentence in self.sentences for part in sentence]


def has_parts_together(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No figure, name or comparison of the claim is in a place where its sources have another one.

    "The front has 5,000 men, the army 8,000" is not supported by sentences that give them the other way round, nor
    "Zara edited the paper" by one that says so about Dashty.
    """
    texts = [claim, *(source.quote for source in sources), *(source.about for source in sources)]
    names = names_among(texts)
    told = _Told(
        [parts_of(source.quote, source.before, names) for source in sources],
        [run for source in sources for part in parts_of(source.about, "", names) for run in part.names],
    )
    said = parts_of(claim, "", names)
    return all(_stands(part, said[:number], told) for number, part in enumerate(said))


def _stands(part: SentencePart, before: Sequence[SentencePart], told: _Told) -> bool:
    meant = {run for one in before for run in one.names} if _POINTS_BACK.search(part.text) else set[NameRun]()
    mine = (*part.names, *part.subject, *meant)
    return (
        all(_name_stands(name, part, mine, told) for name in dict.fromkeys((*part.names, *part.subject)))
        and all(_number_stands(number, part, told) for number in part.numbers)
        and all(_word_stands(one, other, part, told.parts) for one, other in opposites_in(part.all_words))
    )


def _name_stands(name: NameRun, part: SentencePart, mine: Sequence[NameRun], told: _Told) -> bool:
    """`mine`: the names that the part is about, which do not count as others."""
    weights = _weights(part, without=name)
    holding = [other for other in told.parts if other.holds(name)]
    if not holding or any(is_same_name(name, one) for one in told.context):
        holding += [other for other in told.parts if not other.subject]
    elif _is_far_from_its_words(weights, told, [any(other.holds(name) for other in one) for one in told.sentences]):
        return False
    own = _found(weights, holding)
    rivals = {run for other in told.parts for run in (*other.names, *other.subject)}
    others = [run for run in rivals if not any(is_same_name(run, one) for one in mine)]
    plain = _plain(weights)
    return all(
        _found(weights, standing) < own + _MUCH_MORE or not _found(plain, standing)
        for standing in ([*_with_name(run, told.parts)] for run in others)
    )


def _is_far_from_its_words(weights: WordWeights, told: _Told, holds: Sequence[bool]) -> bool:
    """Whether no sentence with the name or figure has any of the words, and another has them together. A sentence about
    a person it does not name may be about the same one.
    """
    near = [part for part_of, holding in zip(told.sentences, holds, strict=True) if holding for part in part_of]
    plain = _plain(weights)
    return not _found(weights, near) and any(
        _found(weights, [part]) >= _ENOUGH_ALONE and _found(plain, [part])
        for part in told.parts
        if part.subject or not _POINTS_BACK.search(part.text)
    )


def _plain(weights: WordWeights) -> WordWeights:
    """The opposites of words that are not names."""
    return {word: weight for word, weight in weights.items() if weight == 1}


def _with_name(run: NameRun, told: Sequence[SentencePart]) -> Iterator[SentencePart]:
    return (part for part in told if run in part.names or run in part.subject)


def _number_stands(number: Number, part: SentencePart, told: _Told) -> bool:
    holding = [other for other in told.parts if number in other.numbers]
    if not holding:
        return True  # whether a number is given at all is checked by has_numbers
    weights = {**_weights(part, without=()), **dict.fromkeys(_other_figures(number, part), 2)}
    is_year = _is_year(number)
    if not is_year and _is_far_from_its_words(
        weights, told, [any(number in other.numbers for other in one) for one in told.sentences]
    ):
        return False
    own = _found(weights, holding)
    rivals = {
        (other, figure)
        for other in told.parts
        for figure in other.numbers
        if figure not in part.numbers and (_is_year(figure) or not is_year)
    }
    return all(_found(weights, [other]) < own + _MUCH_MORE for other, _ in rivals)


def _is_year(number: Number) -> bool:
    return number[0] in _YEARS and not number[1]


def _other_figures(number: Number, part: SentencePart) -> set[str]:
    """The numbers of the part, except the other end of a range or list: "between 5 and 8"."""
    figures = {match[0] for match in _FIGURE.finditer(part.text)}
    own = f"{number[0]:.12g}"
    joined = {one for match in _RANGE.finditer(part.text) for one in match.groups() if own in match.groups()}
    return figures - joined - {own}


def _word_stands(one: str, other: str, part: SentencePart, told: Sequence[SentencePart]) -> bool:
    """A word whose opposite is in a source with more of the same words."""
    figures = {match[0] for match in _FIGURE.finditer(part.text)}
    weights = {**_weights(part, without=(one,)), **dict.fromkeys(figures, 2)}
    holding = [another for another in told if one in another.all_words]
    own = _found(weights, holding)
    against = [another for another in told if other in another.all_words and one not in another.all_words]
    enough = _MUCH_MORE if holding else 1
    return all(_found(weights, [another]) < own + enough for another in against)


def _weights(part: SentencePart, *, without: NameRun) -> WordWeights:
    """What else is in the part: its words, and each name once, counting twice as much as a word."""
    own = meanings(" ".join(without))
    named = {word for run in (*part.names, *part.subject) for word in meanings(" ".join(run))}
    heads = {stem for run in (*part.names, *part.subject) for stem in meanings(run[-1])}
    weights = {word: 1 for word in part.words - named - own - _OF_DATES if not word.isdigit()}
    return {**weights, **dict.fromkeys(heads - own, 2)}


def _found(weights: WordWeights, parts: Iterable[SentencePart]) -> int:
    words: set[str] = set()
    for part in parts:
        words |= part.words
        words.update(*(meanings(" ".join(run)) for run in part.subject))
    return sum(weight for word, weight in weights.items() if word in words)
