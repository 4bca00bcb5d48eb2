"""Cards of answers from channels that some readers of the cards cannot read."""

from __future__ import annotations

import discord
import pytest
from discord_stage import Stage, line
from fake_discord import Channel, Message

HIDDEN = discord.Permissions(view_channel=True)
TITLE = "An answer in a channel that not everyone here can read"
QUESTION = "When did the bridge open?"
NOT_FOR_YOU = "This was asked in a channel that you cannot read. A moderator who can read it has to review it."


@pytest.fixture
def backroom(empty: Stage) -> Channel:
    """A channel that alice, the bot and one of two moderators can read."""
    channel = empty.fake.add_channel(empty.guild, "backroom")
    empty.fake.set_overwrite(channel, empty.guild.everyone, deny=HIDDEN)
    for member in (empty.alice, empty.mod, empty.fake.bot):
        empty.fake.set_overwrite(channel, member, allow=HIDDEN)
    return channel


async def a_hidden_card(stage: Stage, channel: Channel) -> tuple[Message, Message]:
    await stage.set_up_review()
    answer = await stage.slash_ask(QUESTION, channel=channel)
    return answer, await stage.card()


def told_at(desk: Channel) -> str:
    """All that was ever seen there."""
    return repr([(message.text, [version.embeds for version in message.versions]) for message in desk.messages])


async def test_a_card_tells_nothing_of_a_private_channel(empty: Stage, backroom: Channel) -> None:
    async with empty.running():
        answer, card = await a_hidden_card(empty, backroom)
    assert QUESTION in answer.text
    assert card.text.startswith(f"{TITLE}\nConfidence\n81%\n#1 · waiting for a verdict")
    assert [button["label"] for button in card.buttons] == ["Approve", "Reject", "Show"]
    for secret in ("1932", "bridge", str(empty.alice.id), str(backroom.id), str(answer.id)):
        assert secret not in told_at(empty.desk)


async def test_who_can_read_the_channel_sees_what_the_card_hides_and_decides(empty: Stage, backroom: Channel) -> None:
    async with empty.running():
        answer, card = await a_hidden_card(empty, backroom)
        shown = await (await empty.mod.click(card, "Show")).response()
        assert shown.is_ephemeral
        assert "The bridge opened in 1932.¹" in shown.text
        assert f"/{backroom.id}/{answer.id}" in shown.text
        sources = await (await empty.mod.click(shown, "Sources")).response()
        assert "**The bridge opened in 1932.**" in sources.text
        await empty.mod.click(card, "Approve")
        await empty.shown()
    assert card.text.startswith(TITLE)
    assert f"Approved by {empty.mod.mention}" in card.text
    assert answer.embeds[0]["footer"]["text"] == "#1 · approved by a moderator"
    assert "1932" not in told_at(empty.desk)


@pytest.mark.parametrize("button", ["Show", "Approve"])
async def test_who_cannot_read_the_channel_neither_sees_nor_decides(
    empty: Stage, backroom: Channel, button: str
) -> None:
    async with empty.running():
        _, card = await a_hidden_card(empty, backroom)
        assert await line(await empty.other_mod.click(card, button)) == NOT_FOR_YOU
        assert empty.store.records[1].verdict is None


async def test_the_right_to_see_is_checked_at_the_click(empty: Stage, backroom: Channel) -> None:
    async with empty.running():
        _, card = await a_hidden_card(empty, backroom)
        empty.fake.set_overwrite(backroom, empty.mod, deny=HIDDEN)
        assert await line(await empty.mod.click(card, "Show")) == NOT_FOR_YOU
        shut_out = await empty.alice.click(card, "Show")
        assert await line(shut_out) == "You need the permission Manage Messages to review answers."


async def test_a_channel_that_becomes_private_is_hidden_with_the_next_edit(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    assert QUESTION in card.text
    stage.fake.set_overwrite(stage.channel, stage.guild.everyone, deny=HIDDEN)
    for member in (stage.mod, stage.fake.bot):
        stage.fake.set_overwrite(stage.channel, member, allow=HIDDEN)
    assert await line(await stage.other_mod.click(card, "Sources")) == NOT_FOR_YOU
    await stage.mod.click(card, "Approve")
    await stage.fake.wait_for(lambda: card.text.startswith(TITLE))


async def test_a_private_thread_of_an_open_channel_is_private(empty: Stage) -> None:
    public = empty.fake.add_thread(empty.channel, "open", empty.alice)
    private = empty.fake.add_thread(empty.channel, "closed", empty.alice, is_private=True)
    async with empty.running():
        await empty.set_up_review()
        for thread in (public, private):
            await empty.slash_ask(QUESTION, channel=thread)
            await empty.card()
        open_card, closed_card = empty.desk.messages
        assert QUESTION in open_card.text
        assert closed_card.text.startswith(TITLE)
        assert await line(await empty.mod.click(closed_card, "Show")) == NOT_FOR_YOU


async def test_a_review_channel_with_fewer_readers_hides_nothing(empty: Stage) -> None:
    empty.fake.set_overwrite(empty.desk, empty.guild.everyone, deny=HIDDEN)
    for member in (empty.mod, empty.fake.bot):
        empty.fake.set_overwrite(empty.desk, member, allow=HIDDEN)
    async with empty.running():
        await empty.set_up_review()
        await empty.slash_ask(QUESTION)
        assert QUESTION in (await empty.card()).text


async def test_nothing_is_shown_if_discord_does_not_say(empty: Stage) -> None:
    """The channel is deleted while its card waits: it is no longer known who could read it."""
    async with empty.running():
        _, card = await a_hidden_card(empty, empty.channel)
        assert QUESTION in card.text
        empty.client.get_guild(empty.guild.id)._channels.pop(empty.channel.id)  # type: ignore[union-attr]
        del empty.fake.world.channels[empty.channel.id]
        assert await line(await empty.mod.click(card, "Approve")) == NOT_FOR_YOU
