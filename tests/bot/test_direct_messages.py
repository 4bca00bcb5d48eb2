"""On behalf of which server a person is answered in direct messages, and why not."""

from __future__ import annotations

import pytest
from small_discord import ALICE, SmallDiscord, channel, failed, member, overwrite
from small_policies import SmallPolicies

from footnote.records.policies import EVERYWHERE, Mode, Policy
from footnote_bot.access.direct_messages import DirectMessages, NotInDirectMessages
from footnote_bot.access.gate import Gate

NOTHING_SHARED = "I answer direct messages only from members of servers that I serve. Please ask me there."


class World:
    """Two servers, 1 and 2, and Alice as a member of those of `joined`."""

    def __init__(self, *joined: int, served: tuple[int, ...] = (), are_answered: bool = True) -> None:
        self.discord = SmallDiscord()
        self.discord.server(channel(5), channel(6, overwrite(1, sees=False)), name="One")
        self.discord.server(channel(15), number=2, name="Two_*")
        for number in joined:
            self.discord.rest.answers[f"GET /guilds/{number}/members/{ALICE}"] = member(ALICE)
        self.policies = SmallPolicies()
        gate = Gate(self.discord.client, served)
        self.direct = DirectMessages(self.discord.client, gate, self.policies, are_answered=are_answered)

    async def server_of_alice(self) -> int:
        return (await self.direct.member(ALICE)).guild.id

    async def refusal(self) -> str:
        with pytest.raises(NotInDirectMessages) as refused:
            await self.direct.member(ALICE)
        return str(refused.value)


async def test_a_member_is_answered_on_behalf_of_the_server_that_they_share_with_the_bot() -> None:
    assert await World(2).server_of_alice() == 2


async def test_a_stranger_is_refused() -> None:
    assert await World().refusal() == NOTHING_SHARED


async def test_a_server_that_is_not_served_does_not_count() -> None:
    world = World(2, served=(1,))
    assert await world.refusal() == NOTHING_SHARED
    assert world.discord.rest.asked == [f"GET /guilds/1/members/{ALICE}"]


async def test_nobody_is_looked_up_when_direct_messages_are_switched_off() -> None:
    world = World(1, are_answered=False)
    assert await world.refusal() == "I do not answer direct messages. Please ask me in a server."
    assert world.discord.rest.asked == []


async def test_the_strictest_server_decides() -> None:
    world = World(1, 2)
    world.policies.direct = {2: False}
    assert await world.refusal() == r"Two\_\* does not allow direct messages. Please ask there."


async def test_the_rules_of_servers_that_a_person_is_not_in_do_not_count() -> None:
    world = World(1)
    world.policies.direct = {2: False}
    assert await world.server_of_alice() == 1


async def test_a_refusal_names_the_channels_for_questions_that_the_person_sees() -> None:
    world = World(1)
    world.policies.asking = {1: [6, 5, 404]}
    assert await world.refusal() == "One has channels for questions. Please ask in <#5>."


async def test_at_most_five_channels_are_named() -> None:
    world = World(3)
    world.discord.server(*(channel(number) for number in range(31, 37)), number=3, name="Three")
    world.policies.asking = {3: range(31, 37)}
    names = ", ".join(f"<#{number}>" for number in range(31, 36))
    assert await world.refusal() == f"Three has channels for questions. Please ask in {names}."


async def test_a_server_with_channels_for_questions_may_allow_direct_messages_all_the_same() -> None:
    world = World(1)
    world.policies.asking = {1: [5]}
    world.policies.direct = {1: True}
    assert await world.server_of_alice() == 1


@pytest.mark.parametrize("where", [EVERYWHERE, 5])
async def test_where_answers_are_held_in_any_channel_none_is_given_in_direct_messages(where: int) -> None:
    world = World(1)
    world.policies.kept = {where: Policy(mode=Mode.HOLD)}
    world.policies.direct = {1: True}
    assert (await world.refusal()).startswith("In One moderators review answers before they are shown")


@pytest.mark.parametrize("error", [failed(503), ConnectionResetError()])
async def test_a_failure_of_discord_is_not_taken_for_a_membership_or_for_none(error: Exception) -> None:
    world = World(1)
    world.discord.rest.answers[f"GET /guilds/2/members/{ALICE}"] = error
    assert await world.refusal() == "I cannot see right now which servers we share. Try again in a moment."
    world.discord.rest.answers[f"GET /guilds/2/members/{ALICE}"] = member(ALICE)
    assert [one.guild.id for one in await world.direct.memberships(ALICE, {2})] == [2], "it is not remembered"


async def test_memberships_are_remembered_and_also_their_absence() -> None:
    world = World(1)
    for _ in range(2):
        assert [one.guild.id for one in await world.direct.memberships(ALICE, {1, 2})] == [1]
    assert len(world.discord.rest.asked) == 2
