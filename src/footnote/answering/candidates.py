"""Which sentences an answerer may cite for a question: from the articles, and from an attached file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from footnote.answering.lists import list_around, next_in_item, start_of_item
from footnote.answering.subjects import context_of
from footnote.answering.superseded import taken_back
from footnote.models import Candidate, Hit, Reading, best_by_part
from footnote.ports import Pair

OFFERED, FEW = 24, 8
"""How many candidate sentences an answerer gets at most, and how many it gets however low they score."""

OFF_TOPIC = 6.0
"""A sentence that scores this much less than the best for the same part of a question has nothing to do with it."""

FindAttached = Callable[[str], Awaitable[Sequence[Hit]]]
"""Returns passages of the attached file for a question, best first. Raises ModelError."""


def in_turn(attached: Sequence[Hit], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Alternates between the file and the articles, since only the first few are read."""
    pairs = zip_longest(attached, hits)
    return tuple(hit for pair in pairs for hit in pair if hit is not None)


def offered(reading: Reading) -> Mapping[str, Candidate]:
    """The best candidates under short keys, best first. Those far off the topic are used only if there are few others.
    Each is followed by the sentence that says who or what is meant and by the next one of its list item, the best one
    by the rest of its list, and the best for each part of the question by the sentence that drops its plan.
    """
    best = best_by_part(reading.candidates)
    near = [one for one in reading.candidates if one.score >= best[one.part] - OFF_TOPIC][:OFFERED]
    by_place = {(one.article.id, one.sentence): one for one in reading.candidates}
    chosen: list[Candidate] = []
    for candidate in near if len(near) >= FEW else reading.candidates[:FEW]:
        with_it = [*context_of(candidate), start_of_item(candidate), next_in_item(candidate)]
        with_it += [] if chosen else list_around(candidate)
        found = (by_place.get((candidate.article.id, sentence)) for sentence in with_it if sentence)
        is_best = candidate.part not in {one.part for one in chosen}
        later = taken_back(candidate, reading.candidates) if is_best else None
        chosen += [candidate, *filter(None, (*found, later))]
    return {f"S{number}": one for number, one in enumerate(list(dict.fromkeys(chosen))[:OFFERED], 1)}


def without_refused(hit: Hit, refused: frozenset[Pair]) -> Hit | None:
    """A hit without the sentences that are known not to answer the question; None when it has no others."""
    article = hit.passage.article
    kept = [
        place
        for place, one in enumerate(hit.passage.sentences)
        if (article.id, article.text[one.start : one.end]) not in refused
    ]
    if not kept:
        return None
    return replace(
        hit,
        passage=replace(hit.passage, sentences=tuple(hit.passage.sentences[place] for place in kept)),
        sentences=tuple(hit.sentences[place] for place in kept),
        by_part=tuple(tuple(part[place] for place in kept) for part in hit.by_part),
    )
