"""Questions that are edited or deleted after they were answered."""

from __future__ import annotations

import asyncio

import pytest
from discord_stage import Stage, line, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Message
from test_discord_holding import idle
from test_history import recorded

from footnote.errors import EmptyIndex
from footnote.records.answers import Decision
from footnote.records.policies import Mode, Policy, Ways
from footnote_bot.inquiries.inquiries import HOW_TO_ASK
from footnote_bot.views.deleting import ONLY_ASKERS


async def asked(stage: Stage, text: str = "When did the bridge open?") -> tuple[Message, Message]:
    """A question and its answer, on record."""
    question = await stage.alice.mention_bot(stage.channel, text)
    answer = await stage.fake.wait_for_reply(question)
    await recorded(stage, answer)
    return question, answer


async def edit(stage: Stage, question: Message, text: str) -> None:
    await stage.alice.edit(question, f"{stage.fake.bot.mention} {text}")


def says(stage: Stage, text: str) -> None:
    stage.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(2, text)))


# Edited


async def test_an_edited_question_is_answered_again_in_the_same_place(stage: Stage) -> None:
    await stage.set_up_review()
    question, answer = await asked(stage)
    card = await stage.card()
    says(stage, "The tunnel opened in 1950.")
    await edit(stage, question, "When did the tunnel open?")
    await stage.fake.wait_for(lambda: answer.content == "The tunnel opened in 1950.²")
    await idle(stage)
    assert answer.embeds[0]["title"] == "When did the tunnel open?"
    assert [each for each in stage.channel.messages if each.author is stage.fake.bot] == [answer]
    assert card.deleted
    [other] = stage.desk.messages
    assert "tunnel" in other.text
    found = await stage.stores.questions.find(question.id)
    assert found
    assert (found.id, found.posted) == (2, stage.store.records[2].posted)
    assert (await stage.store.get(1)).posted is None
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert "tunnel" in sources.text


async def test_a_question_that_is_edited_while_it_is_answered_is_answered_as_it_reads_now(stage: Stage) -> None:
    stage.ask.hold = may_end = asyncio.Event()
    question = await stage.alice.mention_bot(stage.channel, "When did the brigde open?")
    await until(lambda: len(stage.ask.questions) == 1)
    await edit(stage, question, "When did the bridge open?")
    may_end.set()
    await until(lambda: len(stage.ask.questions) == 2)
    await idle(stage)
    [answer] = [each for each in stage.channel.messages if each.author is stage.fake.bot]
    assert answer.embeds[0]["title"] == "When did the bridge open?"


@pytest.mark.parametrize("text", ["When did the bridge  open?", "???"])
async def test_an_edit_that_asks_nothing_new_changes_nothing(stage: Stage, text: str) -> None:
    question, answer = await asked(stage)
    await edit(stage, question, text)
    await stage.slash_ask("Another one?")
    assert stage.ask.questions == ["When did the bridge open?", "Another one?"]
    assert len(answer.versions) == 1


async def test_after_five_minutes_an_edit_is_not_looked_at(stage: Stage) -> None:
    question, answer = await asked(stage)
    stage.fake.skip(301)
    await edit(stage, question, "When did the tunnel open?")
    await stage.slash_ask("Another one?")
    assert "tunnel" not in str(stage.ask.questions)
    assert len(answer.versions) == 1


async def test_an_answer_that_a_moderator_has_decided_on_stays(stage: Stage) -> None:
    await stage.set_up_review()
    question, answer = await asked(stage)
    await stage.mod.click(await stage.card(), "Approve")
    await stage.shown()
    await edit(stage, question, "When did the tunnel open?")
    await stage.slash_ask("Another one?")
    assert "tunnel" not in str(stage.ask.questions)
    assert stage.store.records[1].shown is Decision.APPROVED
    assert "approved" in answer.text


async def test_an_answer_in_a_thread_keeps_to_the_settings_of_its_channel(stage: Stage) -> None:
    await stage.policies.set_ways(stage.guild.id, stage.channel.id, Ways(in_threads=True))
    question = await stage.alice.mention_bot(stage.channel, "When did the bridge open?")
    thread = await stage.fake.wait_for(lambda: question.thread)
    answer = await stage.fake.wait_for(lambda: next((one for one in thread.messages if one.buttons), None))
    await recorded(stage, answer)
    await stage.policies.set_policy(stage.guild.id, stage.channel.id, Policy(mode=Mode.HOLD))
    await edit(stage, question, "When did the tunnel open?")
    await stage.fake.wait_for(lambda: answer.embeds[0]["title"] == "When did the tunnel open?")
    assert "after a moderator has reviewed them" in answer.text


async def test_a_mention_that_is_added_by_an_edit_is_a_question(stage: Stage) -> None:
    message = await stage.alice.say(stage.channel, "When did the bridge open?")
    await edit(stage, message, "When did the bridge open?")
    assert "1932" in (await stage.fake.wait_for_reply(message)).text


async def test_a_refused_question_is_answered_once_it_is_edited_in_place_of_the_refusal(stage: Stage) -> None:
    question = await stage.alice.mention_bot(stage.channel, "long " * 310)
    refusal = await stage.fake.wait_for_reply(question)
    await idle(stage)
    await edit(stage, question, "???")
    await stage.fake.wait_for(lambda: refusal.content == HOW_TO_ASK)
    await idle(stage)
    await edit(stage, question, "When did the bridge open?")
    await stage.fake.wait_for(lambda: refusal.content == "The bridge opened in 1932.¹")
    await idle(stage)
    await recorded(stage, refusal)
    assert stage.channel.messages == [question, refusal]
    await edit(stage, question, "When did the tunnel open?")
    await stage.fake.wait_for(lambda: refusal.embeds[0]["title"] == "When did the tunnel open?")


async def test_a_question_that_is_edited_while_it_is_refused_is_answered(stage: Stage) -> None:
    stage.ask.error, stage.ask.hold = EmptyIndex(), asyncio.Event()
    question = await stage.alice.mention_bot(stage.channel, "When?")
    await until(lambda: len(stage.ask.questions) == 1)
    await edit(stage, question, "When did the bridge open?")
    await asyncio.sleep(0.05)
    stage.ask.hold.set()
    answer = await stage.fake.wait_for_reply(question)
    stage.ask.error = None
    await stage.fake.wait_for(lambda: answer.content == "The bridge opened in 1932.¹")
    await idle(stage)
    assert stage.channel.messages == [question, answer]


# Deleted


async def test_the_person_who_deletes_a_question_can_delete_its_answer(empty: Stage) -> None:
    await empty.set_up_review()
    async with empty.running():
        question, answer = await asked(empty)
        card = await empty.card()
        await empty.alice.delete(question)
        await empty.fake.wait_for(lambda: "Delete this answer" in [each["label"] for each in answer.buttons])
        assert answer.embeds[0]["footer"]["text"] == "#1 · its question was deleted"
    async with empty.running():
        stranger = empty.fake.add_member(empty.guild, "bob")
        assert await line(await stranger.click(answer, "Delete this answer")) == ONLY_ASKERS
        assert not answer.deleted
        assert await line(await empty.alice.click(answer, "Delete this answer")) == "The answer is deleted."
    assert answer.deleted
    assert card.deleted
    assert (await empty.store.get(1)).posted is None


async def test_an_answer_can_be_deleted_whose_question_was_deleted_meanwhile(stage: Stage) -> None:
    stage.ask.hold = may_end = asyncio.Event()
    question = await stage.alice.mention_bot(stage.channel, "When did the bridge open?")
    await until(lambda: len(stage.ask.questions) == 1)
    await stage.alice.delete(question)
    await asyncio.sleep(0.05)
    may_end.set()
    answer = await stage.fake.wait_for(lambda: next((one for one in stage.channel.messages if one.buttons), None))
    await stage.fake.wait_for(lambda: "Delete this answer" in [each["label"] for each in answer.buttons])
    assert await line(await stage.alice.click(answer, "Delete this answer")) == "The answer is deleted."


async def test_moderators_can_delete_it_too(stage: Stage) -> None:
    question, answer = await asked(stage)
    await stage.alice.delete(question)
    await stage.fake.wait_for(lambda: "Delete this answer" in [each["label"] for each in answer.buttons])
    await line(await stage.mod.click(answer, "Delete this answer"))
    assert answer.deleted


async def test_deleting_what_is_no_question_changes_nothing(stage: Stage) -> None:
    _, answer = await asked(stage)
    await stage.alice.delete(await stage.alice.say(stage.channel, "Nothing."))
    await stage.slash_ask("Another one?")
    assert len(answer.versions) == 1
