"""Verified answers: reused and expired, on a real index and a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from databases import Databases
from small_index import SmallIndex
from word_reader import ABSTAIN_BELOW, WordReader

from footnote.adapters.database import open_engine, stores_of
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.pipeline import VERIFIED_NOTE, Answering
from footnote.models import Abstention, Answer
from footnote.models.collections import EVERYTHING
from footnote.ports import Asker
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Ruling, Verdict
from footnote.review.verified import VerifiedAnswers
from footnote.stores import Asked, Revision
from footnote_bot.decided_questions import approved_answers, regressions

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Channel:
    """The channel 7, whose answers alone can be read there."""

    channel_id = 7

    async def can_read(self, channel_id: int) -> bool:
        return channel_id == self.channel_id


HERE, ELSEWHERE = Asker(1, 5, Channel(), readable=EVERYTHING), Asker(1, 6, Channel(), readable=EVERYTHING)
QUESTION = "How long is the valley?"
SAME = "how long is the valley"
VALLEY = "The valley is 115 kilometres long."


class Library:
    """Articles, moderators of guild 5, and a process that answers there."""

    def __init__(self, small: SmallIndex, database_url: str) -> None:
        self.small = small
        self.engine = open_engine(database_url)
        self.stores = stores_of(self.engine)
        index = small.index
        memory = VerifiedAnswers(self.stores.answers, self.stores.reviewed, index, index)
        parts = (index, WordReader(), ExtractiveAnswerer())
        self._answering = Answering(*parts, abstain_below=ABSTAIN_BELOW, memory=memory)

    async def ask(self, question: str = QUESTION, asker: Asker | None = HERE) -> Answer | Abstention:
        return await self._answering.ask(question, asker=asker)

    async def recorded(self, question: str = QUESTION) -> AnswerRecord:
        return await self.stores.answers.add(await self.ask(question), Asked(1, 5, 7, NOON))

    async def decide(self, record: AnswerRecord, decision: Decision = Decision.APPROVED) -> None:
        await self.stores.verdicts.decide(Verdict(record.id, decision, 9, NOON, record.round))

    async def approved(self, question: str = QUESTION) -> AnswerRecord:
        record = await self.recorded(question)
        await self.decide(record)
        return record

    async def edit(self, before: str, after: str) -> None:
        file = self.small.articles / "valley.md"
        file.write_text(file.read_text().replace(before, after))
        await self.small.build()


@pytest.fixture
async def library(small: SmallIndex, kept_in: Databases) -> AsyncIterator[Library]:
    await small.build()
    opened = Library(small, kept_in.migrated())
    yield opened
    await opened.engine.dispose()


@pytest.mark.parametrize("kept_in", ["sqlite", "postgresql"], indirect=True)
async def test_an_approved_answer_is_given_again_when_the_same_is_asked(library: Library) -> None:
    record = await library.approved()
    again = await library.ask(SAME)
    assert isinstance(again, Answer)
    assert (again.question, again.claims, again.note) == (SAME, record.claims, VERIFIED_NOTE)
    assert (again.receipt.answerer, again.receipt.reused_from) == ("verified", record.id)


@pytest.mark.parametrize(
    ("question", "asker"),
    [(QUESTION, ELSEWHERE), (QUESTION, Asker(1, None, readable=EVERYTHING)), ("How wide is the valley?", HERE)],
    ids=["another guild", "direct messages", "another question"],
)
async def test_it_is_not_given_again_elsewhere_nor_to_other_questions(
    library: Library, question: str, asker: Asker
) -> None:
    await library.approved()
    assert (await library.ask(question, asker)).receipt.answerer == "extractive"


async def test_in_the_terminal_those_of_all_guilds_are_given_again(library: Library) -> None:
    await library.approved()
    assert (await library.ask(asker=None)).receipt.answerer == "verified"


async def test_a_repetition_is_nothing_that_could_be_given_again(library: Library) -> None:
    record = await library.approved()
    again = await library.recorded(SAME)
    await library.decide(again)
    await library.stores.verdicts.undo(
        Verdict(record.id, Decision.APPROVED, 9, NOON), moderator_id=9, at=NOON, within=timedelta(1)
    )
    assert (await library.ask()).receipt.answerer == "extractive"


async def test_a_sentence_that_has_moved_is_cited_where_it_stands_now(library: Library) -> None:
    record = await library.approved()
    await library.edit(VALLEY, f"Nobody has measured it twice. {VALLEY}")
    again = await library.ask()
    assert again.receipt.reused_from == record.id
    for citation in again.citations:
        article = await library.small.index.article(citation.article_id, readable=EVERYTHING)
        assert article
        assert article.version == citation.version
        assert article.text[citation.start : citation.end] == citation.quote


async def test_an_answer_whose_sentence_has_changed_expires_and_is_up_for_review_again(library: Library) -> None:
    record = await library.approved()
    await library.edit("115", "120")
    answer = await library.ask()
    assert answer.receipt.answerer == "extractive"
    assert "120" in answer.text
    expired = await library.stores.answers.get(record.id)
    assert (expired.round, expired.verdict, expired.lost) == (2, None, 1)
    await library.edit("120", "115")
    assert (await library.ask()).receipt.answerer == "extractive"


async def test_an_answer_that_a_moderator_has_edited_expires_as_well(library: Library) -> None:
    record = await library.recorded()
    claims = tuple(claim for claim in record.claims if claim.text == VALLEY)
    await library.stores.verdicts.edit(Revision(record.id, 0, claims, 9, NOON), in_round=1)
    await library.edit("115", "120")
    await library.ask()
    expired = await library.stores.answers.get(record.id)
    assert (expired.round, expired.verdict, expired.lost) == (2, None, 1)


async def test_sentences_of_a_rejected_answer_are_not_cited_for_that_question_again(library: Library) -> None:
    record = await library.recorded()
    await library.decide(record, Decision.REJECTED)
    wrong = {citation.quote for citation in record.citations}
    assert wrong.isdisjoint(citation.quote for citation in (await library.ask(SAME)).citations)
    assert VALLEY in [citation.quote for citation in (await library.ask(SAME, ELSEWHERE)).citations]


async def test_a_citation_that_was_ruled_wrong_is_not_cited_for_that_question_again(library: Library) -> None:
    record = await library.recorded()
    wrong = next(citation for citation in record.citations if citation.quote == VALLEY)
    await library.stores.verdicts.rule(record.id, CitationRuling(wrong.number, Ruling.WRONG, 9, NOON), made_on=0)
    assert VALLEY not in [citation.quote for citation in (await library.ask()).citations]


async def test_a_question_that_is_forgotten_is_recalled_by_nobody(library: Library) -> None:
    record = await library.approved()
    assert (await library.ask()).receipt.reused_from == record.id
    await library.stores.forgetting.forget(1, now=NOON)
    assert (await library.ask()).receipt.answerer == "extractive"


async def test_decisions_are_canaries_and_regressions(library: Library) -> None:
    approved, rejected = await library.approved(), await library.recorded("Who leads the front?")
    await library.decide(rejected, Decision.REJECTED)
    [canary] = await approved_answers(library.stores.reviewed)
    assert (canary.answer_id, canary.citations) == (approved.id, approved.citations)
    await library.edit("115", "120")
    first, second = await regressions(library.stores.reviewed, library.small.index)
    assert (first.is_answerable, first.wanted) == (None, ())
    assert (second.is_answerable, {quote for _, quote in second.unwanted}) == (
        None,
        {citation.quote for citation in rejected.citations},
    )
