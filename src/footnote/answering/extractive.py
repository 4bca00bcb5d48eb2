"""The answerer that needs no key: the answer is source sentences, as many as the question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from footnote.answering import superseded
from footnote.answering.lists import is_cut_list, list_around, named_items, next_in_item, start_of_item
from footnote.answering.saying import claims_of
from footnote.answering.subjects import is_label, label_of, note_below, pointed_to, subject_of
from footnote.answering.tables import whole_table
from footnote.models import AnswererName, Candidate, Sentence
from footnote.ports import Asker, Draft, OnClaims
from footnote.reading.asked_for import asked_for, covered
from footnote.reading.certainty import ABSTAIN_BELOW
from footnote.reading.question_parts import parts_of

MAX_SENTENCES = 5
MAX_LIST = 12
"""How many items of a list are given at most."""

LIST_GOES_ON = "The list has more items than these; the others are in the article."

NARROW, WIDE = 1.0, 2.0
"""How far below the best sentence another one may score and still be used: one from another
article, for a question about one thing; any, for a question about several. Chosen for citation F1 on the dev questions.
"""

WORTH_ADDING = 2.0
"""Score below which a sentence is not added to a better one, however close it is."""

EQUAL = 1.0
"""Articles whose best sentences are this close to the best one answer about equally well."""

_SEVERAL = re.compile(
    r"\b(?:and|or)\s+(?:in\s+|at\s+|to\s+|by\s+)?(?:what|how|who|when|where|which|why|is|are|does|did|do|was|were)\b"
    r"|\b(?:steps?|list|name all|ways|reasons|types|kinds|examples|differences?|advantages|causes|effects|rules"
    r"|requirements|conditions|options|features|members|describe|explain|summari[sz]e|tell me about|what happen(?:s|ed)"
    r"|what (?:should|must|shall) (?:i|we|you|one|people|members) (?:not |never )?do"
    r"|how (?:do|does|can|to|did|is|are|was|were)(?! (?:many|much|long|old|far|big|tall))|why)\b"
    r"|^(?:which|who|what)\b.{1,80}\b(?:(?:is|are|was|were)\s[a-z]{2,9}er|more|less|fewer)\b.{1,80}\bor\b"
    r"|^(?:what|which)\s+(?:\w+\s+)?(?:are|were)\b|^(?:what|which)\s+(?!does\b|is\b|was\b|has\b|this\b|its\b)\w+[^s\W]s\s",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\b(?:how (?:do|does|can|should|to)|what (?:should|must|shall) (?:i|we|you|one|people|members) (?:not |never )?do"
    r"|steps|list|requirements|rules|conditions)\b",
    re.IGNORECASE,
)


class ExtractiveAnswerer:
    """Implements `Answerer`. It never abstains: the confidence decides whether the articles answer."""

    name = AnswererName.EXTRACTIVE

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,  # noqa: ARG002 - it costs nothing
        on_claims: OnClaims | None = None,  # noqa: ARG002 - it takes no time
    ) -> Draft:
        keys = choose(question, candidates)
        claims = tuple(claims_of(question, keys, candidates))
        is_cut = asks_for_several(question) and is_cut_list([candidates[key] for key in keys])
        return Draft(claims, self.name, note=LIST_GOES_ON if is_cut else None)


def asks_for_several(question: str) -> bool:
    return bool(_SEVERAL.search(question))


def choose(question: str, candidates: Mapping[str, Candidate]) -> list[str]:
    """Keys of the sentences to use, for each question of a message in turn. Of several, one that the articles do not
    answer gets none.
    """
    parts = parts_of(question)
    said: dict[str, str] = {}
    for number, part in enumerate(parts):
        of_part = {key: one for key, one in candidates.items() if one.part == number}
        best = max(of_part.values(), key=lambda one: one.score, default=None)
        if best and (best.surely >= ABSTAIN_BELOW or len(parts) == 1):
            for key in _choose(part, of_part, candidates):
                said.setdefault(_words(candidates[key]), key)
    return list(said.values())


def _choose(question: str, own: Mapping[str, Candidate], candidates: Mapping[str, Candidate]) -> list[str]:
    """Articles in the order of their best sentence, sentences in the order of the text. Of articles that answer about
    equally well, the newest comes first: a correction comes before what it corrects.

    `own` are the candidates for this question of the message; a list or a subject may need other candidates too.
    """
    wants_several = asks_for_several(question)
    keys = [*_answering(own, wants_several=wants_several)]
    newer = superseded.by_newer(keys, own)
    keys = [*_only_named(question, keys, candidates)]
    if wants_several:
        keys = list(_with_lists(question, keys, candidates, introduced=bool(_STEPS.search(question))))
    keys = [*_with_subjects(question, keys, candidates), *_taken_back(keys, candidates)]
    keys += _rows_beside(question, keys[:1], candidates)
    ordered = _in_order(keys, candidates)
    said = {_words(candidates[key]) for key in newer}
    return [*newer, *(key for key in ordered if _words(candidates[key]) not in said)]


def _answering(candidates: Mapping[str, Candidate], *, wants_several: bool) -> list[str]:
    """The best sentence and those close to it, best first. Several from one article only if the question asks for
    several things.
    """
    best = max((candidate.score for candidate in candidates.values()), default=0.0)
    said: dict[str, str] = {}
    articles = set()
    for key, candidate in sorted(candidates.items(), key=lambda pair: -pair[1].score):
        close = candidate.score >= min(best, max(WORTH_ADDING, best - (WIDE if wants_several else NARROW)))
        is_new = wants_several or candidate.article.id not in articles
        if close and is_new and _words(candidate) not in said and len(said) < (MAX_SENTENCES if wants_several else 2):
            said[_words(candidate)] = key
            articles.add(candidate.article.id)
    return list(said.values())


def _taken_back(keys: Sequence[str], candidates: Mapping[str, Candidate]) -> Iterator[str]:
    """What says that the plan of the best sentence was dropped."""
    best = max((candidates[key] for key in keys), key=lambda one: one.score, default=None)
    later = superseded.taken_back(best, candidates.values()) if best else None
    yield from (key for key, one in candidates.items() if one == later)


def _only_named(question: str, keys: Sequence[str], candidates: Mapping[str, Candidate]) -> Iterator[str]:
    """In place of other items of a list, those that the question names, if it does: "Press: ..." for the press."""
    by_place = _by_place(candidates)
    for key in keys:
        one = candidates[key]
        items = named_items(question, one)
        named = [by_place.get((one.article.id, item)) for item in items]
        if not any(named) or (start_of_item(one) or one.sentence) in items:
            yield key
        yield from filter(None, named)


def _with_lists(
    question: str, keys: Sequence[str], candidates: Mapping[str, Candidate], *, introduced: bool
) -> Iterator[str]:
    """Each chosen item of a list brings the whole list, since a missing step makes the others wrong. If the question
    asks for a list, the sentence that introduces one does so too. An item that the question names stands alone.
    """
    yield from keys
    by_place = _by_place(candidates)
    told = set(keys)
    for key in keys:
        one = candidates[key]
        whole = [] if named_items(question, one) else list_around(one, introduced=introduced)
        items = [by_place.get((one.article.id, sentence)) for sentence in whole]
        for item in items[:MAX_LIST]:
            if item and item not in told:
                told.add(item)
                yield item


def _rows_beside(question: str, keys: Sequence[str], candidates: Mapping[str, Candidate]) -> Iterator[str]:
    """The other rows of a table, if the question asks for what all of them tell."""
    by_place = _by_place(candidates)
    for one in (candidates[key] for key in keys):
        found = (by_place.get((one.article.id, row)) for row in whole_table(question, one))
        yield from filter(None, found)


def _with_subjects(question: str, keys: Sequence[str], candidates: Mapping[str, Candidate]) -> Iterator[str]:
    """What a sentence points to, the label of what a list item explains, and what explains a label. If it has a word of
    the question that neither the sentence nor its title has, also the sentence before one that begins with a pronoun,
    the first one of a list item, and the next one.
    """
    asked = asked_for(question)
    by_place = _by_place(candidates)
    for key in keys:
        one = candidates[key]
        label = label_of(one)
        if label and (label_key := by_place.get((one.article.id, label))):
            yield label_key
        pointed = (
            by_place.get((one.article.id, sentence)) for sentence in (*pointed_to(one), note_below(one)) if sentence
        )
        yield from (found for found in pointed if found and found not in keys)
        yield key
        known = f"{one.article.title} {' '.join(one.passage.headings)} {one.quote}"
        following = next_in_item(one)
        for near in filter(None, (subject_of(one), start_of_item(one), following)):
            found = by_place.get((one.article.id, near))
            named = f"{known} {one.article.text[near.start : near.end]}"
            is_explanation = near == following and is_label(one)
            if found and found not in keys and (is_explanation or covered(asked, named) > covered(asked, known)):
                yield found


def _by_place(candidates: Mapping[str, Candidate]) -> dict[tuple[str, Sentence], str]:
    """The key of each sentence of an article."""
    return {(one.article.id, one.sentence): key for key, one in candidates.items()}


def _in_order(keys: Sequence[str], candidates: Mapping[str, Candidate]) -> list[str]:
    by_score = sorted(keys, key=lambda key: -candidates[key].score)
    articles = list(dict.fromkeys(candidates[key].article.id for key in by_score))
    best = candidates[by_score[0]].score if by_score else 0.0
    best_of = {candidates[key].article.id: candidates[key].score for key in reversed(by_score)}

    def place(key: str) -> tuple[int, int, Sentence]:
        article = candidates[key].article
        is_equal = best_of[article.id] >= best - EQUAL
        day = article.published.toordinal() if article.published and is_equal else 0
        return -day, articles.index(article.id), candidates[key].sentence

    once = {_words(candidates[key]): key for key in reversed(keys)}
    return sorted(once.values(), key=place)


def _words(candidate: Candidate) -> str:
    return " ".join(candidate.quote.casefold().split())
