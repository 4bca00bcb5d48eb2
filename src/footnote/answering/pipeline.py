"""Question -> hits -> reading -> draft -> grounded answer, or an abstention."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

from footnote.answering.candidates import FindAttached, offered
from footnote.answering.checking import Checking, source_sentences
from footnote.answering.conversation import CarryOver
from footnote.answering.left_open import note_of_parts
from footnote.answering.notes import together
from footnote.answering.preview import Preview
from footnote.answering.searching import Search
from footnote.errors import FootnoteError
from footnote.grounding.citing import cite
from footnote.grounding.claims import Grounded, ground
from footnote.grounding.topic import Topic
from footnote.grounding.translated_claims import with_checked
from footnote.models import Abstention, Answer, AnswererName, Candidate, Citation, Claim, Reading, Receipt
from footnote.ports import (
    Answerer,
    Asker,
    Draft,
    DraftClaim,
    Drafting,
    Memory,
    OnClaims,
    OnDrafting,
    Reader,
    Recalled,
    Retrieved,
    Retriever,
    Rewriter,
    Turn,
    Verified,
)

NEAREST = 3
"""Sentences shown with an abstention."""

MOST_SEARCHES = 4
"""How many claims of an answer are searched for in the whole index."""

SEARCH_MAY_TAKE = 3.0
"""Seconds."""

READ_AT_ONCE = max(2, os.cpu_count() or 1)
"""How many questions are read at once. More would only slow down each other, and everything else."""

VERIFIED_NOTE = "Verified by a moderator."

log = logging.getLogger(__name__)


class Answering:
    """Answers any number of questions at the same time; its only state is how many are being read.

    Without `checking`, a claim that passes the checks is shown; without a `memory`, no answer is reused.
    """

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        answerer: Answerer,
        *,
        abstain_below: float,
        rewriter: Rewriter | None = None,
        checking: Checking | None = None,
        memory: Memory | None = None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._retriever = retriever
        self._reader = reader
        self._answerer = answerer
        self._abstain_below = abstain_below
        self._rewriter = rewriter or CarryOver()
        self._checking = checking or Checking()
        self._memory = memory
        self._clock = clock
        self._turns = asyncio.Semaphore(READ_AT_ONCE)

    async def ask(
        self,
        question: str,
        *,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
        conversation: Sequence[Turn] = (),
        asker: Asker | None = None,
        on_drafting: OnDrafting | None = None,
        attached: FindAttached | None = None,
    ) -> Answer | Abstention:
        """`since` and `until` (both inclusive) limit the articles by date, `articles` by id; `conversation` is what was
        said before the question, oldest first. An `attached` file is searched together with the articles, and no answer
        is reused for that question. Raises EmptyIndex.
        """
        rewrite = self._rewriter.rewrite
        understood = await rewrite(question, conversation, asker=asker) if conversation else question
        began = self._clock()
        recalled = await self._recall(understood, asker)
        if recalled.verified and (since, until, articles, attached) == (None, None, None, None):
            return self._given_again(recalled.verified, question, understood, began, conversation)
        search = Search(understood, asker, since, until, articles, recalled.refused, attached)
        async with self._turns:
            found = await search.find(self._retriever)
            retrieved = self._clock()
            reading = await self._reader.read(understood, found.hits)
        draft, grounded = await self._answer(search, found, reading, on_drafting)
        receipt = replace(
            _receipt(found, reading, draft, grounded),
            retrieve_ms=(retrieved - began) * 1000,
            answer_ms=(self._clock() - retrieved) * 1000,
            understood=understood if understood != question else None,
            heard=_heard(conversation) if understood != question else frozenset(),
        )
        if grounded.claims:
            note = together(draft.note, note_of_parts(reading, grounded.cited))
            return Answer(question, grounded.claims, reading.confidence, receipt, note)
        return Abstention(question, _nearest(reading), reading.confidence, receipt, draft.note)

    async def _recall(self, question: str, asker: Asker | None) -> Recalled:
        return await self._memory.recall(question, asker=asker) if self._memory else Recalled()

    def _given_again(
        self, verified: Verified, question: str, understood: str, began: float, conversation: Sequence[Turn]
    ) -> Answer:
        receipt = Receipt(
            hits=(),
            candidates=(),
            answerer=AnswererName.VERIFIED,
            generation=verified.generation,
            retrieve_ms=(self._clock() - began) * 1000,
            answer_ms=0.0,
            understood=understood if understood != question else None,
            heard=_heard(conversation) if understood != question else frozenset(),
            reused_from=verified.answer_id,
        )
        return Answer(question, verified.claims, 1.0, receipt, VERIFIED_NOTE)

    async def _answer(
        self, search: Search, found: Retrieved, reading: Reading, on_drafting: OnDrafting | None
    ) -> tuple[Draft, Grounded]:
        """The draft, and what the checks left of it."""
        if reading.confidence < self._abstain_below:
            return Draft((), self._answerer.name), Grounded()
        candidates = offered(reading)
        on_claims = None
        if on_drafting:
            on_drafting(Drafting(len(found.hits)))
            is_last = not self._checking.is_judged
            checked = Preview(search.question, candidates, reading, self._checking.look)
            on_claims = _telling(on_drafting, len(found.hits), checked) if is_last else None
        draft = await self._answerer.draft(search.question, candidates, asker=search.asker, on_claims=on_claims)
        draft = replace(draft, claims=with_checked(draft.claims, search.question, candidates))
        look = self._checking.look
        grounded = ground(draft.claims, candidates, retrieved=reading.candidates, look=look)
        elsewhere = await self._look_elsewhere(grounded.failed[:MOST_SEARCHES], search, found.generation)
        draft, grounded = await self._checking.look_at(
            draft,
            grounded.reground(elsewhere, look=look),
            topic=Topic(reading.candidates),
            may_judge=draft.answerer == self._answerer.name,
            asker=search.asker,
        )
        if draft.claims and not grounded.claims and draft.answerer != AnswererName.EXTRACTIVE:
            return await source_sentences(search.question, candidates, draft, grounded)
        return draft, grounded

    async def _look_elsewhere(
        self, claims: Sequence[DraftClaim], search: Search, generation: str
    ) -> Mapping[DraftClaim, Sequence[Candidate]]:
        """Sentences from the whole index that may support claims which the retrieved sentences do not.

        Empty when the search fails or takes long: good claims should not wait for bad ones.
        """
        if not claims:
            return {}
        searches = [replace(search, question=claim.text, attached=None) for claim in claims]
        try:
            async with asyncio.timeout(SEARCH_MAY_TAKE):
                async with self._turns:
                    found = await asyncio.gather(*(one.find(self._retriever) for one in searches))
                    read = [await self._reader.read(search.question, one.hits) for one in found]
        except (FootnoteError, TimeoutError) as error:
            log.warning("claims are not looked for in the whole index: %s", str(error) or "it takes too long")
            return {}
        return {
            claim: reading.candidates
            for claim, one, reading in zip(claims, found, read, strict=True)
            if one.generation == generation  # a new one may have gone live meanwhile
        }


def _nearest(reading: Reading) -> tuple[Citation, ...]:
    """Numbered in the order in which they are read: those of one article stand together, as in answers."""
    best = reading.candidates[:NEAREST]
    articles = list(dict.fromkeys(one.article.id for one in best))
    ordered = sorted(best, key=lambda one: (articles.index(one.article.id), one.sentence))
    return tuple(cite(one, number) for number, one in enumerate(ordered, 1))


def _receipt(found: Retrieved, reading: Reading, draft: Draft, grounded: Grounded) -> Receipt:
    """Without its times and without the question."""
    return Receipt(
        hits=found.hits,
        candidates=reading.candidates[:10],
        answerer=draft.answerer,
        generation=found.generation,
        retrieve_ms=0.0,
        answer_ms=0.0,
        misattributed=grounded.misattributed,
        unsupported=sum(not one.is_shown for one in grounded.outcomes),
        checked=grounded.checked,
        model=draft.model,
        tokens=draft.spent.tokens,
        dollars=draft.spent.dollars,
    )


def _heard(conversation: Sequence[Turn]) -> frozenset[int]:
    return frozenset(person for turn in conversation for person in turn.people)


def _telling(
    on_drafting: OnDrafting, passages: int, checked: Callable[[Sequence[DraftClaim]], Sequence[Claim]]
) -> OnClaims:
    """Passes on the claims of an answerer that nothing can drop later."""
    return lambda drafts: on_drafting(Drafting(passages, tuple(checked(drafts))))
