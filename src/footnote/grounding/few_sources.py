"""Only a few sentences may support a claim, all in one language: naming everything that was offered means nothing, and
only sentences in English can be read and checked for everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from footnote.checks.figures.numbers import in_digits
from footnote.checks.words import meanings
from footnote.models import Candidate
from footnote.text.items import ITEM
from footnote.text.languages import DEFAULT, language_of
from footnote.text.terms import terms

MOST_KEYS = 4
"""Sentences that one claim may cite. The items of one list count as one."""


def few(claim: str, named: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences named, each once: those in the language of the claim, or else of the first one. If there are too
    many, those that add most of the claim's words, or else the first ones, in the order named.
    """
    places: dict[object, list[Candidate]] = {}
    for one in _in_one_language(claim, dict.fromkeys(named)):
        places.setdefault(_place(one), []).append(one)
    if len(places) <= MOST_KEYS:
        return tuple(one for group in places.values() for one in group)
    language = language_of(next(iter(places.values()))[0].article.text)
    said = {place: _words((one.quote for one in group), language) for place, group in places.items()}
    wanted = _words([claim], language)
    chosen: list[object] = []
    while len(chosen) < MOST_KEYS and wanted:
        best = max(places, key=lambda place: len(wanted & said[place]) * (place not in chosen))
        if best in chosen or not wanted & said[best]:
            break
        chosen.append(best)
        wanted -= said[best]
    chosen = chosen or [*places][:MOST_KEYS]
    return tuple(one for place, group in places.items() if place in chosen for one in group)


def _in_one_language(claim: str, named: Iterable[Candidate]) -> Sequence[Candidate]:
    languages = {one: language_of(one.article.text) for one in named}
    if len({*languages.values()}) < 2:
        return [*languages]
    its_own = language_of(claim)
    kept = its_own if its_own in languages.values() else next(iter(languages.values()))
    return [one for one, language in languages.items() if language == kept]


def _place(candidate: Candidate) -> object:
    """The list that it is an item of, or the sentence itself."""
    if not ITEM.match(candidate.quote):
        return candidate
    sentences, text = candidate.passage.sentences, candidate.article.text
    at = sentences.index(candidate.sentence) if candidate.sentence in sentences else 0
    while at and ITEM.match(text[sentences[at - 1].start : sentences[at - 1].end]):
        at -= 1
    return candidate.article.id, sentences[at].start


def _words(texts: Iterable[str], language: str) -> frozenset[str]:
    if language == DEFAULT:
        return frozenset[str]().union(*(meanings(in_digits(text)) for text in texts))
    return frozenset(word for text in texts for word in terms(text, language))
