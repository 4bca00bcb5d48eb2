"""The page of corrections: what it shows of which answers, and what it does not show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from databases import SQLiteDatabases
from web_stage import Visitor, WebStage

from footnote.models import Claim
from footnote.models.collections import Readable
from footnote.records.answers import AnswerRecord, Decision
from footnote.stores import Revision
from footnote_bot.web import corrections

FIRST, SECOND = "The bridge opened in 1932.", "It has six arches."


@pytest.fixture
async def stage(sqlite: SQLiteDatabases) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite.migrated())
    yield stage
    await stage.engine.dispose()


@pytest.fixture
async def visitor(stage: WebStage) -> AsyncIterator[Visitor]:
    async with stage.served(corrections=True) as visitor:
        yield visitor


async def edited(stage: WebStage, said: str, *, question: str = "When did the bridge open?") -> AnswerRecord:
    record = await stage.posted(FIRST, SECOND, question=question)
    claim = Claim(said, 1.0, record.claims[0].citations)
    return await stage.stores.verdicts.edit(Revision(record.id, 0, (claim,), 9, stage.now()), in_round=1)


async def withdrawn(stage: WebStage, *, question: str = "When did the bridge open?") -> AnswerRecord:
    record = await stage.posted(FIRST, question=question)
    return await stage.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)


async def test_a_corrected_answer_is_shown_as_it_was_and_as_it_is_with_a_link(
    stage: WebStage, visitor: Visitor
) -> None:
    record = await edited(stage, "It opened in 1933.", question="When did <b>it</b> open?")
    text = await visitor.text("/corrections")
    assert "When did &lt;b&gt;it&lt;/b&gt; open?" in text
    assert f"<del>{FIRST} {SECOND}</del>" in text
    assert '<p class="words" dir="auto">It opened in 1933.</p>' in text
    assert f'href="{stage.links.answer(record)}"' in text
    assert "Corrected" in text
    await visitor.text(stage.links.answer(record))


async def test_what_cites_other_collections_is_not_shown(stage: WebStage, visitor: Visitor) -> None:
    await edited(stage, "It opened in 1933.")
    stage.readable = Readable(closed=frozenset({"town"}))
    assert "1933" not in await visitor.text("/corrections")


async def test_a_withdrawn_answer_is_struck_through_and_leads_nowhere(stage: WebStage, visitor: Visitor) -> None:
    await withdrawn(stage)
    text = await visitor.text("/corrections")
    assert f"<del>{FIRST}</del>" in text
    assert "Withdrawn. The answer is no longer shown." in text
    assert "/answers/" not in text


async def test_words_that_stand_are_not_struck_through(stage: WebStage, visitor: Visitor) -> None:
    await edited(stage, f"{FIRST} {SECOND}")
    text = await visitor.text("/corrections")
    assert "<del>" not in text
    assert "It says the same. Moderators changed what it cites." in text


async def test_what_not_everybody_may_read_is_not_listed(stage: WebStage, visitor: Visitor) -> None:
    await withdrawn(stage)
    stage.is_public = False
    text = await visitor.text("/corrections")
    assert FIRST not in text
    assert "No corrections here." in text


async def test_a_deleted_or_forgotten_question_is_not_repeated(stage: WebStage, visitor: Visitor) -> None:
    await withdrawn(stage, question="Where is Ann?")
    record = await stage.posted(FIRST, question="Where is Bob?", question_id=77)
    await stage.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)
    await stage.stores.questions.set_deleted(77)
    await stage.stores.forgetting.forget(7, now=stage.now())
    text = await visitor.text("/corrections")
    assert text.count("(question removed)") == 2
    assert "Ann" not in text
    assert "Bob" not in text


async def test_an_answer_whose_links_have_expired_has_none(stage: WebStage, visitor: Visitor) -> None:
    await edited(stage, "It opened in 1933.")
    stage.later = timedelta(days=31)
    text = await visitor.text("/corrections")
    assert "It opened in 1933." in text
    assert "/answers/" not in text


async def test_older_corrections_are_on_the_next_pages(
    stage: WebStage, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "ON_A_PAGE", 2)
    for number in range(5):
        await withdrawn(stage, question=f"Question {number}?")
    address, pages = "/corrections", []
    while address:
        text = await visitor.text(address)
        pages.append([number for number in range(5) if f"Question {number}?" in text])
        _, _, rest = text.partition('<nav aria-label="Pages"><a href="')
        address = rest.partition('"')[0]
    assert pages == [[3, 4], [1, 2], [0]]


async def test_a_page_of_private_answers_ends_and_says_where_to_go_on(
    stage: WebStage, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "ON_A_PAGE", 1)
    monkeypatch.setattr(corrections, "LOOKS", 2)
    for number in range(4):
        await withdrawn(stage, question=f"Question {number}?")
    stage.is_public = False
    text = await visitor.text("/corrections")
    assert "Question" not in text
    assert 'rel="next"' in text


@pytest.mark.parametrize("before", ["x", "1", "1-", "-1", "1-x", "9" * 18 + "-1", "9" * 40 + "-1", "١-١"])
async def test_a_damaged_address_shows_the_newest(stage: WebStage, visitor: Visitor, before: str) -> None:
    await withdrawn(stage)
    assert FIRST in await visitor.text(f"/corrections?before={before}")


async def test_without_the_setting_there_is_no_such_page_and_no_link_to_it(stage: WebStage) -> None:
    async with stage.served() as visitor:
        await visitor.text("/corrections", status=404)
        assert "/corrections" not in await visitor.text("/")


async def test_the_first_page_leads_to_the_corrections(visitor: Visitor) -> None:
    assert '<a href="/corrections">' in await visitor.text("/")
