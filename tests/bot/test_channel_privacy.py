"""The rules of test_privacy.py on real channels, threads, roles and members, and what Discord does not say."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from examples import a_citation, a_claim, a_record
from small_discord import (
    ALICE,
    BOT,
    OWNER,
    PRIVATE_THREAD,
    READER,
    Payload,
    SmallDiscord,
    channel,
    failed,
    overwrite,
    role,
    thread,
)

from footnote_bot.access.permissions import NotAllowed
from footnote_bot.access.privacy import Privacy, is_private_to, roles_kept_out

OPEN, MODS, STAFF, PUBLIC, PRIVATE, IN_STAFF = 2, 3, 4, 20, 21, 40
MOD, ADMIN, HELPER_BOT, STAFF_ROLE = 50, 51, 52, 53
CLOSED = overwrite(1, sees=False)
DESK = channel(MODS, CLOSED, overwrite(MOD, sees=True))
RECORD = a_record(a_claim(a_citation()))


def world(*channels: Payload) -> SmallDiscord:
    """An open channel, the moderators' and the staff's, with threads, and further channels."""
    found = SmallDiscord()
    staff = channel(STAFF, CLOSED, overwrite(STAFF_ROLE, sees=True))
    known = {one["id"]: one for one in (channel(OPEN), DESK, staff, *channels)}
    found.server(
        *known.values(),
        roles=[
            role(MOD),
            role(STAFF_ROLE),
            role(ADMIN, discord.Permissions(administrator=True)),
            role(HELPER_BOT, tags={"bot_id": "77"}),
        ],
        threads=[thread(PUBLIC, OPEN), thread(PRIVATE, OPEN, kind=PRIVATE_THREAD), thread(IN_STAFF, STAFF)],
    )
    return found


def is_hidden(small: SmallDiscord, asked: int, review: int) -> bool:
    guild = small.client.get_guild(1)
    assert guild
    return is_private_to(guild.get_channel_or_thread(asked), guild.get_channel_or_thread(review))


@pytest.mark.parametrize(
    ("asked", "review", "is_so"),
    [
        (OPEN, MODS, False),
        (STAFF, MODS, True),
        (PUBLIC, MODS, False),
        (PRIVATE, MODS, True),
        (PRIVATE, PRIVATE, True),
        (IN_STAFF, MODS, True),
        (IN_STAFF, STAFF, False),
        (404, MODS, True),
        (OPEN, 404, True),
    ],
)
def test_a_thread_is_as_private_as_its_channel_and_in_doubt_all_is_private(
    asked: int, review: int, is_so: bool
) -> None:
    assert is_hidden(world(), asked, review) is is_so


@pytest.mark.parametrize(
    "more",
    [
        overwrite(OWNER, sees=True, is_member=True),
        overwrite(BOT, sees=True, is_member=True),
        overwrite(ADMIN, sees=True),
        overwrite(HELPER_BOT, sees=True),
    ],
    ids=["the owner", "the bot itself", "administrators", "another bot"],
)
def test_who_reads_everything_or_is_no_person_does_not_make_a_channel_private(more: Payload) -> None:
    asked = channel(60, CLOSED, overwrite(MOD, sees=True))
    review = channel(61, CLOSED, overwrite(MOD, sees=True), more)
    assert not is_hidden(world(asked, review), 60, 61)


def test_a_member_with_an_overwrite_does() -> None:
    review = channel(61, CLOSED, overwrite(MOD, sees=True), overwrite(ALICE, sees=True, is_member=True))
    assert is_hidden(world(channel(60, CLOSED, overwrite(MOD, sees=True)), review), 60, 61)


def test_overwrites_of_other_permissions_do_not_count() -> None:
    review = channel(61, CLOSED, overwrite(MOD, sees=True), overwrite(STAFF_ROLE, reads=True))
    assert not is_hidden(world(review), MODS, 61)


def test_the_roles_to_let_in_are_named() -> None:
    small = world()
    asked, review = small.client.get_channel(STAFF), small.client.get_channel(MODS)
    assert isinstance(asked, discord.TextChannel)
    assert isinstance(review, discord.TextChannel)
    assert roles_kept_out(asked, review) == [MOD]


async def test_a_channel_hides_nothing_from_its_own_readers_even_if_it_is_unknown() -> None:
    assert not await Privacy(world().client).hides_from(404, 404)


@pytest.mark.parametrize("error", [failed(403), ConnectionResetError()])
async def test_what_discord_does_not_give_is_hidden(error: Exception) -> None:
    small = world()
    small.rest.answers = {"GET /channels/500": error}
    assert await Privacy(small.client).hides_from(500, MODS)
    assert await Privacy(small.client).hides_from(OPEN, 500)


async def test_an_archived_thread_is_looked_up() -> None:
    small = world()
    small.rest.answers = {"GET /channels/500": thread(500, OPEN, archived=True)}
    assert not await Privacy(small.client).hides_from(500, MODS)


async def test_a_fault_of_our_own_is_not_hidden() -> None:
    small = world()
    small.rest.answers = {"GET /channels/500": KeyError("id")}
    with pytest.raises(KeyError):
        await Privacy(small.client).hides_from(500, MODS)


@pytest.mark.parametrize(("asked_in", "is_allowed"), [(OPEN, True), (STAFF, False), (MODS, True), (404, False)])
async def test_only_who_sees_where_it_was_asked_acts_on_a_card_that_hides_it(asked_in: int, is_allowed: bool) -> None:
    small = world()
    guild = small.client.get_guild(1)
    record = replace(RECORD, channel_id=asked_in)
    check = Privacy(small.client).require_sight(small.interaction(guild=guild, channel=MODS), record)
    if is_allowed:
        await check
        return
    with pytest.raises(NotAllowed, match="A moderator who can read it has to review it"):
        await check


async def test_a_member_of_the_staff_may_act_on_the_hidden_card() -> None:
    small = world(channel(60, CLOSED, overwrite(STAFF_ROLE, sees=True), overwrite(ALICE, sees=True, is_member=True)))
    interaction = small.interaction(guild=small.client.get_guild(1), channel=MODS, permissions=READER)
    privacy, record = Privacy(small.client), replace(RECORD, channel_id=60)
    assert await privacy.hides(record, MODS)
    await privacy.require_sight(interaction, record)
