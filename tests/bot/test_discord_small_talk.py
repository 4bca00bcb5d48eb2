"""Greetings, thanks and questions about the bot: a line in reply, and nothing on record."""

from __future__ import annotations

import pytest
from discord_stage import Stage
from fake_discord import Message

from footnote.answering.small_talk import SmallTalk
from footnote_bot.render.small_talk import REPLIES

SAID = [
    ("hello", SmallTalk.GREETING),
    ("thanks!", SmallTalk.THANKS),
    ("ok", SmallTalk.ASSENT),
    ("bye", SmallTalk.FAREWELL),
    ("Who are you?", SmallTalk.INTRODUCTION),
    ("Wer bist du?", SmallTalk.INTRODUCTION),
]


async def reply(stage: Stage, question: Message) -> str:
    return (await stage.fake.wait_for_reply(question)).content


@pytest.mark.parametrize(("said", "kind"), SAID)
async def test_small_talk_is_answered_with_a_line_and_nothing_is_asked(
    stage: Stage, said: str, kind: SmallTalk
) -> None:
    assert await reply(stage, await stage.alice.mention_bot(stage.channel, said)) == REPLIES[kind]
    assert await reply(stage, await stage.alice.say(stage.alice.dms, said)) == REPLIES[kind]
    shown = await (await stage.alice.slash(stage.channel, "ask", question=said)).response()
    assert (shown.text, shown.is_ephemeral) == (REPLIES[kind], True)
    assert stage.ask.questions == []


async def test_small_talk_before_a_question_belongs_to_it(stage: Stage) -> None:
    asked = ["Thanks, and when is it open?", "hello kitty", "who are you supposed to call"]
    for question in asked:
        await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, question))
    assert stage.ask.questions == asked


async def test_the_line_is_in_the_language_of_the_server(stage: Stage) -> None:
    await (await stage.admin.slash(stage.channel, "setup", language="de")).response()
    assert await reply(stage, await stage.alice.mention_bot(stage.channel, "danke")) == "Gern geschehen!"
