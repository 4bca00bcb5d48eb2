"""Nobody crowds out others: how much members and servers may ask, and who comes next."""

from __future__ import annotations

import asyncio

import pytest
from discord_stage import Stage, line, until

from footnote_bot.access.ask_limits import AskLimits
from footnote_bot.settings import Settings

LIMITS = AskLimits(a_minute=3, at_once=2, server_a_minute=5, server_at_once=2)
TOO_MANY = "You have asked 3 questions within a minute. Ask again in "


async def test_the_fourth_question_in_a_minute_is_refused_in_private(empty: Stage) -> None:
    async with empty.running(ask_limits=LIMITS):
        for _ in range(3):
            assert "1932" in (await empty.slash_ask()).text
        refused = await empty.slash_ask()
    assert refused.is_ephemeral
    assert str(refused.content).startswith(TOO_MANY)
    assert len(empty.ask.questions) == 3


async def test_mentions_and_direct_messages_count_as_well(empty: Stage) -> None:
    async with empty.running(ask_limits=LIMITS):
        await empty.slash_ask()
        await empty.fake.wait_for_reply(await empty.alice.mention_bot(empty.channel, "When?"))
        await empty.fake.wait_for_reply(await empty.alice.dm("When?"))
        before = len(empty.channel.messages)
        for _ in range(3):
            await empty.alice.mention_bot(empty.channel, "And then?")
        await until(lambda: str(empty.alice.dms.messages[-1].content).startswith(TOO_MANY))
        assert str((await empty.slash_ask()).content).startswith(TOO_MANY)
    assert [message for message in empty.channel.messages[before + 3 :] if not message.is_ephemeral] == []
    told = [message for message in empty.alice.dms.messages if str(message.content).startswith(TOO_MANY)]
    assert len(told) == 1
    assert len(empty.ask.questions) == 3


async def test_a_third_question_at_once_is_refused_until_one_is_answered(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    async with empty.running(ask_limits=AskLimits(at_once=2)):
        asked = [await empty.alice.slash(empty.channel, "ask", question=f"When {n}?") for n in range(2)]
        await until(lambda: len(empty.ask.questions) == 2)
        assert await line(await empty.alice.slash(empty.channel, "ask", question="When?")) == (
            "I am still answering 2 questions of yours. Please wait for the answer."
        )
        empty.ask.hold.set()
        for one in asked:
            await one.response()
        await until(lambda: not empty.ask_cog._inquiries.turns._under_way)
        assert "1932" in (await empty.slash_ask()).text


async def test_moderators_have_no_limits(empty: Stage) -> None:
    async with empty.running(ask_limits=AskLimits(a_minute=1, server_a_minute=1)):
        for _ in range(3):
            answer = await (await empty.mod.slash(empty.channel, "ask", question="When?")).response()
            assert "1932" in answer.text
        assert "1932" in (await empty.slash_ask()).text, "theirs do not count for the server"


async def test_a_server_has_a_limit_as_a_whole(empty: Stage) -> None:
    bob = empty.fake.add_member(empty.guild, "bob")
    async with empty.running(ask_limits=AskLimits(server_a_minute=2)):
        await empty.slash_ask()
        await empty.slash_ask()
        refused = await line(await bob.slash(empty.channel, "ask", question="When?"))
    assert refused.startswith("Many questions are being asked right now. Ask again in ")


async def test_the_member_with_the_fewest_questions_in_progress_comes_next(empty: Stage) -> None:
    bob = empty.fake.add_member(empty.guild, "bob")
    empty.ask.hold = asyncio.Event()
    async with empty.running(ask_limits=AskLimits(server_at_once=2)):
        asked = [await empty.alice.slash(empty.channel, "ask", question=f"Of Alice, {n}?") for n in range(6)]
        for one in asked:
            await one.acknowledgement()
        asked.append(await bob.slash(empty.channel, "ask", question="Of Bob?"))
        await asked[-1].acknowledgement()
        [room] = empty.ask_cog._inquiries.turns._rooms.values()
        await until(lambda: len(room._waiting) == 5)
        empty.ask.hold.set()
        for one in asked:
            assert "1932" in (await one.response()).text
    assert "Of Bob?" in empty.ask.questions[:4]
    assert len(empty.ask.questions) == 7


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ({}, None),
        ({"FOOTNOTE_DAILY_TOKENS": 100_000}, 10_000),
        ({"FOOTNOTE_DAILY_TOKENS": 100_000, "FOOTNOTE_DAILY_TOKENS_PER_SERVER": 50_000}, 5_000),
        ({"FOOTNOTE_DAILY_TOKENS": 100_000, "FOOTNOTE_DAILY_TOKENS_PER_USER": 90_000}, 90_000),
    ],
)
def test_a_member_has_a_share_of_the_daily_tokens(given: dict[str, int], share: int | None) -> None:
    assert Settings(_env_file=None, **given).allowances.user.tokens == share  # type: ignore[arg-type, call-arg]
