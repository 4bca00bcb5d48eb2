"""The answerer that needs no key: the answer is one to four source sentences, in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from footnote.models import AnswererName, Candidate, Sentence
from footnote.ports import Asker, Draft, DraftClaim, OnClaims
from footnote.prose import as_prose

MAX_SENTENCES = 4
_WITHIN = 0.2
"""A sentence joins when it scores at most this much below the best. By citation F1 (benchmarks/calibrate.py), questions
with one right sentence (SQuAD) would like .05, those with several (CLAP NQ) .3."""

_EQUAL = 0.1
"""Articles whose best sentences are this close to the best one answer about equally well."""


class ExtractiveAnswerer:
    """Implements `Answerer`. It never abstains by itself: whether the articles answer is decided by confidence."""

    name = AnswererName.EXTRACTIVE

    async def draft(
        self,
        question: str,  # noqa: ARG002 - the scores know it
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,  # noqa: ARG002 - it costs nothing
        on_claims: OnClaims | None = None,  # noqa: ARG002 - it takes no time
    ) -> Draft:
        claims = (DraftClaim(as_prose(candidates[key].quote), (key,)) for key in choose(candidates))
        return Draft(tuple(claims), self.name)


def choose(candidates: Mapping[str, Candidate]) -> list[str]:
    """Keys of the sentences to say: articles in the order of their best sentence, sentences in that of the text. Of the
    articles that answer about equally well the newest comes first: a correction stands above what it corrects.
    """
    best = max((candidate.score for candidate in candidates.values()), default=0.0)
    chosen: dict[str, str] = {}
    for key, candidate in candidates.items():
        words = " ".join(candidate.quote.casefold().split())
        if candidate.score >= best - _WITHIN and words not in chosen and len(chosen) < MAX_SENTENCES:
            chosen[words] = key
    keys = list(chosen.values())
    articles = list(dict.fromkeys(candidates[key].article.id for key in keys))
    best_of = {candidates[key].article.id: candidates[key].score for key in reversed(keys)}

    def place(key: str) -> tuple[int, int, Sentence]:
        article = candidates[key].article
        is_equal = best_of[article.id] >= best - _EQUAL
        day = article.published.toordinal() if article.published and is_equal else 0
        return -day, articles.index(article.id), candidates[key].sentence

    return sorted(keys, key=place)
