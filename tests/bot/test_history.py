"""The conversation before a question: the real client reads it from a fake Discord, and the services get it as
turns.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from unittest.mock import AsyncMock

import discord
import pytest
from discord_stage import OPENAPI, TIMING, Stage, until
from fake_discord import Channel, FakeDiscord, Message, Person
from watched_store import WatchedStore

from footnote.answering.conversation import LONGEST_CONVERSATION
from footnote.ports import Turn
from footnote.records.answers import Decision

NO_HISTORY = discord.Permissions(read_message_history=True)
MESSAGES = r"/channels/\d+/messages$"
MESSAGE = r"/channels/\d+/messages/\d+$"
BRIDGE = Turn("The bridge opened in 1932.", is_answer=True)


async def answered(stage: Stage, question: Message) -> Message:
    """The reply, once it is on record where it stands."""
    answer = await stage.fake.wait_for_reply(question)
    await recorded(stage, answer)
    return answer


async def recorded(stage: Stage, answer: Message) -> None:
    await until(
        lambda: answer.id in {record.posted.message_id for record in stage.store.records.values() if record.posted}
    )


async def asked(stage: Stage, channel: Channel, text: str, *, by: Person | None = None) -> Message:
    return await answered(stage, await (by or stage.alice).mention_bot(channel, text))


async def followed_up(stage: Stage, answer: Message, text: str) -> Message:
    return await answered(stage, await stage.alice.reply(answer, text))


def conversation(stage: Stage) -> list[Turn]:
    """What came with the newest question."""
    return list(stage.ask.conversations[-1])


def thread_of(stage: Stage, starter: Message | None = None) -> Channel:
    return stage.fake.add_thread(stage.channel, "talk", stage.alice, starter=starter)


# Reply chains


async def test_a_question_in_a_channel_has_nothing_before_it(stage: Stage) -> None:
    await asked(stage, stage.channel, "When did the bridge open?")
    await asked(stage, stage.channel, "Who built it?")
    assert stage.ask.conversations == [[], []]
    assert not stage.fake.requests_to("GET", MESSAGES)


async def test_a_chain_of_replies_is_followed_across_the_answers(stage: Stage) -> None:
    first = await asked(stage, stage.channel, "When did the bridge open?")
    await stage.alice.say(stage.channel, "I like bridges")
    second = await followed_up(stage, first, "Who built it?")
    await followed_up(stage, second, "Why?")
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE, Turn("Who built it?"), BRIDGE]


async def test_an_answer_to_a_command_brings_its_question(stage: Stage) -> None:
    answer = await stage.slash_ask("When did the bridge open?")
    await recorded(stage, answer)
    await answered(stage, await stage.alice.mention_bot(stage.channel, "Who built it?", reply_to=answer))
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE]


async def test_a_question_counts_as_it_was_understood(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await asked(stage, stage.channel, "Who built it?")
    record = replace(stage.store.records[1], understood="Who built the bridge?")
    monkeypatch.setattr(stage.store, "find_posted", AsyncMock(return_value=record))
    await followed_up(stage, answer, "Why?")
    assert conversation(stage)[0] == Turn("Who built the bridge?")


async def test_an_abstention_is_a_turn_too(stage: Stage) -> None:
    stage.ask.abstain()
    answer = await asked(stage, stage.channel, "Who dreamt of the bridge?")
    await followed_up(stage, answer, "Why?")
    assert conversation(stage)[1] == Turn("The articles do not answer this question.", is_answer=True)


async def test_a_withdrawn_answer_is_left_out(stage: Stage) -> None:
    answer = await asked(stage, stage.channel, "When did the bridge open?")
    await stage.verdicts.decide(1, Decision.REJECTED, moderator_id=stage.mod.id)
    await followed_up(stage, answer, "Who built it?")
    assert conversation(stage) == [Turn("When did the bridge open?")]


async def test_a_chain_ends_where_a_message_was_deleted(stage: Stage) -> None:
    first = await asked(stage, stage.channel, "When did the bridge open?")
    second = await followed_up(stage, first, "Who built it?")
    first.deleted = True
    await followed_up(stage, second, "Why?")
    assert conversation(stage) == [Turn("Who built it?"), BRIDGE]


async def test_a_reply_to_what_is_deleted_is_answered_without_it(stage: Stage) -> None:
    first = await asked(stage, stage.channel, "When did the bridge open?")
    first.deleted = True
    await answered(stage, await stage.alice.mention_bot(stage.channel, "Who built it?", reply_to=first))
    assert conversation(stage) == []


async def test_a_chain_that_goes_in_a_circle_ends(stage: Stage) -> None:
    first = await asked(stage, stage.channel, "When did the bridge open?")
    second = await followed_up(stage, first, "Who built it?")
    assert first.reply_to is not None
    first.reply_to.reply_to = second
    await followed_up(stage, second, "Why?")
    assert [turn.text for turn in conversation(stage) if not turn.is_answer] == [
        "When did the bridge open?",
        "Who built it?",
    ]


async def test_a_chain_does_not_leave_its_channel(stage: Stage) -> None:
    secret = await asked(stage, stage.desk, "Who is suspected?")
    said = await stage.alice.say(stage.channel, f"{stage.fake.bot.mention} Why?", reply_to=secret)
    await answered(stage, said)
    assert conversation(stage) == []


async def test_at_most_ten_messages_are_looked_at(stage: Stage) -> None:
    answer = await asked(stage, stage.channel, "Question 0?")
    for number in range(1, 7):
        before = len(stage.fake.requests_to("GET", MESSAGE))
        answer = await followed_up(stage, answer, f"Question {number}?")
    assert len(conversation(stage)) == LONGEST_CONVERSATION
    assert conversation(stage)[0] == Turn("Question 1?")
    assert len(stage.fake.requests_to("GET", MESSAGE)) - before == LONGEST_CONVERSATION / 2  # each brings its parent


# Threads


async def test_a_thread_is_a_conversation(stage: Stage) -> None:
    thread = thread_of(stage)
    await asked(stage, thread, "When did the bridge open?")
    await asked(stage, thread, f"Did {stage.other_mod.mention} build it?", by=stage.mod)
    await asked(stage, thread, "Why?")
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE, Turn("Did @other build it?"), BRIDGE]


async def test_a_command_in_a_thread_is_a_follow_up(stage: Stage) -> None:
    thread = thread_of(stage)
    await recorded(stage, await stage.slash_ask("When did the bridge open?", channel=thread))
    await stage.slash_ask("Who built it?", channel=thread)
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE]


async def test_answers_to_commands_count_with_their_questions(stage: Stage) -> None:
    thread = thread_of(stage)
    for number in range(7):
        await recorded(stage, await stage.slash_ask(f"Question {number}?", channel=thread))
    assert len(conversation(stage)) == LONGEST_CONVERSATION
    assert conversation(stage)[0] == Turn("Question 1?")


async def test_a_thread_goes_on_from_the_answer_that_it_grew_out_of(stage: Stage) -> None:
    answer = await asked(stage, stage.channel, "When did the bridge open?")
    await asked(stage, thread_of(stage, answer), "Who built it?")
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE]


async def test_a_reply_in_a_thread_follows_the_reply(stage: Stage) -> None:
    thread = thread_of(stage)
    first = await asked(stage, thread, "When did the bridge open?")
    await asked(stage, thread, "How old is the tower?")
    await followed_up(stage, first, "Who built it?")
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE]


async def test_a_thread_gives_its_newest_ten_messages(stage: Stage) -> None:
    thread = thread_of(stage)
    for number in range(12):
        await stage.alice.say(thread, f"Said {number}")
    await asked(stage, thread, "Why?")
    assert [turn.text for turn in conversation(stage)] == [f"Said {number}" for number in range(2, 12)]


async def test_what_people_say_is_cut_and_cleaned(stage: Stage) -> None:
    thread = thread_of(stage)
    await stage.alice.say(thread, "Look\n at " + "x" * 900)
    await stage.alice.say(thread, "?!")
    await asked(stage, thread, "Why?")
    assert conversation(stage) == [Turn("Look at " + "x" * 492)]


async def test_bots_and_answers_in_private_are_no_part_of_it(stage: Stage) -> None:
    thread = thread_of(stage)
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(thread, "?!"))  # answered with a line, not on record
    other = stage.fake.add_member(stage.guild, "other bot")
    other.user.is_bot = True
    await other.say(thread, "I am a bot")
    answer = await stage.slash_ask("When did the bridge open?", channel=thread)
    await recorded(stage, answer)
    await (await stage.alice.click(answer, "Sources")).response()
    await asked(stage, thread, "Why?")
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE]


async def test_what_discord_hides_from_the_bot_is_skipped(watched_store: WatchedStore) -> None:
    hidden = discord.Intents(message_content=True)
    async with FakeDiscord(openapi=OPENAPI, disallowed_intents=hidden) as fake:
        stage = Stage(fake, watched_store)
        async with stage.running():
            thread = thread_of(stage)
            await stage.mod.say(thread, "Nobody's business")
            await asked(stage, thread, "When did the bridge open?")
            await asked(stage, thread, "Why?")
    assert conversation(stage) == [Turn("When did the bridge open?"), BRIDGE]


# Direct messages


@pytest.mark.parametrize(("minutes", "turns"), [(29, [Turn("When did the bridge open?"), BRIDGE]), (31, [])])
async def test_direct_messages_belong_together_for_half_an_hour(stage: Stage, minutes: int, turns: list[Turn]) -> None:
    await answered(stage, await stage.alice.dm("When did the bridge open?"))
    stage.fake.skip(minutes * 60)
    await answered(stage, await stage.alice.dm("Who built it?"))
    assert conversation(stage) == turns


async def test_a_command_in_direct_messages_is_a_follow_up(empty: Stage) -> None:
    async with empty.running(guild_ids=[]):
        await answered(empty, await empty.alice.dm("When did the bridge open?"))
        await empty.slash_ask("Who built it?", channel=empty.alice.dms)
        assert conversation(empty) == [Turn("When did the bridge open?"), BRIDGE]


# Who may read it


@pytest.mark.parametrize("who", ["asker", "bot"])
@pytest.mark.parametrize("way", ["mention", "command", "reply"])
async def test_where_the_history_is_closed_there_is_none(stage: Stage, who: str, way: str) -> None:
    thread = thread_of(stage)
    answer = await asked(stage, thread, "When did the bridge open?", by=stage.mod)
    target = stage.alice.user if who == "asker" else stage.fake.bot
    stage.fake.set_overwrite(stage.channel, target, deny=NO_HISTORY)
    before = len(stage.fake.requests_to("GET", r"/messages"))
    if way == "command":
        await stage.slash_ask("Why?", channel=thread)
    else:
        await stage.alice.mention_bot(thread, "Why?", reply_to=answer if way == "reply" else None)
    await until(lambda: len(stage.ask.questions) == 2)
    assert conversation(stage) == []
    assert len(stage.fake.requests_to("GET", r"/messages")) == before


# Problems


@pytest.mark.parametrize("status", [403, 404])
async def test_a_question_is_answered_although_its_history_is_refused(stage: Stage, status: int) -> None:
    thread = thread_of(stage)
    await asked(stage, thread, "When did the bridge open?")
    fault = stage.fake.fail_next("GET", MESSAGES, status=status)
    await asked(stage, thread, "Why?")
    assert fault.used
    assert conversation(stage) == []


@pytest.mark.parametrize("way", ["mention", "command"])
@pytest.mark.parametrize("problem", ["slow", "failing"])
async def test_a_history_is_not_waited_for(empty: Stage, way: str, problem: str) -> None:
    thread = thread_of(empty)
    async with empty.running(timing=replace(TIMING, for_history=0.1)):
        await asked(empty, thread, "When did the bridge open?")
        if problem == "slow":
            fault = empty.fake.slow_next("GET", MESSAGES, seconds=1.0)
        else:
            fault = empty.fake.fail_next("GET", MESSAGES, status=500, times=9)
        before = asyncio.get_running_loop().time()
        if way == "mention":
            await asked(empty, thread, "Why?")
        else:
            await empty.slash_ask("Why?", channel=thread)
        assert asyncio.get_running_loop().time() - before < 0.8
    assert fault.used
    assert conversation(empty) == []


async def test_a_torn_connection_ends_a_chain(stage: Stage) -> None:
    first = await asked(stage, stage.channel, "When did the bridge open?")
    second = await followed_up(stage, first, "Who built it?")
    fault = stage.fake.tear_next("GET", MESSAGE, times=2)  # aiohttp asks again, once
    await followed_up(stage, second, "Why?")
    assert fault.used
    assert conversation(stage) == [Turn("Who built it?"), BRIDGE]
