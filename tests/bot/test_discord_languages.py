"""Members read their own language in private, and everybody reads the server's language in public."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord_stage import Stage, line, until
from examples import a_citation, a_record
from test_discord_streaming import catch_up
from watched_store import Killed

from footnote.records.policies import EVERYWHERE, Mode, Policy
from footnote.records.replies import Reply
from footnote_bot.access.ask_limits import AskLimits

QUOTE = "The bridge opened in 1932."


@pytest.fixture
async def german(empty: Stage) -> AsyncIterator[Stage]:
    """A German server with a German member, Alice, and an English one, the moderator."""
    empty.guild.locale = "de"
    empty.alice.user.locale = "de"
    await empty.set_up_review()
    async with empty.running():
        yield empty


@pytest.fixture
async def english(empty: Stage) -> AsyncIterator[Stage]:
    """An English server, in which Alice is German."""
    empty.alice.user.locale = "de"
    async with empty.running():
        yield empty


async def test_a_german_member_of_an_english_server_reads_german_in_private(english: Stage) -> None:
    english.ask.abstain(a_citation())
    asked = await english.alice.slash(english.channel, "ask", question="When did the bridge open?", private=True)
    answer = await asked.response()
    assert answer.is_ephemeral
    assert answer.content.startswith("Die Artikel beantworten diese Frage nicht.\n\nAm nächsten in den Artikeln:")
    [field] = answer.embeds[0]["fields"]
    assert QUOTE in field["value"], "what articles say is never translated"
    assert answer.embeds[0]["title"] == "When did the bridge open?"


async def test_everybody_reads_an_english_answer_there(english: Stage) -> None:
    english.ask.abstain(a_citation())
    answer = await english.slash_ask()
    assert answer.content.startswith("The articles do not answer this question.\n\nClosest in the articles:")


async def test_what_is_refused_before_anybody_sees_it_is_said_in_the_members_language(english: Stage) -> None:
    refused = await english.alice.slash(english.channel, "ask", question="When?", since="yesterday")
    assert await line(refused) == "„seit“ ist kein Tag. Schreib einen als Jahr-Monat-Tag, zum Beispiel 2021-08-31."


async def test_a_german_server_reads_german_answers_and_cards(german: Stage) -> None:
    german.ask.abstain(a_citation())
    answer = await german.slash_ask()
    assert answer.content.startswith("Die Artikel beantworten diese Frage nicht.")
    card = await german.card()
    names = [field["name"] for field in card.embeds[0]["fields"]]
    assert names[-2:] == ["Gefragt von", "Sicherheit einer Antwort"]
    assert card.embeds[0]["footer"]["text"] == "#1 · wartet auf eine Entscheidung"


async def test_an_english_member_of_a_german_server_reads_english_in_private(german: Stage) -> None:
    refused = await german.mod.slash(german.channel, "ask", question="When?", since="yesterday")
    assert await line(refused) == "since is not a date. Write it as year-month-day, for example 2021-08-31."
    german.ask.abstain()
    asked = await german.mod.slash(german.channel, "ask", question="When did the bridge open?")
    assert (await asked.response()).content == "Die Artikel beantworten diese Frage nicht.", "all read it"


async def test_a_verdict_of_an_english_moderator_is_shown_in_german(german: Stage) -> None:
    answer = await german.slash_ask()
    card = await german.card()
    buttons = [button["custom_id"] for row in card.components for button in row["components"]]
    approve = next(one for one in buttons if "approve" in one)
    await german.mod.click(card, approve)
    await german.shown()
    assert "von einem Moderator bestätigt" in answer.embeds[0]["footer"]["text"]
    assert card.embeds[0]["fields"][-1]["name"] == "Entscheidung"


async def test_a_mention_is_answered_in_the_servers_language(german: Stage) -> None:
    question = await german.mod.mention_bot(german.channel, "hilfe!")
    assert (await german.fake.wait_for_reply(question)).content.startswith("Frag mich etwas zu den Artikeln")
    german.ask.abstain()
    question = await german.mod.mention_bot(german.channel, "When did the bridge open?")
    assert (await german.fake.wait_for_reply(question)).content == "Die Artikel beantworten diese Frage nicht."


async def test_direct_messages_are_in_the_language_of_what_the_member_pressed_last(english: Stage) -> None:
    english.ask.abstain()
    question = await english.alice.say(english.alice.dms, "When did the bridge open?")
    assert (await english.fake.wait_for_reply(question)).content == "The articles do not answer this question."
    await (await english.alice.slash(english.channel, "help")).response()
    question = await english.alice.say(english.alice.dms, "When did the bridge open again?")
    assert (await english.fake.wait_for_reply(question)).content == "Die Artikel beantworten diese Frage nicht."


async def test_background_messages_are_in_the_servers_language(empty: Stage) -> None:
    empty.guild.locale = "de"
    await empty.set_up_review()
    await empty.policies.set_policy(empty.guild.id, EVERYWHERE, Policy(mode=Mode.HOLD, minutes=5))
    async with empty.running():
        held = await empty.slash_ask()
        assert held.content == "Ein Moderator prüft diese Antwort, bevor sie gezeigt wird."
        empty.later = timedelta(hours=1)
        await until(lambda: any("kein Moderator hat" in message.content for message in empty.channel.messages))


async def test_a_server_can_choose_its_language_and_keeps_it(empty: Stage) -> None:
    """Discord only reports one for community servers."""
    empty.ask.abstain()
    async with empty.running():
        panel = await (await empty.admin.slash(empty.channel, "setup", language="de")).response()
        assert "I speak Deutsch in this server." in panel.content, "the administrator reads English"
        assert (await empty.slash_ask()).content == "Die Artikel beantworten diese Frage nicht."
    async with empty.running():
        assert (await empty.slash_ask()).content == "Die Artikel beantworten diese Frage nicht."
        panel = await (await empty.admin.slash(empty.channel, "setup", language="discord")).response()
        assert "I speak" not in panel.content
        assert (await empty.slash_ask()).content == "The articles do not answer this question."
    assert await empty.acts() == ["admin, setup: language: none -> de", "admin, setup: language: de -> none"]


async def test_any_other_language_is_english(empty: Stage) -> None:
    empty.guild.locale = "fr"
    empty.alice.user.locale = "pt-BR"
    empty.ask.abstain()
    async with empty.running():
        assert (await empty.slash_ask()).content == "The articles do not answer this question."


async def test_people_who_ask_too_much_get_a_reply_in_their_own_language(empty: Stage) -> None:
    """In a direct message, about a mention in a channel."""
    empty.alice.user.locale = "de"
    async with empty.running(ask_limits=AskLimits(a_minute=1)):
        await empty.slash_ask()
        await empty.alice.mention_bot(empty.channel, "And then?")
        await until(lambda: bool(empty.alice.dms.messages))
    assert empty.alice.dms.messages[0].content.startswith("Du hast 1 Frage in einer Minute gestellt.")


async def test_a_member_whose_language_is_unknown_gets_the_servers_language(empty: Stage) -> None:
    empty.guild.locale = "de"
    async with empty.running(ask_limits=AskLimits(a_minute=1)):
        for _ in range(2):
            await empty.alice.mention_bot(empty.channel, "When did the bridge open?")
        await until(lambda: bool(empty.alice.dms.messages))
    assert empty.alice.dms.messages[0].content.startswith("Du hast 1 Frage in einer Minute gestellt.")


async def test_a_late_apology_in_direct_messages_is_in_the_askers_language(german: Stage) -> None:
    """Alice reads German, and the server, where the bot cannot write, is English by now."""
    german.ask.hold = asyncio.Event()
    await german.alice.slash(german.channel, "ask", question="When did the bridge open?")
    await until(lambda: bool(german.ask.questions))
    german.ask.error = Killed()
    german.ask.hold.set()
    await until(lambda: german.client.in_flight.is_idle)
    german.fake.set_overwrite(german.channel, german.fake.bot, deny=discord.Permissions(send_messages=True))
    german.client.gate.languages.choose(german.guild.id, "en")
    german.fake.skip(1000)
    german.later = timedelta(minutes=16)
    await catch_up(german)
    assert german.alice.dms.messages[-1].content.endswith(
        "Footnote wurde neu gestartet, während es deine Frage beantwortet hat. Bitte frag noch einmal."
    )


async def test_who_is_not_known_is_called_so_in_the_language_of_all(english: Stage) -> None:
    """Alice reads German; her question must not reveal that to others."""
    asked = f"Has <@{10**17}> been in <#{10**17}>?"
    answer = await (await english.alice.slash(english.channel, "ask", question=asked)).response()
    assert english.ask.questions == ["Has @someone been in #a-channel?"]
    assert not answer.is_ephemeral


async def test_a_german_server_has_german_names_for_unknown_people(german: Stage) -> None:
    await (await german.mod.slash(german.channel, "ask", question=f"Has <@{10**17}> seen <@&{10**17}>?")).response()
    assert german.ask.questions == ["Has @jemand seen @eine-Rolle?"]


async def test_an_answer_that_was_left_behind_in_an_unknown_thread_is_in_the_servers_language(german: Stage) -> None:
    """Discord only reports a thread when something happens in it, and its asker has not pressed anything yet."""
    record = replace(a_record(), guild_id=german.guild.id, asker_id=german.mod.id)
    reply = Reply(question_id=1, channel_id=2, begun_at=german.now(), asker_id=german.mod.id)
    assert german.client.face.upkeep.posting.replies._language_of(reply, record) == "de"
