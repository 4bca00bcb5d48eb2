"""An attached file is read for that question only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from discord_stage import Stage, line
from examples import a_citation, an_answer
from fake_discord import Message
from sqlalchemy import func, select
from test_discord_holding import idle
from test_history import recorded

from footnote.adapters.database.tables import AuditRow, CitedArticleRow, RevisionRow
from footnote.adapters.database.tombstones import WORDS_REMOVED
from footnote.models import Answer, Claim, attached_id
from footnote_bot.access.visibility import is_public
from footnote_bot.inquiries.files import NO_PICTURES, NOT_DELIVERED, ONE_FILE
from footnote_bot.views.page_picture import with_page
from footnote_index.attached import MOST_BYTES

LEASE = b"The tenant pays 840 euros of rent. The deposit is two months of rent."
QUESTION = "How much is the rent?"
QUOTE = "The tenant pays 840 euros of rent."


def from_file(question: str) -> Answer:
    cited = replace(a_citation(1, QUOTE), article_id=attached_id("lease.txt"), title="Your file: lease.txt", url=None)
    return replace(an_answer(question), claims=(Claim(QUOTE, 1.0, (cited,), translation=f"Übersetzt: {QUOTE}"),))


async def mention(stage: Stage, **files: bytes) -> Message:
    attached = {name.replace("_", "."): content for name, content in files.items()}
    return await stage.alice.say(stage.channel, f"{stage.fake.bot.mention} {QUESTION}", files=attached)


async def answered(stage: Stage) -> Message:
    """A question about a file that the answer cites."""
    stage.ask.outcome = from_file
    answer = await stage.fake.wait_for_reply(await mention(stage, lease_txt=LEASE))
    await recorded(stage, answer)
    return answer


def sentences(stage: Stage) -> list[str]:
    """What was found in the file for the newest question."""
    return [
        hit.passage.article.text[one.start : one.end] for hit in stage.ask.attached[-1] for one in hit.passage.sentences
    ]


async def test_a_file_attached_to_a_mention_is_read_for_it(stage: Stage) -> None:
    await stage.fake.wait_for_reply(await mention(stage, lease_txt=LEASE))
    assert stage.ask.questions == [QUESTION]
    assert sentences(stage) == [QUOTE, "The deposit is two months of rent."]
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, QUESTION))
    assert stage.ask.attached[-1] == ()


async def test_a_file_of_the_command_too(stage: Stage) -> None:
    file = stage.fake.add_file("lease.txt", LEASE)
    asked = await stage.alice.slash(stage.channel, "ask", question=QUESTION, file=file)
    await asked.response()
    assert QUOTE in sentences(stage)


async def test_a_file_in_direct_messages(empty: Stage) -> None:
    async with empty.running():
        await empty.fake.wait_for_reply(await empty.alice.say(empty.alice.dms, QUESTION, files={"lease.md": LEASE}))
        assert QUOTE in sentences(empty)


async def test_the_answer_cites_your_file_and_the_question_says_that_there_was_one(stage: Stage) -> None:
    answer = await answered(stage)
    assert "Your file: lease.txt" in answer.text
    assert answer.embeds[0]["title"] == f"{QUESTION} (with a file)"
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert f"**{QUOTE}**" in sources.text
    assert "The file is not kept" in sources.text


async def test_the_file_is_neither_stored_nor_followed_up_on(stage: Stage) -> None:
    await answered(stage)
    assert list(stage.articles.iterdir()) == []
    async with stage.store.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(CitedArticleRow)) == 0
    receipt = await stage.stores.receipts.get(1)
    assert receipt
    assert QUOTE not in str(receipt.hits)


async def test_what_moderators_decide_of_it_counts_for_no_other_question(stage: Stage) -> None:
    await stage.set_up_review()
    await answered(stage)
    await stage.mod.click(await stage.card(), "Approve")
    await stage.shown()
    assert await stage.stores.reviewed.reviewed() == []


async def test_a_private_question_with_a_file_stays_private(stage: Stage) -> None:
    file = stage.fake.add_file("lease.txt", LEASE)
    stage.ask.outcome = from_file
    asked = await stage.alice.slash(stage.channel, "ask", question=QUESTION, file=file, private=True)
    assert (await asked.response()).is_ephemeral
    await idle(stage)
    assert (stage.channel.messages, stage.desk.messages) == ([], [])


async def test_when_somebody_is_forgotten_so_is_what_was_quoted_from_their_file(stage: Stage) -> None:
    answer = await answered(stage)
    await stage.stores.forgetting.forget(stage.alice.id, now=datetime.now(UTC))
    record = await stage.store.get(1)
    assert record.text == WORDS_REMOVED
    assert [claim.shown for claim in record.claims] == [WORDS_REMOVED]
    assert [(one.quote, one.title) for one in record.citations] == [(WORDS_REMOVED, WORDS_REMOVED)]
    stage.client.face.upkeep.show_changes(stage.guild.id)
    await stage.fake.wait_for(lambda: QUOTE not in answer.text)
    assert "lease.txt" not in answer.text


async def test_also_what_the_answer_said_before_a_moderator_changed_it(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await answered(stage)
    await stage.revisions.edit(1, "It is written in the lease.", moderator_id=1, revision=0, in_own_name=True)
    await stage.stores.forgetting.forget(stage.alice.id, now=datetime.now(UTC))
    async with stage.store.engine.connect() as connection:
        kept = [
            *await connection.execute(select(RevisionRow.before)),
            *await connection.execute(select(AuditRow.before, AuditRow.after)),
        ]
    assert kept
    assert "840" not in repr(kept)
    assert "lease.txt" not in repr(kept)
    assert answer.id


async def test_there_is_no_picture_of_a_page_of_a_file_that_is_not_kept(stage: Stage) -> None:
    await answered(stage)
    record = await stage.store.get(1)
    of_pdf = replace(record.citations[0], page=2, article_id=attached_id("lease.pdf"))
    assert with_page([of_pdf]) == []
    assert with_page([replace(of_pdf, article_id="lease.pdf")])


async def test_no_page_shows_what_is_quoted_from_a_file(stage: Stage) -> None:
    await answered(stage)
    record = await stage.store.get(1)
    assert not is_public(stage.client, record)
    assert is_public(stage.client, replace(record, claims=(), citations=()))
    await stage.revisions.edit(1, "It is written in the lease.", moderator_id=1, revision=0, in_own_name=True)
    assert (await stage.stores.corrections.newest(limit=9)).found == ()


# What is not read


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("photo.png", NO_PICTURES),
        ("photo.jpg", NO_PICTURES),
        ("table.xlsx", "I can read .txt, .md and .pdf files, but not table.xlsx."),
        ("program.exe", "I can read .txt, .md and .pdf files, but not program.exe."),
        ("page.html", "I can read .txt, .md and .pdf files, but not page.html."),
        ("broken.pdf", "I could not read broken.pdf: "),
        ("empty.txt", "I could not read empty.txt: it is empty. Attach another file"),
    ],
)
async def test_other_files_are_refused_with_the_next_step(stage: Stage, name: str, told: str) -> None:
    content = b" " if name == "empty.txt" else b"anything"
    question = await stage.alice.say(stage.channel, f"{stage.fake.bot.mention} {QUESTION}", files={name: content})
    assert (await stage.fake.wait_for_reply(question)).content.startswith(told)
    assert stage.ask.questions == []
    file = stage.fake.add_file(name, content)
    asked = await stage.alice.slash(stage.channel, "ask", question=QUESTION, file=file)
    assert (await asked.response()).content.startswith(told)


async def test_what_is_refused_before_it_is_read_only_the_asker_sees(stage: Stage) -> None:
    file = stage.fake.add_file("table.xlsx", b"anything")
    assert "I can read .txt" in await line(await stage.alice.slash(stage.channel, "ask", question=QUESTION, file=file))


async def test_a_file_that_is_too_large_is_not_fetched(stage: Stage) -> None:
    reply = await stage.fake.wait_for_reply(await mention(stage, lease_txt=b" " * (MOST_BYTES + 1)))
    assert "is too large (8 MB): I read up to 8 MB" in reply.content


async def test_one_file_is_read_for_a_question(stage: Stage) -> None:
    reply = await stage.fake.wait_for_reply(await mention(stage, lease_txt=LEASE, other_txt=LEASE))
    assert reply.content == ONE_FILE


async def test_a_file_that_discord_does_not_deliver_is_reported(stage: Stage) -> None:
    file = stage.fake.add_file("lease.txt", LEASE)
    del stage.fake.world.attachments[file.id]
    asked = await stage.alice.slash(stage.channel, "ask", question=QUESTION, file=file)
    assert (await asked.response()).content == NOT_DELIVERED
