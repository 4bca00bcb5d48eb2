"""Mentions in what people type, and those that the bot writes."""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import replace
from typing import Any

import discord
import pytest
from small_discord import BOB, BOT, SmallDiscord, channel, overwrite, role, user

from footnote_bot.translations.language import begin
from footnote_bot.wire.mentions import MentionNames, is_by_a_person, is_typed, mention, mentions_own_role

CARL, STRANGER = 2 * 10**17, 3 * 10**17
OPEN, HIDDEN = 4 * 10**17, 5 * 10**17
BOT_ROLE, MODS = 6 * 10**17, 7 * 10**17


class World:
    def __init__(self) -> None:
        self.discord = SmallDiscord()
        self.guild = self.discord.server(
            channel(OPEN, name="bridges"),
            channel(HIDDEN, overwrite(1, sees=False)),
            roles=[role(BOT_ROLE, tags={"bot_id": str(BOT)}), role(MODS, name="@mods")],
            bot_roles=[BOT_ROLE],
        )
        carl = self.discord.member(self.guild, CARL, name="Carl")
        self.names = MentionNames(self.discord.member(self.guild), self.discord.bot, [carl])

    def message(self, **fields: Any) -> discord.Message:
        return self.discord.message(self.guild.get_channel(OPEN), **fields)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (f"<@{CARL}> and <@!{CARL}>", "@Carl and @Carl"),
        (f"<@{STRANGER}>", "@someone"),
        (f"<@{BOT}>When?", " When?"),
        (f"<@&{BOT_ROLE}> When?", "  When?"),
        (f"<@&{MODS}>", "@mods"),
        (f"<@&{STRANGER}>", "@a-role"),
        (f"<#{OPEN}>", "#bridges"),
        (f"<#{HIDDEN}>", "#a-channel"),
        (f"<#{STRANGER}>", "#a-channel"),
        (f"a<:ok:{CARL}>b<a:ok:{CARL}>c", "a b c"),
        (f"</ask question:{CARL}>", "/ask question"),
        ("<@123>, @everyone and 1 < 2", "<@123>, @everyone and 1 < 2"),
    ],
)
def test_names_stand_for_numbers_as_the_asker_sees_them(typed: str, named: str) -> None:
    assert World().names(typed) == named


def test_in_direct_messages_nothing_of_a_server_has_a_name() -> None:
    world = World()
    names = replace(world.names, asker=world.discord.user())
    assert names(f"<#{OPEN}> <@&{MODS}> <@{CARL}>") == "#a-channel @a-role @Carl"


def test_the_words_for_unknown_people_are_in_the_language_of_all_readers() -> None:
    def named() -> str:
        begin(private="en", public="de")
        return World().names(f"<@{STRANGER}>")

    assert copy_context().run(named) == "@jemand"


@pytest.mark.parametrize(
    ("fields", "is_so"),
    [
        ({}, True),
        ({"type": 19}, True),
        ({"type": 7}, False),
        ({"type": 18}, False),
        ({"is_bot": True}, False),
        ({"webhook_id": "5"}, False),
    ],
    ids=["a message", "a reply", "somebody has joined", "a thread was created", "a bot", "a webhook"],
)
def test_only_people_write_messages_and_replies(fields: dict[str, Any], is_so: bool) -> None:
    assert is_by_a_person(World().message(**fields)) is is_so


@pytest.mark.parametrize(
    ("fields", "is_so"),
    [
        ({"content": f"<@{BOT}> when?"}, True),
        ({"content": f"<@&{BOT_ROLE}> when?", "mention_roles": [str(BOT_ROLE)]}, True),
        ({"content": "when?", "mentions": [user(BOT, is_bot=True)]}, False),
        ({"content": f"<@{CARL}> when?"}, False),
        ({"content": f"<@&{MODS}> when?", "mention_roles": [str(MODS)]}, False),
    ],
    ids=["its name", "its role", "a ping by a reply", "somebody else", "another role"],
)
def test_a_mention_is_typed_by_name_or_by_the_bots_own_role(fields: dict[str, Any], is_so: bool) -> None:
    world = World()
    assert is_typed(world.message(**fields), world.discord.bot) is is_so


def test_there_are_no_roles_in_direct_messages() -> None:
    small = SmallDiscord()
    assert not mentions_own_role(small.message(small.direct()))


def test_a_forgotten_person_is_somebody() -> None:
    assert mention(BOB) == f"<@{BOB}>"
    assert mention(0) == "somebody"
