"""How models check a grounded draft: the trained reader checks each claim, and so can a second language model."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.notes import together
from footnote.errors import AnswererError
from footnote.grounding.best_sources import Look
from footnote.grounding.citing import evidence_of
from footnote.grounding.claims import Grounded, ground
from footnote.grounding.topic import Topic
from footnote.models import AnswererName, Candidate
from footnote.ports import Asker, Draft, Entailer, Judge

UNJUDGED = "The second model could not check this answer."

UNCONFIRMED = "The language model's sentences could not be confirmed; these are sentences from the articles."

log = logging.getLogger(__name__)


class Checking:
    """Without an `entailer`, the words of a claim decide; without a `judge`, no second model is asked."""

    def __init__(self, *, entailer: Entailer | None = None, judge: Judge | None = None) -> None:
        self._entailer = entailer
        self._judge = judge

    @property
    def look(self) -> Look:
        return Look.FIRST if self._entailer else Look.ONLY

    @property
    def is_judged(self) -> bool:
        """Whether a slow model may still drop a claim that passes all checks."""
        return self._judge is not None

    async def look_at(
        self, draft: Draft, grounded: Grounded, *, topic: Topic, may_judge: bool, asker: Asker | None
    ) -> tuple[Draft, Grounded]:
        """What is left once models have read what each claim cites. Raises ModelError."""
        if draft.answerer != AnswererName.EXTRACTIVE:
            grounded = grounded.on_topic(topic)
        if self._entailer and grounded.to_read:
            claims = [one.draft.text for one in grounded.to_read]
            grounded = grounded.read(
                await self._entailer.entail(claims, [evidence_of(one.cited) for one in grounded.to_read])
            )
        if self._judge and grounded.claims and may_judge:
            return await self._judged(self._judge, draft, grounded, asker)
        return draft, grounded

    async def _judged(
        self, judge: Judge, draft: Draft, grounded: Grounded, asker: Asker | None
    ) -> tuple[Draft, Grounded]:
        """Without the claims that the judge rejects. If it cannot be asked, all claims and a note: they passed the
        checks.
        """
        try:
            return draft, grounded.judged(await judge.judge(grounded.claims, asker=asker))
        except AnswererError as error:
            log.warning("claims are shown without a judge: %s", error)
            return replace(draft, note=together(draft.note, UNJUDGED)), grounded


async def source_sentences(
    question: str, candidates: Mapping[str, Candidate], draft: Draft, dropped: Grounded
) -> tuple[Draft, Grounded]:
    """Instead of a draft of which nothing is left: sentences from the articles, and what happened to the draft."""
    instead = await ExtractiveAnswerer().draft(question, candidates)
    grounded = ground(instead.claims, candidates)
    return (
        replace(draft, claims=instead.claims, answerer=instead.answerer, note=together(UNCONFIRMED, instead.note)),
        Grounded((*dropped.outcomes, *grounded.outcomes)),
    )
