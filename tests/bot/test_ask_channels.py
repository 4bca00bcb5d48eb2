"""Where questions are answered."""

from __future__ import annotations

import pytest
from small_discord import SmallDiscord, channel, overwrite, thread
from small_policies import SmallPolicies

from footnote_bot.access.ask_channels import AskElsewhere, parent_channel_of, require_ask_channel

ASKING, HIDDEN, OTHER, IN_ASKING, IN_OTHER = 2, 3, 4, 20, 40


class World:
    def __init__(self, *asking: int) -> None:
        self.discord, self.policies = SmallDiscord(), SmallPolicies(asking={1: asking})
        self.guild = self.discord.server(
            *(channel(number) for number in (ASKING, OTHER, *range(50, 56))),
            channel(HIDDEN, overwrite(1, sees=False)),
            threads=[thread(IN_ASKING, ASKING), thread(IN_OTHER, OTHER)],
        )
        self.alice = self.discord.member(self.guild)

    async def ask_in(self, number: int) -> None:
        await require_ask_channel(self.policies, self.guild.get_channel_or_thread(number), number, self.alice)

    async def refusal(self, number: int = OTHER) -> str:
        with pytest.raises(AskElsewhere) as refused:
            await self.ask_in(number)
        return str(refused.value)


async def test_without_a_choice_questions_are_answered_everywhere() -> None:
    await World().ask_in(OTHER)


@pytest.mark.parametrize("number", [ASKING, IN_ASKING])
async def test_a_channel_for_questions_includes_its_threads(number: int) -> None:
    await World(ASKING).ask_in(number)


@pytest.mark.parametrize("number", [OTHER, IN_OTHER])
async def test_elsewhere_a_refusal_names_the_channels_that_the_asker_sees(number: int) -> None:
    world = World(HIDDEN, ASKING, 404)
    assert await world.refusal(number) == "I do not answer questions in this channel. Please ask in <#2>."


async def test_a_refusal_names_no_hidden_channel() -> None:
    assert await World(HIDDEN).refusal() == (
        "I do not answer questions in this channel. A member with Manage Server can change that with /setup."
    )


async def test_at_most_five_channels_are_named() -> None:
    assert (await World(*range(50, 56)).refusal()).endswith("Please ask in <#50>, <#51>, <#52>, <#53>, <#54>.")


async def test_channels_for_questions_say_nothing_about_direct_messages() -> None:
    world = World(ASKING)
    await require_ask_channel(world.policies, world.discord.direct(), 50, world.discord.user())


async def test_a_channel_that_discord_has_not_sent_is_known_by_its_number() -> None:
    world = World(999)
    await world.ask_in(999)
    assert parent_channel_of(None, 999) == 999


def test_the_settings_of_a_thread_are_those_of_its_parent() -> None:
    world = World()
    assert parent_channel_of(world.guild.get_thread(IN_OTHER), IN_OTHER) == OTHER
