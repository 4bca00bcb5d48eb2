"""With the Message Content intent, questions in channels for questions need no mention; without it, everything else
works.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
from discord_stage import OPENAPI, Stage, line
from fake_discord import FakeDiscord
from test_discord_holding import idle
from watched_store import WatchedStore

from footnote.errors import SettingsError
from footnote_bot.client import NO_MESSAGE_CONTENT, point_at, serve

QUESTION = "When did the bridge open?"


@pytest.fixture
async def reading(empty: Stage) -> AsyncIterator[Stage]:
    await empty.policies.set_ask_channels(empty.guild.id, [empty.channel.id])
    async with empty.running(reads_messages=True):
        yield empty


async def asked_after(stage: Stage) -> list[str]:
    """What was asked before a new mention."""
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "And now?"))
    await idle(stage)
    assert stage.ask.questions[-1] == "And now?"
    return stage.ask.questions[:-1]


async def test_a_question_in_a_channel_for_questions_needs_no_mention(reading: Stage) -> None:
    answer = await reading.fake.wait_for_reply(await reading.alice.say(reading.channel, QUESTION))
    assert "1932" in answer.text
    assert not answer.pinged
    assert await asked_after(reading) == [QUESTION]


@pytest.mark.parametrize("text", ["Good morning!", "The bridge opened in 1932.", "Really?"])
async def test_what_is_no_question_is_not_answered(reading: Stage, text: str) -> None:
    await reading.alice.say(reading.channel, text)
    assert await asked_after(reading) == []


async def test_questions_to_others_are_theirs(reading: Stage) -> None:
    said = await reading.mod.say(reading.channel, "I was there.")
    await reading.alice.reply(said, QUESTION)
    await reading.alice.say(reading.channel, f"{reading.mod.mention} {QUESTION}")
    await reading.alice.say(reading.channel, f"@everyone {QUESTION}")
    assert await asked_after(reading) == []


async def test_a_question_elsewhere_needs_a_mention(reading: Stage) -> None:
    await reading.alice.say(reading.desk, QUESTION)
    theirs = reading.fake.add_thread(reading.channel, "talk", reading.alice)
    await reading.alice.say(theirs, QUESTION)
    assert await asked_after(reading) == []


async def test_where_no_channels_are_chosen_a_question_needs_a_mention(reading: Stage) -> None:
    await reading.policies.set_ask_channels(reading.guild.id, [])
    await reading.alice.say(reading.channel, QUESTION)
    assert await asked_after(reading) == []


async def test_the_review_channel_is_for_moderators(reading: Stage) -> None:
    await reading.policies.set_ask_channels(reading.guild.id, [reading.channel.id, reading.desk.id])
    await reading.set_up_review()
    await reading.mod.say(reading.desk, QUESTION)
    assert await asked_after(reading) == []


async def test_a_reply_without_a_ping_goes_on_where_it_is_readable(reading: Stage) -> None:
    answer = await reading.slash_ask(QUESTION, channel=reading.channel)
    await idle(reading)
    await reading.fake.wait_for_reply(await reading.alice.reply(answer, "And who built it?", pings=False))
    await reading.alice.reply(answer, "Thanks!", pings=False)
    assert await asked_after(reading) == [QUESTION, "And who built it?"]


async def test_a_message_that_becomes_a_question_is_answered(reading: Stage) -> None:
    message = await reading.alice.say(reading.channel, "The bridge opened")
    await reading.alice.edit(message, QUESTION)
    await reading.fake.wait_for_reply(message)


async def test_by_default_nothing_is_read_that_does_not_mention_the_bot(empty: Stage) -> None:
    await empty.policies.set_ask_channels(empty.guild.id, [empty.channel.id])
    async with empty.running():
        await empty.alice.say(empty.channel, QUESTION)
        assert await asked_after(empty) == []
        assert not empty.client.intents.message_content


@pytest.mark.parametrize("reads_messages", [True, False])
async def test_privacy_says_what_the_bot_receives(empty: Stage, reads_messages: bool) -> None:
    async with empty.running(reads_messages=reads_messages):
        told = await line(await empty.alice.slash(empty.channel, "privacy"))
    assert ("I receive every message" in told) is reads_messages
    assert "The file is not kept." in told


async def test_a_refused_intent_is_one_clear_line(watched_store: WatchedStore) -> None:
    refused = discord.Intents(message_content=True)
    async with FakeDiscord(openapi=OPENAPI, disallowed_intents=refused) as fake:
        stage = Stage(fake, watched_store)
        point_at(fake.api_url, fake.gateway_url)
        client = stage.a_client(guild_ids=(stage.guild.id,), reads_messages=True, timing=stage.timing)
        with pytest.raises(SettingsError, match="Message Content intent") as told:
            await serve(client, fake.token)
    assert str(told.value) == NO_MESSAGE_CONTENT
