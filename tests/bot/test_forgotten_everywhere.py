"""People who used /forget-me are in no column of the database and in no message of the bot: checks all of them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from discord_stage import Stage, until
from examples import a_citation, an_abstention, an_answer
from fake_discord import Message
from sqlalchemy import select

from footnote.adapters.database.tables import Base
from footnote.models import Answer
from footnote.ports import Turn

NAME = "Zebulon Quackenbush"
QUESTION = f"When did {NAME} open the bridge?"


async def in_the_database(stage: Stage, *words: str) -> list[str]:
    """Where one of the words is, as `table.column: value`."""
    found = []
    async with stage.store.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in await connection.execute(select(table)):
                values = [(name, str(value)) for name, value in row._mapping.items()]
                found += [f"{table.name}.{name}: {value}" for name, value in values if any(w in value for w in words)]
    return found


def in_discord(stage: Stage, *words: str) -> list[str]:
    """Which messages of the bot contain one of the words, except those that only one person sees for a while."""
    messages = [
        message
        for channel in stage.fake.world.channels.values()
        for message in channel.messages
        if message.author is stage.fake.bot
    ]
    return [shown for shown in map(whole, messages) if any(word in shown for word in words)]


def whole(message: Message) -> str:
    return json.dumps([message.content, message.embeds, message.components], ensure_ascii=False)


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


async def forget(stage: Stage) -> None:
    explained = await (await stage.alice.slash(stage.channel, "forget-me")).response()
    await (await stage.alice.click(explained, "Forget me")).response()


async def test_all_that_a_member_has_left_behind_goes(stage: Stage) -> None:
    await stage.set_up_review()
    asked = await stage.alice.mention_bot(stage.channel, QUESTION)
    answer = await stage.fake.wait_for_reply(asked)
    card = await stage.card()
    form = await (await stage.alice.click(answer, "👎")).modal()
    await (await stage.alice.submit(form, {"What is wrong with the answer?": f"It was not {NAME}."})).response()
    await (await stage.alice.click(answer, "Flag")).response()
    follow_up = await stage.mod.reply(answer, "Why?")
    understood = f"Why? ({NAME})"
    await stage.fake.wait_for_reply(follow_up)
    assert stage.ask.conversations[-1][0] == Turn(QUESTION)
    assert stage.ask.conversations[-1][0].people == {stage.alice.id}
    heard = stage.ask.conversations[-1][0].people
    stage.ask.outcome = lambda question: _understood(question, understood, heard)
    later = await stage.fake.wait_for_reply(await stage.mod.reply(answer, "And why?"))
    await until(lambda: all(record.card for record in stage.store.records.values()))
    await stage.mod.click(card, "Reject")
    await stage.fake.wait_for(lambda: any(stage.alice.mention in m.content for m in stage.channel.messages[1:]))
    stage.ask.outcome = lambda question: an_abstention(question, a_citation())
    abstention = await stage.slash_ask(QUESTION)
    await (await stage.alice.click(abstention, "Tell me when this is answered")).response()
    await idle(stage)
    words = (str(stage.alice.id), stage.alice.name, NAME)
    assert NAME in whole(later)
    assert await in_the_database(stage, *words)
    assert in_discord(stage, *words)
    await forget(stage)
    await stage.fake.wait_for(lambda: in_discord(stage, *words) == [])
    await idle(stage)
    assert await in_the_database(stage, *words) == []


def _understood(question: str, understood: str, heard: frozenset[int]) -> Answer:
    answer = an_answer(question)
    return replace(answer, receipt=replace(answer.receipt, understood=understood, heard=heard))


async def test_a_question_under_way_leaves_nothing(stage: Stage) -> None:
    stage.ask.hold = asyncio.Event()
    asked = await stage.alice.slash(stage.channel, "ask", question=QUESTION)
    await until(lambda: bool(stage.ask.questions))
    await forget(stage)
    stage.ask.hold.set()
    answer = await asked.response()
    await idle(stage)
    assert "1932" in answer.text
    words = (str(stage.alice.id), stage.alice.name, NAME)
    assert in_discord(stage, *words) == []
    assert await in_the_database(stage, *words) == []


async def test_the_memory_of_known_questions_forgets_at_once(empty: Stage) -> None:
    told: list[int] = []

    async def on_forgotten() -> None:
        told.append(len(empty.store.records))

    async with empty.running(on_forgotten=on_forgotten):
        await empty.slash_ask(QUESTION)
        await forget(empty)
    assert told == [1]
