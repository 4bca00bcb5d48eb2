"""Which channels somebody can read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import a_citation, a_claim, a_record
from small_discord import (
    PRIVATE_THREAD,
    Payload,
    SmallDiscord,
    channel,
    failed,
    overwrite,
    thread,
)

from footnote.models.articles import attached_id
from footnote.records.answers import AnswerRecord
from footnote_bot.access.visibility import MOST_LOOKED_UP, can_see, is_public, look_up, visible_channels

OPEN, HIDDEN, MUTE, PUBLIC, PRIVATE, IN_HIDDEN = 2, 3, 4, 20, 21, 30
RECORD = replace(a_record(a_claim(a_citation())), channel_id=OPEN)


def world() -> SmallDiscord:
    found = SmallDiscord()
    found.server(
        channel(OPEN),
        channel(HIDDEN, overwrite(1, sees=False)),
        channel(MUTE, overwrite(1, reads=False)),
        threads=[thread(PUBLIC, OPEN), thread(PRIVATE, OPEN, kind=PRIVATE_THREAD), thread(IN_HIDDEN, HIDDEN)],
    )
    return found


def archived(number: int, parent: int = OPEN) -> Payload:
    """What Discord says of a thread that is not in the cache."""
    return thread(number, parent, archived=True)


async def test_a_channel_is_visible_if_it_and_its_history_are() -> None:
    small = world()
    interaction = small.interaction(guild=small.client.get_guild(1))
    found = await visible_channels(interaction, [OPEN, HIDDEN, MUTE, PUBLIC, PRIVATE, IN_HIDDEN])
    assert found == {OPEN, PUBLIC}
    assert small.rest.asked == []


async def test_in_direct_messages_no_channel_of_a_server_is_visible() -> None:
    assert await visible_channels(world().interaction(), [OPEN]) == frozenset()


async def test_an_archived_thread_is_looked_up_and_judged_like_all_others() -> None:
    small = world()
    small.rest.answers = {
        "GET /channels/500": archived(500),
        "GET /channels/501": archived(501, HIDDEN),
        "GET /channels/502": failed(503),
    }
    interaction = small.interaction(guild=small.client.get_guild(1))
    assert await visible_channels(interaction, [500, 501, 502, 503]) == {500}


async def test_only_the_newest_unknown_channels_are_looked_up() -> None:
    small = world()
    interaction = small.interaction(guild=small.client.get_guild(1))
    unknown = range(1000, 1000 + MOST_LOOKED_UP + 5)
    await visible_channels(interaction, unknown)
    assert small.rest.asked == [f"GET /channels/{number}" for number in unknown[5:]]


async def test_somebody_sees_the_channel_that_they_are_in() -> None:
    small = world()
    interaction = small.interaction(guild=small.client.get_guild(1), channel=HIDDEN)
    assert await can_see(interaction, HIDDEN)
    assert await can_see(interaction, OPEN)
    assert not await can_see(interaction, MUTE)


@pytest.mark.parametrize("error", [failed(403), failed(404), ConnectionResetError()])
async def test_a_channel_that_discord_does_not_give_is_none(error: Exception) -> None:
    small = world()
    guild = small.client.get_guild(1)
    assert guild
    small.rest.answers = {"GET /channels/500": error}
    assert await look_up(guild, 500) is None


async def test_a_channel_of_another_server_is_none() -> None:
    small = world()
    guild = small.client.get_guild(1)
    assert guild
    small.rest.answers = {"GET /channels/500": channel(500) | {"guild_id": "77"}}
    assert await look_up(guild, 500) is None


@pytest.mark.parametrize(
    ("channel_id", "is_so"),
    [(OPEN, True), (HIDDEN, False), (PUBLIC, True), (PRIVATE, False), (IN_HIDDEN, False), (404, False)],
)
def test_an_answer_is_public_where_everybody_sees_the_channel(channel_id: int, is_so: bool) -> None:
    assert is_public(world().client, replace(RECORD, channel_id=channel_id)) is is_so


@pytest.mark.parametrize(
    "record",
    [
        replace(RECORD, is_private=True),
        replace(RECORD, guild_id=None),
        replace(RECORD, guild_id=404),
        replace(RECORD, citations=(replace(a_citation(), article_id=attached_id("notes.txt")),)),
    ],
    ids=["asked privately", "direct messages", "a server that is left", "of an attached file"],
)
def test_other_answers_stay_where_they_were_asked(record: AnswerRecord) -> None:
    assert is_public(world().client, RECORD)
    assert not is_public(world().client, record)
