"""Who asks a question, and what those who will read the answer can read."""

from __future__ import annotations

from dataclasses import dataclass, field

import discord
import pytest
from small_discord import ALICE, BOB, PRIVATE_THREAD, SmallDiscord, channel, member, overwrite, role, thread
from small_policies import SmallPolicies

from footnote.models.collections import EVERYTHING
from footnote_bot.access.audiences import Askers, InChannel, InDirectMessages
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.direct_messages import DirectMessages, NotInDirectMessages
from footnote_bot.access.gate import Gate
from footnote_bot.access.privacy import Privacy

OPEN, MODS, MUTE, PUBLIC, PRIVATE = 2, 3, 4, 5, 6
MOD = 50


@dataclass
class World:
    """A server with an open channel and one for moderators, and threads in both."""

    small: SmallDiscord = field(default_factory=SmallDiscord)
    guild: discord.Guild = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.small.server(
            channel(OPEN),
            channel(MODS, overwrite(1, sees=False), overwrite(MOD, sees=True)),
            channel(MUTE, overwrite(1, reads=False)),
            roles=[role(MOD)],
            threads=[thread(PUBLIC, OPEN), thread(PRIVATE, OPEN, kind=PRIVATE_THREAD)],
        )

    @property
    def askers(self) -> Askers:
        client = self.small.client
        direct = DirectMessages(client, Gate(client, ()), SmallPolicies(), are_answered=True)
        return Askers(Privacy(client), direct, CollectionAccess(client, _NoCollections(), direct))  # type: ignore[arg-type]


class _NoCollections:
    async def of_server(self, guild_id: int) -> None:
        del guild_id


@pytest.mark.parametrize(
    ("reading", "hidden", "is_readable"),
    [
        (OPEN, OPEN, True),
        (OPEN, MODS, False),
        (MODS, OPEN, True),
        (OPEN, PUBLIC, True),
        (OPEN, PRIVATE, False),
        (PRIVATE, OPEN, True),
        (OPEN, 404, False),
    ],
)
async def test_a_channels_readers_can_read_what_all_of_them_can(reading: int, hidden: int, is_readable: bool) -> None:
    assert await InChannel(reading, Privacy(World().small.client)).can_read(hidden) is is_readable


@pytest.mark.parametrize(
    ("roles", "channel_id", "is_readable"),
    [
        ((), OPEN, True),
        ((), MODS, False),
        ((MOD,), MODS, True),
        ((), MUTE, False),
        ((), PUBLIC, True),
        ((), PRIVATE, False),
        ((), 404, False),
    ],
)
async def test_in_direct_messages_the_members_own_sight_counts(
    roles: tuple[int, ...], channel_id: int, is_readable: bool
) -> None:
    world = World()
    audience = InDirectMessages(77, world.small.member(world.guild, ALICE, *roles))
    assert await audience.can_read(channel_id) is is_readable


async def test_in_a_server_everybody_in_the_channel_reads_along() -> None:
    asker = await World().askers.asker(ALICE, 1, OPEN)
    assert (asker.user_id, asker.guild_id, asker.is_direct, asker.readable) == (ALICE, 1, False, EVERYTHING)
    assert isinstance(asker.audience, InChannel)
    assert asker.audience.channel_id == OPEN


async def test_in_direct_messages_the_asker_counts_as_a_member_of_the_server_that_pays() -> None:
    world = World()
    world.small.rest.answers[f"GET /guilds/1/members/{ALICE}"] = member(ALICE, MOD)
    asker = await world.askers.asker(ALICE, None, 77)
    assert (asker.user_id, asker.guild_id, asker.is_direct) == (ALICE, 1, True)
    assert isinstance(asker.audience, InDirectMessages)
    assert await asker.audience.can_read(MODS)


async def test_a_stranger_asks_nothing_in_direct_messages() -> None:
    with pytest.raises(NotInDirectMessages):
        await World().askers.asker(BOB, None, 77)
