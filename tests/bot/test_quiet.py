"""Threads that are left to people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
from small_discord import (
    ALICE,
    BOB,
    BOT,
    FORUM,
    READER,
    Payload,
    SmallDiscord,
    channel,
    failed,
    member,
    message,
    overwrite,
    role,
    tag,
    thread,
)
from small_policies import SmallPolicies

from footnote.records.policies import EVERYWHERE, PLAIN, Ways
from footnote_bot.access.quiet import Quiet, is_solved

PARENT, THREAD = 20, 21
MOD = 50
MESSAGES = f"GET /channels/{THREAD}/messages"
BOB_ASKED_FOR = f"GET /guilds/1/members/{BOB}"


@dataclass
class World:
    """A thread of Alice, and what was written in it."""

    written: list[Payload] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    overwrites: list[Payload] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.discord, self.policies = SmallDiscord(), SmallPolicies(role=MOD)
        tags = [tag(60 + n, name) for n, name in enumerate(self.tags)]
        applied = [one["id"] for one in tags]
        guild = self.discord.server(
            channel(PARENT, *self.overwrites, kind=FORUM, available_tags=tags),
            roles=[role(MOD)],
            threads=[thread(THREAD, PARENT, applied_tags=applied, **self.state)],
        )
        found = guild.get_thread(THREAD)
        assert found
        self.thread: discord.Thread = found
        self.discord.rest.answers[MESSAGES] = self.written
        self.discord.rest.answers[f"GET /guilds/1/members/{ALICE}"] = member(ALICE, MOD)
        self.quiet = Quiet(self.policies)

    async def is_quiet(self, *, asker: int = ALICE) -> bool:
        return await self.quiet.is_left_to_people(self.thread, asker_id=asker)

    def knows_bob(self, *roles: int) -> None:
        self.discord.rest.answers[BOB_ASKED_FOR] = member(BOB, *roles)


def said(by: int, number: int = 1000, **fields: Any) -> Payload:
    return message(number, THREAD, by=by, **fields)


async def test_a_thread_where_members_talk_is_not_left_to_them() -> None:
    world = World([said(BOB), said(ALICE)])
    world.knows_bob()
    assert not await world.is_quiet()


async def test_a_moderator_who_has_written_makes_it_quiet() -> None:
    world = World([said(BOB)])
    world.knows_bob(MOD)
    assert await world.is_quiet()


async def test_the_asker_may_be_a_moderator() -> None:
    world = World([said(ALICE)])
    assert not await world.is_quiet()
    assert await world.is_quiet(asker=BOB)


async def test_somebody_who_has_left_is_no_moderator() -> None:
    assert not await World([said(BOB)]).is_quiet()


@pytest.mark.parametrize(
    "fields", [{"is_bot": True}, {"webhook_id": "5"}, {"type": 7}], ids=["a bot", "a webhook", "Discord itself"]
)
async def test_what_no_person_wrote_does_not_count(fields: dict[str, Any]) -> None:
    world = World([said(BOB, **fields)])
    world.knows_bob(MOD)
    assert not await world.is_quiet()


async def test_each_person_is_looked_up_once_and_remembered() -> None:
    world = World([said(BOB, 1002), said(BOB, 1001)])
    world.knows_bob()
    assert not await world.is_quiet()
    assert not await world.is_quiet()
    assert world.discord.rest.asked.count(BOB_ASKED_FOR) == 1


@pytest.mark.parametrize("state", [{"locked": True}, {"archived": True}])
async def test_a_closed_thread_is_quiet_without_reading_it(state: dict[str, Any]) -> None:
    world = World([], state)
    assert await world.is_quiet()
    assert world.discord.rest.asked == []


@pytest.mark.parametrize("hidden", [overwrite(1, sees=False), overwrite(1, reads=False)])
async def test_a_thread_that_the_bot_cannot_read_is_quiet(hidden: Payload) -> None:
    world = World([], overwrites=[hidden])
    assert await world.is_quiet()
    assert world.discord.rest.asked == []


@pytest.mark.parametrize("where", [MESSAGES, BOB_ASKED_FOR])
async def test_a_failure_of_discord_makes_it_quiet(where: str) -> None:
    world = World([said(BOB)])
    world.discord.rest.answers[where] = failed(403)
    assert await world.is_quiet()


@pytest.mark.parametrize(
    ("tags", "is_so"),
    [
        ((), False),
        (("Question",), False),
        (("Solved",), True),
        (("Help", "ERLEDIGT ✅"), True),
        (("Not solved",), False),
        (("nicht gelöst",), False),
        (("unsolved",), False),
        (("Not solved", "Done"), True),
    ],
)
async def test_a_tag_says_that_a_post_is_solved(tags: tuple[str, ...], is_so: bool) -> None:
    world = World(tags=tags)
    assert is_solved(world.thread, PLAIN) is is_so
    assert await world.is_quiet() is is_so


@pytest.mark.parametrize("place", [PARENT, EVERYWHERE])
async def test_chosen_tags_count_instead_of_names(place: int) -> None:
    world = World(tags=("Solved",))
    world.policies.kept_ways = {place: Ways(solved_tags=(99,))}
    assert not await world.is_quiet()
    world.policies.kept_ways = {place: Ways(solved_tags=(60, 99))}
    assert await world.is_quiet()


def test_the_bot_can_read_the_small_world() -> None:
    world = World()
    assert world.thread.permissions_for(world.thread.guild.me) >= READER
    assert world.thread.guild.me.id == BOT


@pytest.mark.parametrize("name", ["Solved!", "[Solved]", "✅Solved", "Solved/Closed", "Solved: yes", "geloest"])
def test_a_tag_says_that_it_is_solved_whatever_is_around_the_word(name: str) -> None:
    assert is_solved(World(tags=(name,)).thread, Ways())


@pytest.mark.parametrize("name", ["isn't solved", "isn’t solved", "never solved", "un-solved"])
def test_a_tag_may_deny_that_it_is_solved(name: str) -> None:
    assert not is_solved(World(tags=(name,)).thread, Ways())
