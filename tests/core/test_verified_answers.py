"""Verified answers on a real SQLite file: which decisions are recalled, and which no longer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from examples import a_citation, a_claim, an_answer
from numpy.typing import NDArray
from sqlalchemy import func, select

from footnote.adapters.database import open_engine, stores_of
from footnote.adapters.database.tables import QuestionVectorRow
from footnote.models import Article, Citation, CitationStatus, Claim
from footnote.models.collections import EVERYTHING
from footnote.ports import Asker
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Ruling, Verdict
from footnote.review.citation_status import CitationStatuses, Recited, recited, statuses_of
from footnote.review.recording import Review
from footnote.review.verdicts import Verdicts
from footnote.review.verified import LEARNING_MAY_TAKE, VerifiedAnswers
from footnote.stores import Revision

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Readers:
    """Those of one channel, who can read these others too."""

    channel_id: int
    others: frozenset[int] = frozenset()

    async def can_read(self, channel_id: int) -> bool:
        return channel_id in self.others


ASKER = Asker(7, 1, Readers(2), readable=EVERYTHING)
QUESTION = "When did the bridge open?"
OPENED = "The bridge opened in 1932."


class Guild:
    """Moderators' work on one database, and what is recalled from it. Time only moves by `seconds`."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.stores = stores_of(self.engine)
        self.articles = {"bridge-1.md": Article("bridge-1.md", "The bridge", OPENED)}
        self.seconds = 0.0
        self.embedder = "one"
        self.embedded: list[str] = []
        self.seconds_per_vector = 0.0
        self.cut_off_after: int | None = None
        self._verdicts = Verdicts(self.stores.answers, self.stores.verdicts, clock=lambda: self.now)
        self.verified = self.another()

    @property
    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def another(self, **options: int) -> VerifiedAnswers:
        """As seen by another process."""
        stores = self.stores
        return VerifiedAnswers(stores.answers, stores.reviewed, self, self, clock=lambda: self.seconds, **options)

    async def answer(self, question: str = QUESTION, *, reused_from: int | None = None) -> AnswerRecord:
        outcome = an_answer(question, a_claim(a_citation(quote=OPENED)))
        outcome = replace(outcome, receipt=replace(outcome.receipt, reused_from=reused_from))
        review = Review(self.stores.answers, clock=lambda: self.now)
        return await review.record(outcome, asker_id=7, guild_id=1, channel_id=2)

    async def decide(self, record: AnswerRecord, decision: Decision) -> None:
        self.seconds += 10
        await self._verdicts.decide(record.id, decision, moderator_id=9, in_round=record.round)
        self.seconds += 10

    async def recalled(self, question: str = QUESTION) -> int | None:
        found = await self.verified.recall(question, asker=ASKER)
        return found.verified.answer_id if found.verified else None

    async def recite(self, citations: Sequence[Citation], /) -> Recited:
        return Recited("g2", recited(citations, self.articles.get))

    async def statuses_of(self, citations: Sequence[Citation], /) -> CitationStatuses:
        return CitationStatuses("g2", statuses_of(citations, self.articles.get))

    async def embedder_name(self) -> str:
        return self.embedder

    async def question_vectors(self, questions: Sequence[str], /) -> NDArray[np.float32]:
        return np.stack([self._vector(question) for question in questions])

    def _vector(self, question: str) -> NDArray[np.float32]:
        """Far from that of any other question."""
        if len(self.embedded) == self.cut_off_after:
            raise asyncio.CancelledError
        self.embedded.append(question)
        self.seconds += self.seconds_per_vector
        vector = np.random.default_rng(abs(hash(question))).standard_normal(64).astype(np.float32)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


@pytest.fixture
async def guild(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Guild]:
    file = tmp_path / "footnote.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    guild = Guild(f"sqlite:///{file}")
    yield guild
    await guild.engine.dispose()


async def test_an_approved_answer_is_recalled_in_its_guild_until_the_verdict_is_gone(guild: Guild) -> None:
    record = await guild.answer()
    assert await guild.recalled() is None
    await guild.decide(record, Decision.APPROVED)
    assert await guild.recalled() == record.id
    assert (await guild.verified.recall(QUESTION, asker=Asker(7, 2, Readers(2), readable=EVERYTHING))).verified is None


@pytest.mark.parametrize(
    ("audience", "is_recalled"),
    [(Readers(2), True), (Readers(3, frozenset({2})), True), (Readers(3), False), (None, False)],
    ids=str,
)
async def test_only_people_who_could_read_an_answer_get_it_again(
    guild: Guild, audience: Readers | None, is_recalled: bool
) -> None:
    await guild.decide(await guild.answer(), Decision.APPROVED)
    found = await guild.verified.recall(QUESTION, asker=Asker(7, 1, audience, readable=EVERYTHING))
    assert (found.verified is not None) is is_recalled
    assert (await guild.verified.recall(QUESTION, asker=None)).verified, "the person who runs Footnote reads everything"


async def test_a_forgotten_question_is_in_no_memory(guild: Guild) -> None:
    await guild.decide(await guild.answer(), Decision.APPROVED)
    assert await guild.recalled()
    await guild.stores.forgetting.forget(7, now=guild.now)
    await guild.verified.refresh()
    assert QUESTION not in str([vars(known) for known in guild.verified._known.values()])
    assert QUESTION not in str(guild.verified._questions)
    assert await vectors_in(guild) == 0


@pytest.mark.parametrize(("channel_id", "is_recalled"), [(2, True), (3, False)])
async def test_what_a_moderator_stated_stays_in_its_channel(guild: Guild, channel_id: int, is_recalled: bool) -> None:
    record = await guild.answer()
    said = (a_claim(a_citation(quote=OPENED)), Claim("We will sell it.", 1.0, (), stated_by=9))
    await guild.stores.verdicts.edit(Revision(record.id, 0, said, moderator_id=9, revised_at=guild.now), in_round=1)
    audience = Readers(channel_id, frozenset({2}))
    found = await guild.verified.recall(QUESTION, asker=Asker(7, 1, audience, readable=EVERYTHING))
    assert (found.verified is not None) is is_recalled


async def test_an_edited_answer_expires_as_well_and_goes_back_to_review(guild: Guild) -> None:
    record = await guild.answer()
    said = (a_claim(a_citation(quote=OPENED), text="In 1932."),)
    edit = Revision(record.id, 0, said, moderator_id=9, revised_at=guild.now)
    await guild.stores.verdicts.edit(edit, in_round=1)
    assert await guild.recalled() == record.id
    guild.articles["bridge-1.md"] = Article("bridge-1.md", "The bridge", "The bridge opened in 1933.")
    assert await guild.recalled() is None
    expired = await guild.stores.answers.get(record.id)
    assert expired.round == 2
    assert expired.verdict is None
    assert [one.status for one in expired.citations] == [CitationStatus.CHANGED]


@pytest.mark.parametrize("question", [QUESTION, "Since when is it open?"])
async def test_an_answer_is_not_given_again_once_a_repetition_of_it_is_rejected(guild: Guild, question: str) -> None:
    record = await guild.answer()
    await guild.decide(record, Decision.APPROVED)
    assert await guild.recalled() == record.id
    repetition = await guild.answer(question, reused_from=record.id)
    await guild.decide(repetition, Decision.REJECTED)
    for verified in (guild.verified, guild.another()):
        assert (await verified.recall(QUESTION, asker=ASKER)).verified is None
        found = await verified.recall(question, asker=ASKER)
        assert found.verified is None
        assert found.refused == {("bridge-1.md", OPENED)}
    guild.seconds += 10
    await guild.stores.verdicts.undo(
        Verdict(repetition.id, Decision.REJECTED, 9, guild.now),
        moderator_id=9,
        at=guild.now,
        within=timedelta(hours=1),
    )
    assert await guild.recalled() == record.id


async def test_a_corrected_repetition_replaces_what_it_repeated(guild: Guild) -> None:
    record = await guild.answer()
    await guild.decide(record, Decision.APPROVED)
    assert await guild.recalled() == record.id
    approved = await guild.answer(reused_from=record.id)
    await guild.decide(approved, Decision.APPROVED)
    assert await guild.recalled() == record.id
    repetition = await guild.answer(reused_from=record.id)
    said = (a_claim(a_citation(quote=OPENED), text="In 1932."),)
    edit = Revision(repetition.id, 0, said, moderator_id=9, revised_at=guild.now)
    await guild.stores.verdicts.edit(edit, in_round=1)
    guild.seconds += 10
    assert await guild.recalled() == repetition.id
    assert [one.answer_id for one in await guild.stores.reviewed.reviewed() if one.is_approved] == [repetition.id]
    guild.articles.clear()
    assert await guild.recalled() is None
    assert not any(one.is_approved for one in await guild.stores.reviewed.reviewed())


async def test_what_a_question_has_no_time_to_learn_is_learned_with_the_next_ones(guild: Guild) -> None:
    guild.verified = guild.another(learned_at_once=2)
    records = [await guild.answer(f"When did bridge {number} open?") for number in range(20)]
    for record in records:
        await guild.decide(record, Decision.APPROVED)
    guild.seconds_per_vector = 0.4
    for _ in range(5):
        began = guild.seconds
        found = await guild.recalled(records[-1].question)
        assert guild.seconds - began < LEARNING_MAY_TAKE + 1
    assert found == records[-1].id
    assert len(guild.embedded) == len(records) + 5


async def test_a_question_that_was_cut_off_loses_nothing_that_was_learned(guild: Guild) -> None:
    guild.verified = guild.another(learned_at_once=1)
    records = [await guild.answer(f"When did bridge {number} open?") for number in range(3)]
    for record in records:
        await guild.decide(record, Decision.APPROVED)
    guild.cut_off_after = 2
    with pytest.raises(asyncio.CancelledError):
        await guild.recalled()
    guild.cut_off_after = None
    assert await guild.recalled(records[-1].question) == records[-1].id
    assert guild.embedded.count(records[0].question) == 1


# --- vectors


async def vectors_in(guild: Guild) -> int:
    async with guild.engine.begin() as connection:
        return await connection.scalar(select(func.count()).select_from(QuestionVectorRow)) or 0


async def decided(guild: Guild, *questions: str) -> list[AnswerRecord]:
    records = [await guild.answer(question) for question in questions]
    for record in records:
        await guild.decide(record, Decision.APPROVED)
    return records


async def test_a_start_embeds_only_what_is_asked(guild: Guild) -> None:
    records = await decided(guild, QUESTION, "Who built it?", "What did it cost?")
    assert await guild.recalled() == records[0].id
    guild.embedded.clear()
    guild.verified = guild.another()
    assert await guild.recalled("Who built it?") == records[1].id
    assert guild.embedded == ["Who built it?"]


async def test_another_embedder_embeds_each_question_once_more(guild: Guild) -> None:
    (record,) = await decided(guild, QUESTION)
    await guild.recalled()
    guild.embedder = "another"
    for embedded in ([QUESTION, QUESTION], [QUESTION]):
        guild.embedded.clear()
        guild.verified = guild.another()
        assert await guild.recalled() == record.id
        assert guild.embedded == embedded
    assert await vectors_in(guild) == 1


async def test_a_vector_is_nearly_the_one_that_was_made(guild: Guild) -> None:
    await decided(guild, QUESTION)
    await guild.recalled()
    (kept,) = await guild.stores.reviewed.questions("one")
    assert kept.vector is not None
    assert float(kept.vector @ guild._vector(QUESTION)) > 0.999


async def test_no_vector_is_kept_for_a_question_that_was_forgotten_while_it_was_made(guild: Guild) -> None:
    (record,) = await decided(guild, QUESTION)
    vector = guild._vector(QUESTION)
    await guild.stores.forgetting.forget(7, now=guild.now)
    await guild.stores.reviewed.keep_vectors("one", {record.id: vector})
    assert await vectors_in(guild) == 0


async def test_questions_are_those_of_the_reviewed_answers(guild: Guild) -> None:
    """Decided, ruled, edited; repetitions only if moderators judge them differently; nothing that was undone."""
    approved, ruled, edited, repeated, repeated_wrong, undone, _ = [
        await guild.answer(f"Question {number}?") for number in range(7)
    ]
    repetitions = [await guild.answer("Again?", reused_from=one.id) for one in (repeated, repeated_wrong)]
    for one in (approved, repeated, repeated_wrong, repetitions[0], undone):
        await guild.decide(one, Decision.APPROVED)
    await guild.decide(repetitions[1], Decision.REJECTED)
    await guild.stores.verdicts.rule(ruled.id, CitationRuling(1, Ruling.WRONG, 9, guild.now), made_on=0)
    said = (a_claim(a_citation(quote=OPENED), text="In 1932."),)
    await guild.stores.verdicts.edit(Revision(edited.id, 0, said, moderator_id=9, revised_at=guild.now), in_round=1)
    taken_back = Verdict(undone.id, Decision.APPROVED, 9, guild.now)
    await guild.stores.verdicts.undo(taken_back, moderator_id=9, at=guild.now, within=timedelta.max)
    known = [(one.answer_id, one.guild_id, one.text) for one in await guild.stores.reviewed.questions("one")]
    reviewed = [(one.answer_id, one.guild_id, one.question) for one in await guild.stores.reviewed.reviewed()]
    assert known == reviewed
    assert [one[0] for one in known] == [
        *(record.id for record in (approved, ruled, edited, repeated, repeated_wrong)),
        repetitions[1].id,
    ]
    some = await guild.stores.reviewed.questions("one", {ruled.id, repetitions[0].id})
    assert [one.answer_id for one in some] == [ruled.id]
