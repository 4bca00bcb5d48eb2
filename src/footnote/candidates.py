"""Which sentences an answerer may cite for a question: of the articles, and of a file that came with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from footnote.extractive import list_around, subject_of
from footnote.models import Candidate, Hit, Reading
from footnote.ports import Pair

OFFERED, FEW = 24, 8
"""Candidate sentences offered to an answerer, and how many are offered however far off they are."""

OFF_TOPIC = 6.0
"""A sentence that scores this much less than the best has nothing to do with the question."""

FindAttached = Callable[[str], Awaitable[Sequence[Hit]]]
"""Question -> passages of a file that came with it, best first. Raises ModelError."""


def in_turn(attached: Sequence[Hit], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """One of the file, one of the articles, and so on: only the first of them are read."""
    pairs = zip_longest(attached, hits)
    return tuple(hit for pair in pairs for hit in pair if hit is not None)


def offered(reading: Reading) -> Mapping[str, Candidate]:
    """The best candidates under short keys, best first: those far off the topic only where there are few others, behind
    each that begins with a pronoun the sentence that says who is meant, and behind the best the rest of its list.
    """
    best = reading.candidates[0].score if reading.candidates else 0.0
    near = [one for one in reading.candidates[:OFFERED] if one.score >= best - OFF_TOPIC]
    by_place = {(one.article.id, one.sentence): one for one in reading.candidates}
    chosen: list[Candidate] = []
    for candidate in near if len(near) >= FEW else reading.candidates[:FEW]:
        before = subject_of(candidate)
        with_it = [before] if before else [] if chosen else list_around(candidate)
        found = (by_place.get((candidate.article.id, sentence)) for sentence in with_it)
        chosen += [candidate, *filter(None, found)]
    return {f"S{number}": one for number, one in enumerate(list(dict.fromkeys(chosen))[:OFFERED], 1)}


def without_refused(hit: Hit, refused: frozenset[Pair]) -> Hit | None:
    """A hit without the sentences that do not answer the question; None when it has no others."""
    article = hit.passage.article
    kept = [
        (sentence, signals)
        for sentence, signals in zip(hit.passage.sentences, hit.sentences, strict=True)
        if (article.id, article.text[sentence.start : sentence.end]) not in refused
    ]
    if not kept:
        return None
    sentences, signals = zip(*kept, strict=True)
    return replace(hit, passage=replace(hit.passage, sentences=sentences), sentences=signals)
