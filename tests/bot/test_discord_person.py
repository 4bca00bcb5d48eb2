"""Needs a person: the moderators' role is mentioned, once for each answer, and only where that is set up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
from discord_stage import Stage, line
from fake_discord import Message, Role
from test_discord_holding import idle
from test_discord_setup import choose, panel, warnings
from test_history import recorded

from footnote.records.policies import EVERYWHERE, Ways
from footnote_bot.access.permissions import WRITES_NOTHING
from footnote_bot.inquiries.people import CALLED_BEFORE, FAILED, MEMBER_CALLS, OFF, TOO_OFTEN
from footnote_bot.views.person import CALLED

BUTTON = "Needs a person"


class Helpers:
    """A stage with a role that can be mentioned."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.role: Role = stage.fake.add_role(stage.guild, "Helpers", mentionable=True)

    async def answer(self) -> Message:
        answer = await self.stage.slash_ask()
        await recorded(self.stage, answer)
        return answer

    def calls(self) -> list[Message]:
        return [one for one in self.stage.channel.messages if self.role.mention in one.content]


@pytest.fixture
async def helpers(empty: Stage) -> AsyncIterator[Helpers]:
    found = Helpers(empty)
    await empty.policies.set_moderator_role(empty.guild.id, found.role.id)
    await empty.policies.set_ways(empty.guild.id, EVERYWHERE, Ways(calls_people=True))
    async with empty.running():
        yield found


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons if not button.get("disabled")]


async def test_the_role_is_mentioned_once_and_nobody_else(helpers: Helpers) -> None:
    stage, answer = helpers.stage, await helpers.answer()
    assert await line(await stage.alice.click(answer, BUTTON)) == CALLED
    [call] = helpers.calls()
    assert call.pinged == {"@&Helpers"}
    assert call.reply_to is answer
    [request] = [one for one in stage.fake.requests_to("POST", r"/messages$") if helpers.role.mention in str(one.body)]
    assert request.body["allowed_mentions"] == {"parse": [], "roles": [helpers.role.id]}
    await stage.fake.wait_for(lambda: "Moderators notified" in [button["label"] for button in answer.buttons])
    assert BUTTON not in labels(answer)
    assert await stage.acts() == ["alice, call: a person for answer #1"]
    assert stage.alice.name not in call.content


async def test_of_two_clicks_at_once_one_counts(helpers: Helpers) -> None:
    stage, answer = helpers.stage, await helpers.answer()
    clicks = [await one.click(answer, BUTTON) for one in (stage.alice, stage.admin)]
    told = await asyncio.gather(*(line(click) for click in clicks))
    assert sorted(told) == sorted([CALLED, CALLED_BEFORE])
    assert len(helpers.calls()) == 1


async def test_a_call_stays_counted_after_a_restart(empty: Stage) -> None:
    helpers = Helpers(empty)
    await empty.policies.set_moderator_role(empty.guild.id, helpers.role.id)
    await empty.policies.set_ways(empty.guild.id, EVERYWHERE, Ways(calls_people=True))
    async with empty.running():
        answer = await helpers.answer()
        old = list(answer.components)
        await line(await empty.alice.click(answer, BUTTON))
        await idle(empty)
    answer.components = old  # as somebody still sees it whose Discord has not heard of the change
    async with empty.running():
        assert await line(await empty.admin.click(answer, BUTTON)) == CALLED_BEFORE
    assert len(helpers.calls()) == 1


@pytest.mark.parametrize("missing", ["setting", "role", "server"])
async def test_there_is_no_button_where_it_is_not_set_up(helpers: Helpers, missing: str) -> None:
    stage = helpers.stage
    if missing == "setting":
        await stage.policies.set_ways(stage.guild.id, stage.channel.id, Ways())
    if missing == "role":
        await stage.policies.set_moderator_role(stage.guild.id, None)
    if missing == "server":
        answer = await stage.fake.wait_for_reply(await stage.alice.dm("When?"))
    else:
        answer = await helpers.answer()
    assert BUTTON not in labels(answer)


async def test_what_was_switched_off_since_is_off(helpers: Helpers) -> None:
    answer = await helpers.answer()
    await helpers.stage.policies.set_ways(helpers.stage.guild.id, EVERYWHERE, None)
    assert await line(await helpers.stage.alice.click(answer, BUTTON)) == OFF
    assert helpers.calls() == []


async def test_a_private_answer_calls_nobody(helpers: Helpers) -> None:
    asked = await helpers.stage.alice.slash(helpers.stage.channel, "ask", question="When?", private=True)
    assert BUTTON not in labels(await asked.response())


async def test_who_may_not_write_there_calls_nobody(helpers: Helpers) -> None:
    stage, answer = helpers.stage, await helpers.answer()
    stage.fake.set_overwrite(stage.channel, stage.alice, deny=discord.Permissions(send_messages=True))
    assert await line(await stage.alice.click(answer, BUTTON)) == WRITES_NOTHING
    assert helpers.calls() == []


async def test_a_role_that_discord_would_not_notify_is_refused_with_the_next_step(helpers: Helpers) -> None:
    stage, answer = helpers.stage, await helpers.answer()
    helpers.role.mentionable = False
    stage.fake.change_role(stage.guild, helpers.role)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(mention_everyone=True))
    assert "I am not allowed to mention" in await line(await stage.alice.click(answer, BUTTON))
    assert stage.store.records[1].person_called_at is None
    assert helpers.calls() == []


async def test_nobody_calls_all_day(helpers: Helpers) -> None:
    stage = helpers.stage
    answers = [await helpers.answer() for _ in range(MEMBER_CALLS + 1)]
    told = [await line(await stage.alice.click(answer, BUTTON)) for answer in answers]
    assert told == [*[CALLED] * MEMBER_CALLS, TOO_OFTEN]
    assert await line(await stage.admin.click(answers[-1], BUTTON)) == CALLED


async def test_when_discord_refuses_it_can_be_tried_again(helpers: Helpers) -> None:
    stage, answer = helpers.stage, await helpers.answer()
    stage.fake.fail_next("POST", rf"/channels/{stage.channel.id}/messages$", status=403, code=50013)
    assert await line(await stage.alice.click(answer, BUTTON)) == FAILED
    assert await line(await stage.alice.click(answer, BUTTON)) == CALLED
    assert len(helpers.calls()) == 1


async def test_in_a_thread_of_an_answer_too(helpers: Helpers) -> None:
    stage = helpers.stage
    await stage.policies.set_ways(stage.guild.id, EVERYWHERE, Ways(in_threads=True, calls_people=True))
    question = await stage.alice.mention_bot(stage.channel, "When?")
    thread = await stage.fake.wait_for(lambda: question.thread)
    answer = await stage.fake.wait_for(lambda: next((one for one in thread.messages if one.buttons), None))
    await recorded(stage, answer)
    assert await line(await stage.alice.click(answer, BUTTON)) == CALLED
    assert thread.messages[-1].pinged == {"@&Helpers"}


async def test_the_panel_says_who_is_mentioned_and_what_is_missing(stage: Stage) -> None:
    opened = await panel(stage)
    await (await stage.admin.click(opened, "Threads, forums, people")).response()
    await choose(stage, opened, "people:0", "on")
    assert "members can ask for a person" in opened.content
    assert "Without a moderators' role" in warnings(opened)[0]
    role = stage.fake.add_role(stage.guild, "Helpers")
    await stage.policies.set_moderator_role(stage.guild.id, role.id)
    await (await stage.admin.click(opened, "Back")).response()
    await (await stage.admin.click(opened, "Threads, forums, people")).response()
    assert opened.content.startswith("Everywhere: ")
