"""Answers in their own threads, and further messages there, with and without the Message Content intent."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
from discord_stage import OPENAPI, Stage, until
from fake_discord import Channel, FakeDiscord, Message
from test_discord_holding import idle
from test_discord_setup import choose, panel, warnings
from test_history import recorded
from watched_store import WatchedStore

from footnote.ports import Turn
from footnote.records.policies import EVERYWHERE, Ways
from footnote_bot.inquiries.hints import HINT

QUESTION = "When did the bridge open?"
BRIDGE = Turn("The bridge opened in 1932.", is_answer=True)
NO_CONTENT = discord.Intents(message_content=True)


@pytest.fixture
async def hidden(watched_store: WatchedStore) -> AsyncIterator[Stage]:
    """Discord hides messages that are not to the bot, in the gateway and over REST."""
    async with FakeDiscord(openapi=OPENAPI, disallowed_intents=NO_CONTENT) as fake:
        stage = Stage(fake, watched_store)
        await stage.policies.set_ways(stage.guild.id, EVERYWHERE, Ways(in_threads=True))
        async with stage.running():
            yield stage


@pytest.fixture
async def reading(empty: Stage) -> AsyncIterator[Stage]:
    """The bot reads every message."""
    await empty.policies.set_ways(empty.guild.id, EVERYWHERE, Ways(in_threads=True))
    async with empty.running(reads_messages=True):
        yield empty


async def first_in(stage: Stage, thread: Channel) -> Message:
    """The bot's first message there, once it is on record."""
    answer = await stage.fake.wait_for(lambda: next((one for one in own(stage, thread)), None))
    await recorded(stage, answer)
    return answer


def own(stage: Stage, thread: Channel) -> list[Message]:
    return [one for one in thread.messages if one.author is stage.fake.bot and one.starter is None]


async def asked(stage: Stage, text: str = QUESTION) -> tuple[Channel, Message]:
    """The thread of a mention's answer, and the answer."""
    question = await stage.alice.mention_bot(stage.channel, text)
    thread = await stage.fake.wait_for(lambda: question.thread)
    return thread, await first_in(stage, thread)


# Where answers appear


async def test_a_mention_is_answered_in_a_thread_named_after_the_question(hidden: Stage) -> None:
    thread, answer = await asked(hidden)
    assert (thread.name, thread.parent) == (QUESTION, hidden.channel)
    assert "1932" in answer.text
    assert not answer.pinged
    assert [one.author.name for one in hidden.channel.messages] == ["alice"]
    record = hidden.store.records[1]
    assert (record.channel_id, record.asker_id) == (thread.id, hidden.alice.id)
    assert "1932" in (await (await hidden.alice.click(answer, "Sources")).response()).text


async def test_a_thread_s_name_has_at_most_100_characters(hidden: Stage) -> None:
    thread, _ = await asked(hidden, "When did the bridge open? " + "Please tell me all about it. " * 8)
    assert len(thread.name) <= 100
    assert thread.name.endswith("…")


async def test_the_answer_to_a_command_gets_a_thread(hidden: Stage) -> None:
    answer = await hidden.slash_ask(QUESTION)
    thread = await hidden.fake.wait_for(lambda: answer.thread)
    assert thread.name == QUESTION
    await idle(hidden)
    assert len(own(hidden, thread)) == 0


async def test_a_private_answer_gets_none(hidden: Stage) -> None:
    await (await hidden.alice.slash(hidden.channel, "ask", question=QUESTION, private=True)).response()
    await idle(hidden)
    assert hidden.fake.world.threads(hidden.guild) == []


async def test_other_channels_are_answered_as_before(stage: Stage) -> None:
    await stage.policies.set_ways(stage.guild.id, stage.desk.id, Ways(in_threads=True))
    question = await stage.alice.mention_bot(stage.channel, QUESTION)
    assert (await stage.fake.wait_for_reply(question)).channel is stage.channel
    assert question.thread is None


@pytest.mark.parametrize("missing", ["create_public_threads", "send_messages_in_threads"])
async def test_if_it_may_not_open_a_thread_the_answer_is_in_the_channel(hidden: Stage, missing: str) -> None:
    hidden.fake.set_overwrite(hidden.channel, hidden.fake.bot, deny=discord.Permissions(**{missing: True}))
    question = await hidden.alice.mention_bot(hidden.channel, QUESTION)
    assert (await hidden.fake.wait_for_reply(question)).channel is hidden.channel


async def test_when_discord_refuses_a_thread_the_answer_is_in_the_channel(hidden: Stage) -> None:
    hidden.fake.fail_next("POST", r"/threads$", status=400, code=30033)
    question = await hidden.alice.mention_bot(hidden.channel, QUESTION)
    assert (await hidden.fake.wait_for_reply(question)).channel is hidden.channel


async def test_a_thread_whose_reply_was_lost_is_used(hidden: Stage) -> None:
    hidden.fake.tear_next("POST", r"/threads$", after_effect=True)
    thread, answer = await asked(hidden)
    assert own(hidden, thread) == [answer]
    assert hidden.channel.messages[-1].author is hidden.alice.user


async def test_errors_are_shown_in_the_thread(hidden: Stage) -> None:
    hidden.ask.error = RuntimeError("no")
    question = await hidden.alice.mention_bot(hidden.channel, QUESTION)
    thread = await hidden.fake.wait_for(lambda: question.thread)
    told = await hidden.fake.wait_for(lambda: next(iter(own(hidden, thread)), None))
    assert "Something went wrong" in told.content


async def test_a_mention_that_was_answered_in_a_thread_is_not_answered_again_after_a_restart(empty: Stage) -> None:
    await empty.policies.set_ways(empty.guild.id, EVERYWHERE, Ways(in_threads=True))
    async with empty.running():
        await asked(empty)
        await idle(empty)
    async with empty.running():
        await empty.fake.wait_for_reply(await empty.alice.mention_bot(empty.alice.dms, "And now?"))
        await idle(empty)
    assert empty.ask.questions.count(QUESTION) == 1


async def test_an_edited_question_is_answered_again_in_its_thread(hidden: Stage) -> None:
    thread, answer = await asked(hidden)
    await hidden.alice.edit(hidden.channel.messages[0], f"{hidden.fake.bot.mention} Who built it?")
    await hidden.fake.wait_for(lambda: "Who built it?" in answer.text)
    assert own(hidden, thread) == [answer]
    assert hidden.fake.world.threads(hidden.guild) == [thread]


# Going on


async def test_a_mention_in_the_thread_goes_on(hidden: Stage) -> None:
    thread, _ = await asked(hidden)
    answer = await hidden.fake.wait_for_reply(await hidden.alice.mention_bot(thread, "And who built it?"))
    assert answer.channel is thread
    assert hidden.ask.conversations[-1] == [Turn(QUESTION), BRIDGE]


async def test_without_the_intent_what_goes_unseen_is_said_once(hidden: Stage) -> None:
    thread, answer = await asked(hidden)
    await hidden.alice.say(thread, "And who built it?")
    hint = await hidden.fake.wait_for(lambda: next((one for one in own(hidden, thread) if one is not answer), None))
    assert hint.content == HINT
    await hidden.alice.say(thread, "Hello?")
    await hidden.fake.wait_for_reply(await hidden.alice.mention_bot(thread, "Why?"))
    assert [one.content for one in own(hidden, thread)].count(HINT) == 1
    assert hidden.ask.questions == [QUESTION, "Why?"]


async def test_the_hint_is_not_repeated_after_a_restart(hidden: Stage) -> None:
    thread, _ = await asked(hidden)
    await hidden.alice.say(thread, "And who built it?")
    await hidden.fake.wait_for(lambda: own(hidden, thread)[-1].content == HINT)
    cog = hidden.ask_cog
    cog._messages._hints._hinted.clear()
    await hidden.alice.say(thread, "Hello?")
    await until(lambda: len(cog._messages._hints._hinted) == 1)
    await hidden.fake.wait_for_reply(await hidden.alice.mention_bot(thread, "Why?"))
    assert [one.content for one in own(hidden, thread)].count(HINT) == 1


async def test_with_the_intent_questions_in_the_thread_need_no_mention(reading: Stage) -> None:
    thread, _ = await asked(reading)
    await reading.alice.say(thread, "Thanks!")
    question = await reading.alice.say(thread, "And who built it?")
    assert "1932" in (await reading.fake.wait_for_reply(question)).text
    assert reading.ask.questions == [QUESTION, "And who built it?"]
    assert reading.ask.conversations[-1] == [Turn(QUESTION), BRIDGE, Turn("Thanks!")]


async def test_in_the_thread_of_a_command_too(reading: Stage) -> None:
    answer = await reading.slash_ask(QUESTION)
    thread = await reading.fake.wait_for(lambda: answer.thread)
    await reading.fake.wait_for_reply(await reading.admin.say(thread, "Who built it?"))
    assert reading.ask.conversations[-1] == [Turn(QUESTION), BRIDGE]


async def test_what_is_said_to_others_is_not_answered(reading: Stage) -> None:
    thread, _ = await asked(reading)
    said = await reading.alice.say(thread, f"{reading.admin.mention} do you know who built it?")
    await reading.alice.reply(said, "And who paid for it?", pings=False)
    await reading.fake.wait_for_reply(await reading.alice.mention_bot(thread, "Why?"))
    assert reading.ask.questions == [QUESTION, "Why?"]


async def test_other_peoples_threads_are_left_alone(reading: Stage) -> None:
    theirs = reading.fake.add_thread(reading.channel, "talk", reading.alice)
    await reading.alice.say(theirs, "Who built it?")
    await reading.fake.wait_for_reply(await reading.alice.mention_bot(theirs, "Why?"))
    assert reading.ask.questions == ["Why?"]


async def test_once_a_moderator_has_written_only_mentions_are_answered(reading: Stage) -> None:
    thread, _ = await asked(reading)
    await reading.mod.say(thread, "I can help you with that.")
    await reading.alice.say(thread, "And who built it?")
    await reading.fake.wait_for_reply(await reading.alice.mention_bot(thread, "Why?"))
    assert reading.ask.questions == [QUESTION, "Why?"]


async def test_a_moderator_who_asks_is_answered_further(reading: Stage) -> None:
    question = await reading.mod.mention_bot(reading.channel, QUESTION)
    thread = await reading.fake.wait_for(lambda: question.thread)
    await first_in(reading, thread)
    await reading.fake.wait_for_reply(await reading.mod.say(thread, "And who built it?"))


async def test_a_locked_thread_is_left_to_people(reading: Stage) -> None:
    thread, _ = await asked(reading)
    reading.fake.change_thread(thread, locked=True)
    await reading.alice.say(thread, "And who built it?")
    await reading.fake.wait_for_reply(await reading.alice.mention_bot(thread, "Why?"))
    assert reading.ask.questions == [QUESTION, "Why?"]


# The panel


async def test_threads_are_switched_on_for_one_channel(stage: Stage) -> None:
    opened = await panel(stage, channel=stage.channel)
    await (await stage.admin.click(opened, "Threads, forums, people")).response()
    await choose(stage, opened, f"threads:{stage.channel.id}", "on")
    assert opened.content.startswith(
        f"In {stage.channel.mention}: answers appear in threads; members cannot ask for a person."
    )
    assert "I only see messages that mention me" in opened.content
    assert warnings(opened) == []
    assert await stage.policies.ways_of(stage.guild.id, stage.channel.id) == Ways(in_threads=True)
    assert (await stage.policies.ways_of(stage.guild.id, stage.desk.id)).in_threads is False
    assert await stage.acts() == [f"admin, setup: in_threads of channel {stage.channel.id}: none -> True"]
    await (await stage.admin.click(opened, "Back")).response()
    assert "Answers in" in opened.content


async def test_the_panel_names_what_is_missing_and_what_is_read(reading: Stage) -> None:
    nothing = discord.Permissions(create_public_threads=True)
    reading.fake.set_overwrite(reading.channel, reading.fake.bot, deny=nothing)
    opened = await panel(reading, channel=reading.channel)
    await (await reading.admin.click(opened, "Threads, forums, people")).response()
    assert warnings(opened) == [f"⚠️ In {reading.channel.mention} these permissions are missing: Create Public Threads."]
    assert "I see every message" in opened.content


async def test_only_managers_change_it(stage: Stage) -> None:
    opened = await panel(stage, channel=stage.channel)
    await (await stage.admin.click(opened, "Threads, forums, people")).response()
    stage.fake.change_permissions(stage.admin, discord.Permissions.none())
    refused = await (await stage.admin.select(opened, "on", menu=f"setup:threads:{stage.channel.id}")).response()
    assert "Manage Server" in refused.content
    assert await stage.policies.ways(stage.guild.id) == {}
