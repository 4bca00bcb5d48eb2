"""Commands whose reply comes too late for their token: the asker gets a separate message."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import discord
import pytest
from discord_stage import Stage, until
from fake_discord import Interaction, Message
from test_discord_streaming import catch_up
from watched_store import Killed

from footnote.errors import EmptyIndex
from footnote.records.policies import Mode, Policy
from footnote_bot.posts.late import NOT_SHOWN, RESTARTED
from footnote_bot.posts.replies import RESTARTED as RESTARTED_IN_PLACE

EDIT_ANSWER = r"/webhooks/.*/messages/@original"


async def begun(stage: Stage) -> Interaction:
    """A question that is being answered."""
    stage.ask.hold = asyncio.Event()
    asked = await stage.alice.slash(stage.channel, "ask", question="When did the bridge open?")
    await until(lambda: bool(stage.ask.questions))
    return asked


async def killed(stage: Stage) -> Interaction:
    """A question whose process was killed while it was answering."""
    asked = await begun(stage)
    stage.ask.error = Killed()
    assert stage.ask.hold
    stage.ask.hold.set()
    await until(lambda: stage.client.in_flight.is_idle)
    stage.ask.error = None
    return asked


def posts(stage: Stage) -> list[Message]:
    return [each for each in stage.channel.messages if each.author is stage.fake.bot and not each.interaction]


async def test_an_answer_that_comes_after_the_token_is_a_message_that_mentions_the_asker(stage: Stage) -> None:
    await begun(stage)
    stage.fake.skip(1000)
    assert stage.ask.hold
    stage.ask.hold.set()
    [late] = await stage.fake.wait_for(lambda: posts(stage))
    said = f"{stage.alice.mention} here is the answer to your question.\nThe bridge opened in 1932.¹"
    assert late.content == said
    assert late.pinged == {"alice"}
    assert "The bridge opened in 1932.¹" in late.text
    await until(lambda: stage.store.records[1].posted is not None)
    sources = await (await stage.alice.click(late, "Sources")).response()
    assert "ferry" in sources.text
    assert await stage.store.left() == []


@pytest.mark.parametrize(("status", "code"), [(401, 50027), (404, 10015)])
async def test_an_apology_finds_the_asker_when_the_token_is_refused_early(stage: Stage, status: int, code: int) -> None:
    stage.ask.error = EmptyIndex()
    stage.fake.fail_next("PATCH", EDIT_ANSWER, status=status, code=code)
    await stage.alice.slash(stage.channel, "ask", question="When?")
    [late] = await stage.fake.wait_for(lambda: posts(stage))
    assert late.content == f"{stage.alice.mention} {EmptyIndex()}"
    assert late.pinged == {"alice"}


async def test_where_the_bot_may_not_write_the_answer_is_a_direct_message(stage: Stage) -> None:
    await begun(stage)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    stage.fake.skip(1000)
    assert stage.ask.hold
    stage.ask.hold.set()
    [told] = await stage.fake.wait_for(lambda: stage.alice.dms.messages)
    where = f"You asked in <#{stage.channel.id}>, where I cannot write."
    assert told.content == f"{where} Here is the answer to your question.\nThe bridge opened in 1932.¹"
    assert "1932" in told.text
    assert told.buttons == []
    await until(lambda: stage.client.in_flight.is_idle)
    assert await stage.store.left() == []


async def test_a_held_answer_is_not_promised_in_direct_messages(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.policies.set_policy(stage.guild.id, 0, Policy(mode=Mode.HOLD))
    await begun(stage)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    stage.fake.skip(1000)
    assert stage.ask.hold
    stage.ask.hold.set()
    [told] = await stage.fake.wait_for(lambda: stage.alice.dms.messages)
    assert NOT_SHOWN in told.content
    assert "1932" not in told.text


async def test_a_command_that_a_killed_process_has_left_is_ended_in_its_place(stage: Stage) -> None:
    asked = await killed(stage)
    stage.later = timedelta(minutes=5)
    await catch_up(stage)
    assert (await asked.response() if asked.answered_by else asked.original).content == RESTARTED_IN_PLACE  # type: ignore[union-attr]
    assert posts(stage) == []
    assert await stage.store.left() == []


@pytest.mark.parametrize("can_read_history", [True, False])
async def test_after_fifteen_minutes_the_asker_is_mentioned_instead(stage: Stage, can_read_history: bool) -> None:
    asked = await killed(stage)
    if not can_read_history:
        deny = discord.Permissions(read_message_history=True)
        stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=deny)
    stage.fake.skip(1000)
    stage.later = timedelta(minutes=16)
    await catch_up(stage)
    [late] = posts(stage)
    assert late.content == f"{stage.alice.mention} {RESTARTED}"
    assert late.pinged == {"alice"}
    assert asked.original
    assert asked.original.deleted is can_read_history
    await catch_up(stage)
    assert posts(stage) == [late]
    assert await stage.store.left() == []


async def test_forgotten_people_are_not_mentioned(stage: Stage) -> None:
    await killed(stage)
    await stage.stores.forgetting.forget(stage.alice.id, now=stage.now())
    stage.later = timedelta(minutes=16)
    await catch_up(stage)
    assert posts(stage) == []
    assert await stage.store.left() == []


async def test_nobody_looks_at_thinking_of_which_nothing_is_on_record(stage: Stage) -> None:
    """A process that is killed early has either promised nothing, or left a record."""
    stage.store.killed_when = "expected"
    asked = await stage.alice.slash(stage.channel, "ask", question="When did the bridge open?")
    await until(lambda: stage.store.killed_when is None)
    await until(lambda: stage.client.in_flight.is_idle)
    assert (asked.callback, asked.original, await stage.store.left()) == (None, None, [])


async def test_a_question_that_came_too_late_leaves_nothing_on_record(stage: Stage) -> None:
    stage.fake.fail_next("POST", "/interactions/.*/callback", status=404, code=10062)
    await stage.alice.slash(stage.channel, "ask", question="When did the bridge open?")
    await stage.fake.wait_for(lambda: stage.fake.requests_to("POST", "/callback$"))
    await until(lambda: stage.client.in_flight.is_idle)
    assert (stage.ask.questions, await stage.store.left()) == ([], [])
