"""What was said before a question, read from messages; test_history.py has the whole way through Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest
from discord.utils import time_snowflake
from examples import NOON, a_citation, a_claim, a_record
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
    reply_to,
    thread,
    user,
)

from footnote.answering.conversation import LONGEST_CONVERSATION
from footnote.ports import Turn
from footnote.records.answers import AnswerRecord, Decision, Hold
from footnote_bot.posts.history import LONGEST_TURN, MOMENTS, History

TALK, THREAD, HIDDEN, MUTE, DIRECT = 2, 20, 30, 40, 50
ASKED, ANSWERED = 700, 701
RECORD = replace(a_record(a_claim(a_citation())), asker_id=ALICE, question_id=ASKED)
QUESTION = Turn(RECORD.question)
ANSWER = Turn(RECORD.text, is_answer=True)


class World:
    """A thread, and the answers that are on record: one, unless a test says more."""

    def __init__(self, records: Mapping[int, AnswerRecord] | None = None) -> None:
        self.records = {ANSWERED: RECORD} if records is None else records
        self.discord = SmallDiscord()
        self.guild = self.discord.server(
            channel(TALK),
            channel(3, overwrite(1, sees=False)),
            channel(4, overwrite(1, reads=False), overwrite(BOT, reads=True, is_member=True)),
            channel(5, kind=FORUM),
            threads=[thread(THREAD, TALK), thread(HIDDEN, 3), thread(MUTE, 4)],
        )
        self.history = History(self.discord.client, self, seconds=60)  # type: ignore[arg-type]

    async def find_posted(self, message_id: int) -> AnswerRecord | None:
        return self.records.get(message_id)

    async def get(self, answer_id: int) -> AnswerRecord:
        return self.records[answer_id]

    def has(self, place: int, *messages: Payload) -> None:
        """The newest first, as Discord gives them."""
        self.discord.rest.answers[f"GET /channels/{place}/messages"] = [*messages]

    def asks(self, place: int = THREAD, number: int = 1000, **fields: Any) -> discord.Message:
        known = self.discord.direct(DIRECT) if place == DIRECT else self.guild.get_channel_or_thread(place)
        who: dict[str, Any] = {} if place == DIRECT else {"member": member(ALICE)}
        return self.discord.message(known, number, **who, **fields)

    async def before(self, place: int = THREAD, number: int = 1000, **fields: Any) -> Sequence[Turn]:
        return await self.history.before_message(self.asks(place, number, **fields))


def said(text: str, number: int = 900, place: int = THREAD, **fields: Any) -> Payload:
    return message(number, place, content=text, **fields)


def posted(number: int = ANSWERED, place: int = THREAD, **fields: Any) -> Payload:
    return message(number, place, by=BOT, is_bot=True, **fields)


async def test_the_messages_above_a_question_in_a_thread_are_read_oldest_first() -> None:
    world = World()
    world.has(THREAD, said("Later", 901), said("Earlier", 900, by=BOB))
    found = await world.before()
    assert found == [Turn("Earlier"), Turn("Later")]
    assert [turn.people for turn in found] == [{BOB}, {ALICE}]


async def test_a_channel_is_not_read_only_the_chain_of_replies() -> None:
    world = World()
    world.has(TALK, said("Above", place=TALK))
    assert await world.before(TALK) == []
    world.discord.rest.answers[f"GET /channels/{TALK}/messages/900"] = said("Replied to", 900, TALK)
    assert await world.before(TALK, message_reference=reply_to(900, TALK)) == [Turn("Replied to")]


async def test_a_reply_to_a_later_message_or_to_another_channel_is_no_chain() -> None:
    world = World()
    for reference in (reply_to(2000, TALK), reply_to(900, 3)):
        assert await world.before(TALK, message_reference=reference) == []
    assert world.discord.rest.asked == []


async def test_a_chain_ends_at_a_deleted_message() -> None:
    deleted: dict[str, Any] = {"message_reference": reply_to(900, TALK), "referenced_message": None, "type": 19}
    world = World()
    assert await world.before(TALK, **deleted) == []
    assert world.discord.rest.asked == []


async def test_an_answer_stands_with_the_question_on_record_not_with_its_message() -> None:
    world = World()
    world.has(THREAD, posted(message_reference=reply_to(ASKED, THREAD)), said("hey bot when?", ASKED))
    assert await world.before() == [QUESTION, ANSWER]


async def test_other_bots_and_messages_without_words_are_left_out() -> None:
    world = World()
    world.has(THREAD, said("Beep", 903, by=60, is_bot=True), posted(902), said("?!", 901), said("Words", 900))
    assert await world.before() == [Turn("Words")]


async def test_long_messages_and_long_conversations_are_cut() -> None:
    world = World()
    world.has(THREAD, *(said("x" * (LONGEST_TURN + 1), number) for number in range(960, 900, -1)))
    found = await world.before()
    assert len(found) == LONGEST_CONVERSATION
    assert {len(turn.text) for turn in found} == {LONGEST_TURN}


@pytest.mark.parametrize("place", [HIDDEN, MUTE])
async def test_nothing_is_read_for_somebody_who_cannot_read_it(place: int) -> None:
    world = World()
    world.has(place, said("Secret", place=place))
    assert await world.before(place) == []
    assert world.discord.rest.asked == []


@pytest.mark.parametrize(
    ("permissions", "own", "is_read"),
    [
        (READER, READER, True),
        (discord.Permissions(view_channel=True), READER, False),
        (READER, discord.Permissions(read_message_history=True), False),
    ],
)
async def test_a_command_reads_what_both_its_user_and_the_bot_may_read(
    permissions: discord.Permissions, own: discord.Permissions, is_read: bool
) -> None:
    world = World()
    world.has(THREAD, said("Above"))
    interaction = world.discord.interaction(guild=world.guild, channel=THREAD, permissions=permissions, own=own)
    assert list(await world.history.before_command(interaction)) == [Turn("Above")] * is_read


async def test_a_thread_begins_with_the_message_that_it_was_started_from() -> None:
    starter: dict[str, Any] = {"type": 21, "message_reference": reply_to(800, TALK)}
    world = World()
    world.has(
        THREAD,
        said("In the thread", 901),
        message(900, THREAD, **starter, referenced_message=said("Where it began", 800, TALK)),
    )
    assert await world.before() == [Turn("Where it began"), Turn("In the thread")]


async def test_direct_messages_are_read_as_far_as_the_last_pause() -> None:
    now, world = time_snowflake(NOON), World()

    def before(minutes: timedelta, text: str) -> Payload:
        number = time_snowflake(NOON - minutes)
        return message(number, DIRECT, content=text, timestamp=(NOON - minutes).isoformat())

    second = timedelta(seconds=1)
    world.has(DIRECT, before(second, "Now"), before(MOMENTS - second, "Just"), before(MOMENTS + second, "Long ago"))
    assert await world.before(DIRECT, now) == [Turn("Just"), Turn("Now")]


@pytest.mark.parametrize("error", [failed(403), failed(500), ConnectionResetError()])
async def test_what_discord_refuses_makes_a_conversation_shorter(error: Exception) -> None:
    world = World()
    world.discord.rest.answers[f"GET /channels/{THREAD}/messages"] = error
    assert await world.before() == []


async def test_numbers_in_mentions_become_names() -> None:
    world, carl = World(), 3 * 10**17
    world.has(THREAD, said(f"<@{BOT}> who is <@{carl}>?", mentions=[user(carl, name="Carl")]))
    assert await world.before() == [Turn("who is @Carl?")]


@pytest.mark.parametrize(
    ("record", "turns"),
    [
        (RECORD, [QUESTION, ANSWER]),
        (replace(RECORD, understood="And its length?"), [Turn("And its length?"), ANSWER]),
        (replace(RECORD, question=""), [ANSWER]),
        (replace(RECORD, hold=Hold.WAITING), [QUESTION]),
        (replace(RECORD, hold=Hold.SHOWN), [QUESTION, ANSWER]),
        (a_record(a_claim(a_citation()), decision=Decision.REJECTED), [QUESTION]),
        (a_record(a_claim(a_citation()), decision=Decision.APPROVED), [QUESTION, ANSWER]),
    ],
)
async def test_an_answer_that_is_hidden_or_withdrawn_was_not_said(record: AnswerRecord, turns: list[Turn]) -> None:
    assert list(await World().history.up_to(record)) == turns


async def test_an_answer_comes_after_those_that_it_follows_up_on() -> None:
    first = replace(RECORD, id=1, question="First?", follows=None)
    chain = {number: replace(first, id=number, question=f"{number}?", follows=number - 1) for number in range(2, 40)}
    world = World({1: first, **chain})
    assert [turn.text for turn in await world.history.up_to(chain[2])][::2] == ["First?", "2?"]
    found = await world.history.up_to(chain[39])
    assert len(found) == LONGEST_CONVERSATION
    assert found[-2].text == "39?"


async def test_a_question_is_asked_without_what_takes_too_long_to_read() -> None:
    world = World()
    hurried = History(world.discord.client, world, seconds=0)  # type: ignore[arg-type]
    world.has(TALK)
    read = asyncio.Event()

    async def never(*_args: object, **_options: object) -> object:
        read.set()
        return await asyncio.Event().wait()

    world.discord.rest.request = never  # type: ignore[method-assign]
    async with asyncio.timeout(10):  # only a fault takes as long
        assert await hurried.before_message(world.asks()) == []
    assert read.is_set()
