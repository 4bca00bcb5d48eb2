"""The reading room in Discord: footnotes and Sources lead there, and only where every member may read the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from discord import Permissions
from discord_stage import Stage, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Message

from footnote_bot.access.visibility import is_public
from footnote_bot.page_links import Links

LINKS = Links(b"k" * 32, "https://notes.example", days=30)


@pytest.fixture
async def bare(empty: Stage) -> AsyncIterator[Stage]:
    """A bot with a reading room, whose articles have no addresses of their own."""
    empty.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(url=None)))
    async with empty.running(links=LINKS):
        yield empty


async def sources(stage: Stage, answer: Message) -> Message:
    return await (await stage.alice.click(answer, "Sources")).response()


def link_of(stage: Stage, answer_id: int = 1) -> str:
    return LINKS.citation(stage.store.records[answer_id], 1)


async def test_an_answer_of_a_private_channel_has_no_page_and_keeps_its_links_to_articles(bare: Stage) -> None:
    """Only Alice and the bot may read the channel."""
    nothing, reading = Permissions.none(), Permissions(view_channel=True, read_message_history=True)
    bare.fake.set_overwrite(bare.channel, bare.guild.everyone, deny=Permissions(view_channel=True))
    for member in (bare.alice, bare.fake.bot):
        bare.fake.set_overwrite(bare.channel, member, allow=reading, deny=nothing)
    shown = await sources(bare, await bare.slash_ask())
    assert shown.buttons == []
    assert link_of(bare) in shown.text
    assert not is_public(bare.client, bare.store.records[1])


async def test_what_was_asked_in_direct_messages_is_not_public(bare: Stage) -> None:
    await bare.alice.dm("When did the bridge open?")
    await until(lambda: bool(bare.store.records))
    assert not is_public(bare.client, bare.store.records[1])


async def test_an_answer_that_only_its_asker_sees_has_no_page(bare: Stage) -> None:
    interaction = await bare.alice.slash(bare.channel, "ask", question="When did the bridge open?", private=True)
    shown = await sources(bare, await interaction.response())
    assert shown.buttons == []
    assert not is_public(bare.client, bare.store.records[1])


async def test_a_private_thread_is_not_public_and_another_one_is(bare: Stage) -> None:
    await bare.slash_ask()
    record = bare.store.records[1]
    assert is_public(bare.client, record)
    for is_private in (True, False):
        thread = bare.fake.add_thread(bare.channel, "on bridges", bare.alice, is_private=is_private)
        await until(lambda thread=thread: bare.client.get_guild(bare.guild.id).get_thread(thread.id) is not None)  # type: ignore[misc,union-attr]
        assert is_public(bare.client, replace(record, channel_id=thread.id)) is not is_private
    assert not is_public(bare.client, replace(record, channel_id=1))
    assert not is_public(bare.client, replace(record, guild_id=1))


async def test_a_footnote_of_an_article_without_a_link_leads_to_the_reading_room(bare: Stage) -> None:
    answer = await bare.slash_ask()
    assert link_of(bare) in answer.text
    assert link_of(bare).startswith("https://notes.example/c/1-")


async def test_an_article_with_its_own_link_keeps_it(empty: Stage) -> None:
    async with empty.running(links=LINKS):
        answer = await empty.slash_ask()
    assert "https://news.example/bridge" in answer.text
    assert "notes.example" not in answer.text


async def test_sources_open_the_page_of_the_answer(bare: Stage) -> None:
    shown = await sources(bare, await bare.slash_ask())
    assert [(button["label"], button["url"]) for button in shown.buttons] == [
        ("Open", LINKS.answer(bare.store.records[1]))
    ]
    assert link_of(bare) in shown.text


async def test_why_opens_the_page_with_the_receipt(bare: Stage) -> None:
    await bare.slash_ask()
    shown = await (await bare.alice.slash(bare.channel, "why", id=1)).response()
    assert [button["url"] for button in shown.buttons] == [LINKS.receipt(bare.store.records[1])]


async def test_without_a_reading_room_nothing_leads_there(stage: Stage) -> None:
    stage.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(url=None)))
    answer = await stage.slash_ask()
    assert "/c/1-" not in answer.text
    assert (await sources(stage, answer)).buttons == []
