"""Verified answers: moderators' decisions are used when the same is asked again.

An approved answer is reused as long as every sentence that it cites is unchanged; when one is not, the answer expires
and goes back to the moderators. What they found wrong is not cited for that question again.
"""

from __future__ import annotations

import logging
from asyncio import Lock
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from time import monotonic
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from footnote.errors import ModelError
from footnote.models import Citation, Claim
from footnote.ports import Asker, Recalled, Verified
from footnote.records.answers import AnswerRecord, Decision
from footnote.review.citation_status import CitationStatuses, Recited
from footnote.review.question_matching import KnownQuestions, QuestionEmbedder
from footnote.stores import AnswerStore, ReviewedAnswers, ReviewedQuestion

log = logging.getLogger(__name__)

NOTHING = Recalled()

LEARNING_MAY_TAKE = 2.0
"""Seconds that one question may spend on this: thousands of vectors take a while. The next question continues."""

_LATE_ACTS = 50
"""How many acts before the last one are read again: PostgreSQL may commit a lower number after a higher one."""

LEARNED_AT_ONCE = 32
"""How many questions are embedded at a time; the time is checked in between."""


class LiveArticles(Protocol):
    """The live generation."""

    async def recite(self, citations: Sequence[Citation], /) -> Recited: ...

    async def statuses_of(self, citations: Sequence[Citation], /) -> CitationStatuses: ...


class VerifiedAnswers:
    """Implements `Memory`.

    All of it runs in one event loop, so between two awaits nothing changes. Across awaits, these hold:

    - Only the holder of `_looking` writes to `_questions`, `_known`, `_unlearned` and `_last_act`. Nobody waits for the
      lock: a question that finds it taken uses what is known by then.
    - `_questions` and `_known` have the same answers, as both are changed without an await in between.
    - `_unlearned` gets answers before `_last_act` moves past them, again without an await in between. A cancelled look
      therefore loses nothing: what it has read waits in `_unlearned` for the next look.
    - Only questions are kept in memory, and they may be older than the database: what was decided about those that
      ask the same is read from there.
    - The vector of a question is made once, and stored in the database: a start reads them all, and makes none.
    """

    def __init__(
        self,
        answers: AnswerStore,
        reviewed: ReviewedAnswers,
        sources: LiveArticles,
        embedder: QuestionEmbedder,
        *,
        learned_at_once: int = LEARNED_AT_ONCE,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._answers = answers
        self._store = reviewed
        self._sources = sources
        self._embedder = embedder
        self._learned_at_once = learned_at_once
        self._clock = clock
        self._questions: dict[int, tuple[int, str]] = {}
        """Guild and text, by the number of the answer."""
        self._known: defaultdict[int, KnownQuestions] = defaultdict(KnownQuestions)
        self._unlearned: dict[int, ReviewedQuestion] = {}
        self._looking = Lock()
        self._last_act: int | None = None

    async def recall(self, question: str, *, asker: Asker | None) -> Recalled:
        """In Discord, what the moderators of that guild decided; in the terminal, what those of all guilds decided."""
        await self._look()
        known = [one for guild_id, one in self._known.items() if asker is None or guild_id == asker.guild_id]
        if not known:
            return NOTHING
        (vector,) = await self._embedder.question_vectors([question])
        matching = [one.answer_id for each in known for one in each.matching(question, vector)]
        reviewed = {one.answer_id: one for one in (await self._store.reviewed(matching) if matching else ())}
        same = [reviewed[answer_id] for answer_id in matching if answer_id in reviewed]
        refused = frozenset(pair for one in same for pair in one.refused)
        for one in same:
            if one.is_approved and one.citations and (verified := await self._given_again(one.answer_id, asker)):
                return Recalled(verified, refused)
        return Recalled(None, refused)

    async def refresh(self) -> None:
        """Learns what was decided, and forgets who is forgotten, without waiting for the next question."""
        await self._look()

    async def _given_again(self, answer_id: int, asker: Asker | None) -> Verified | None:
        """None when it is no longer approved, its asker is forgotten, it was written for others or cites what may not
        be read here, or it has just expired.
        """
        record = await self._answers.get(answer_id)
        if not await _may_read(asker, record):
            return None
        citations = [citation for claim in record.shown_claims for citation in claim.citations]
        if asker and not all(asker.readable.allows(citation.article_id) for citation in citations):
            return None
        if record.verdict is None or record.verdict.decision is not Decision.APPROVED or record.asker_id == 0:
            return None
        found = await self._sources.recite(citations)
        if None in found.citations:
            await self._expire(record)
            return None
        recited = iter([citation for citation in found.citations if citation])
        claims = tuple(_recited(claim, [next(recited) for _ in claim.citations]) for claim in record.shown_claims)
        return Verified(record.id, claims, found.generation)

    async def _expire(self, record: AnswerRecord) -> None:
        found = await self._sources.statuses_of(record.citations)
        statuses = {one.number: status for one, status in zip(record.citations, found.statuses, strict=True)}
        await self._answers.set_statuses(record.id, statuses, found.generation, revision=record.revision)
        log.info("verified answer %d has expired: a sentence that it cites has changed", record.id)

    async def _look(self) -> None:
        """Learns what was decided since the last look. Questions in the meantime use what is known by then."""
        if self._looking.locked():
            return
        async with self._looking:
            try:
                await self._read_decided()
                await self._learn_for_a_while()
            except ModelError as error:
                log.warning("what moderators have decided is not known yet: %s", error)

    async def _read_decided(self) -> None:
        last_act = await self._store.last_act()
        if last_act == self._last_act:
            return
        if self._last_act is None:
            decided = None
        else:
            decided = await self._store.decided_after(self._last_act - _LATE_ACTS)
        if decided is None or decided:
            found = await self._store.questions(await self._embedder.embedder_name(), decided)
            known = {one.answer_id for one in found if self._questions.get(one.answer_id) == (one.guild_id, one.text)}
            self._forget((decided or frozenset()) - known)
            new = [one for one in found if one.answer_id not in known]
            self._unlearned |= {one.answer_id: one for one in new if one.vector is None}
            for one in new:
                if one.vector is not None:
                    self._add(one, one.vector)
        self._last_act = last_act

    def _forget(self, answer_ids: Collection[int]) -> None:
        for answer_id in self._unlearned.keys() & answer_ids:
            del self._unlearned[answer_id]
        for answer_id in self._questions.keys() & answer_ids:
            guild_id, _ = self._questions.pop(answer_id)
            self._known[guild_id].remove(answer_id)

    async def _learn_for_a_while(self) -> None:
        began = self._clock()
        while self._unlearned and self._clock() - began < LEARNING_MAY_TAKE:
            await self._learn([*self._unlearned.values()][: self._learned_at_once])

    async def _learn(self, found: Sequence[ReviewedQuestion]) -> None:
        name = await self._embedder.embedder_name()
        vectors = await self._embedder.question_vectors([one.text for one in found])
        for one, vector in zip(found, vectors, strict=True):
            self._add(one, vector)
            self._unlearned.pop(one.answer_id, None)
        await self._store.keep_vectors(name, {one.answer_id: row for one, row in zip(found, vectors, strict=True)})

    def _add(self, one: ReviewedQuestion, vector: NDArray[np.floating]) -> None:
        self._known[one.guild_id].add(one.answer_id, one.text, vector)
        self._questions[one.answer_id] = one.guild_id, one.text


async def _may_read(asker: Asker | None, record: AnswerRecord) -> bool:
    """Whether all who will read it could read it where it was given. What a moderator stated in their own name stays in
    that channel. In the terminal, the person who runs Footnote asks.
    """
    if asker is None:
        return True
    if asker.audience is None:
        return False
    if asker.audience.channel_id == record.channel_id:
        return True
    is_stated = any(claim.stated_by is not None for claim in record.shown_claims)
    return not is_stated and await asker.audience.can_read(record.channel_id)


def _recited(claim: Claim, citations: Sequence[Citation]) -> Claim:
    return replace(claim, citations=tuple(citations))
