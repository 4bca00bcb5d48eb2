"""What a bot finds when it comes back: killed builds, missed mentions, deleted channels."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import discord
import pytest
from discord_stage import Stage, line, until
from fake_discord import Message
from test_discord_holding import LATE, WAITING, description, held, hold, idle

from footnote.records.answers import MessageRef
from footnote_bot.building.build_messages import INTERRUPTED
from footnote_bot.posts.lost_review import LOST

UNSEEN = "there is no review channel at the moment"


# Builds


async def test_the_message_of_a_killed_build_says_so_and_loses_its_button(empty: Stage) -> None:
    async with empty.running():
        empty.index.may_end.clear()
        await line(await empty.admin.slash(empty.channel, "index rebuild"))
        [progress] = empty.channel.messages
        place, buttons = MessageRef(empty.channel.id, progress.id), progress.components
        empty.index.may_end.set()
        await empty.fake.wait_for(lambda: not progress.buttons)
    progress.components = buttons  # as if the process had been killed before that
    await empty.stores.running.build_seen(place, empty.now())
    async with empty.running():
        await empty.client.face.upkeep._build_messages.end_interrupted()
        assert INTERRUPTED not in progress.text, "another process may be at work"
        empty.later = timedelta(minutes=3)
        await empty.client.face.upkeep._build_messages.end_interrupted()
        assert progress.embeds[0]["description"] == INTERRUPTED
        assert progress.components == []
    assert await empty.stores.running.builds_unseen(since=empty.now()) == []


async def test_a_build_that_ends_leaves_nothing_behind(stage: Stage) -> None:
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    await stage.fake.wait_for(lambda: stage.channel.messages[0].embeds[0]["title"] == "The index is rebuilt")
    stage.later = timedelta(minutes=3)
    await until(lambda: stage.client.in_flight.is_idle)
    assert await stage.stores.running.builds_unseen(since=stage.now()) == []


# Mentions


def answers(stage: Stage, question: Message) -> list[Message]:
    return [each for each in question.channel.messages if each.reply_to is question and each.author is stage.fake.bot]


async def test_mentions_of_the_last_minutes_are_answered_once_when_the_bot_is_back(empty: Stage) -> None:
    async with empty.running():
        before = await empty.alice.mention_bot(empty.channel, "Before?")
        await empty.fake.wait_for_reply(before)
    missed = [await empty.alice.mention_bot(empty.channel, f"Missed {number}?") for number in range(2)]
    chatter = await empty.alice.say(empty.channel, "Nobody asked.")
    elsewhere = await empty.mod.mention_bot(empty.desk, "Elsewhere?")
    async with empty.running():
        for question in (*missed, elsewhere):
            await empty.fake.wait_for_reply(question)
        await idle(empty)
    assert [len(answers(empty, one)) for one in (before, *missed, elsewhere, chatter)] == [1, 1, 1, 1, 0]
    posted = [each.reply_to for each in empty.channel.messages if each.author is empty.fake.bot]
    assert posted == [before, *missed]
    async with empty.running():
        await idle(empty)
    assert [len(answers(empty, one)) for one in missed] == [1, 1]


async def test_a_mention_that_still_waits_is_found_after_a_kill(empty: Stage) -> None:
    """However long ago it arrived: the bot was running all the time, but had not got to it."""
    async with empty.running():
        empty.ask.hold = asyncio.Event()
        question = await empty.alice.mention_bot(empty.channel, "Slow?")
        await until(lambda: bool(empty.ask.questions))
        empty.later = timedelta(minutes=5)
        bot, noted = empty.fake.bot.id, empty.client.cogs["ConnectionsCog"]._missed._note  # type: ignore[attr-defined]
        await noted()
        asked = discord.utils.snowflake_time(question.id)
        assert await empty.stores.running.last_connected(bot, 0) == asked
        empty.ask.hold.set()
        await empty.fake.wait_for_reply(question)
        await idle(empty)
        await noted()
        last = await empty.stores.running.last_connected(bot, 0)
        assert last is not None
        assert last > asked + timedelta(minutes=4)


async def test_what_is_older_than_ten_minutes_is_left_alone(empty: Stage) -> None:
    async with empty.running():
        await empty.slash_ask()
    missed = await empty.alice.mention_bot(empty.channel, "Missed?")
    empty.fake.skip(700)
    empty.later = timedelta(seconds=700)
    recent = await empty.alice.mention_bot(empty.channel, "Recent?")
    async with empty.running():
        await empty.fake.wait_for_reply(recent)
        await idle(empty)
    assert answers(empty, missed) == []


async def test_a_bot_that_was_never_there_has_missed_nothing(empty: Stage) -> None:
    question = await empty.alice.mention_bot(empty.channel, "Before its time?")
    async with empty.running():
        await empty.slash_ask()
    assert answers(empty, question) == []


async def test_missed_mentions_keep_to_the_channels_for_questions(empty: Stage) -> None:
    """Discord names the author without the membership here, which the rules need."""
    await empty.policies.set_ask_channels(empty.guild.id, [empty.desk.id])
    async with empty.running():
        await empty.mod.slash(empty.desk, "ask", question="When?")
    question = await empty.alice.mention_bot(empty.channel, "Missed?")
    async with empty.running():
        assert "I do not answer questions in this channel" in (await empty.fake.wait_for_reply(question)).content


# Review channels


async def test_managers_get_one_note_that_the_review_channel_is_deleted(stage: Stage) -> None:
    stage.fake.greet_in(stage.channel)
    await stage.set_up_review()
    stage.fake.delete_channel(stage.desk)
    [told] = await stage.fake.wait_for(lambda: stage.channel.messages)
    assert (told.content, told.pinged) == (LOST, frozenset())
    await idle(stage)
    assert await stage.store.review_channel(stage.guild.id) is None
    await stage.client.face.upkeep.posting.catch_up([stage.guild.id])
    assert stage.channel.messages == [told]


async def test_without_a_system_channel_the_person_who_set_it_up_gets_the_note(stage: Stage) -> None:
    await stage.admin.slash(stage.channel, "setup", review_channel=stage.desk)
    await until(lambda: stage.client.in_flight.is_idle)
    stage.fake.delete_channel(stage.desk)
    [told] = await stage.fake.wait_for(lambda: stage.admin.dms.messages)
    assert told.content == f"Library: {LOST}"


async def test_a_review_channel_that_was_deleted_meanwhile_is_missed_at_the_start(empty: Stage) -> None:
    empty.fake.greet_in(empty.channel)
    await empty.set_up_review()
    empty.fake.delete_channel(empty.desk)
    async with empty.running():
        await empty.fake.wait_for(lambda: empty.channel.messages)
        await idle(empty)
    assert await empty.store.review_channel(empty.guild.id) is None


async def test_a_review_channel_out_of_sight_is_not_taken_for_deleted(empty: Stage) -> None:
    await empty.set_up_review()
    empty.fake.set_overwrite(empty.desk, empty.fake.bot, deny=discord.Permissions(view_channel=True))
    async with empty.running():
        await until(lambda: empty.store.passes > 0)
        await idle(empty)
    assert await empty.store.review_channel(empty.guild.id) is not None


@pytest.mark.parametrize("is_lost_first", [True, False])
async def test_no_message_promises_a_moderator_when_there_is_none(stage: Stage, is_lost_first: bool) -> None:
    await hold(stage)
    if is_lost_first:
        stage.fake.delete_channel(stage.desk)
        await until(lambda: stage.client.in_flight.is_idle)
        await idle(stage)
        answer = await stage.slash_ask()
    else:
        answer = await held(stage)
        assert description(answer) == WAITING
        stage.fake.delete_channel(stage.desk)
    await stage.fake.wait_for(lambda: UNSEEN in answer.text)
    assert answer.embeds[0]["footer"]["text"] == "#1 · no review channel"
    stage.later = LATE
    await stage.fake.wait_for(lambda: "No moderator reviewed this answer in time." in answer.text)
