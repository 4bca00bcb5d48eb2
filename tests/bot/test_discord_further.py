"""Follow-up questions under an answer: a bot cannot see replies to its answers to commands."""

from __future__ import annotations

import discord
import pytest
from discord_stage import Stage, line, until
from fake_discord import Interaction, Message, Person
from test_history import recorded

from footnote.ports import Turn
from footnote_bot.access.permissions import WRITES_NOTHING
from footnote_bot.inquiries.inquiries import HOW_TO_ASK

FURTHER = "Ask further"


async def asked_further(
    stage: Stage, answer: Message, text: str = "And who built it?", *, by: Person | None = None
) -> Interaction:
    person = by or stage.alice
    form = await (await person.click(answer, FURTHER)).modal()
    return await person.submit(form, {"Your question": text})


async def an_answer_on_record(stage: Stage) -> Message:
    answer = await stage.slash_ask()
    await recorded(stage, answer)
    return answer


@pytest.mark.parametrize("pings", [True, False])
async def test_a_reply_to_the_answer_of_a_command_reaches_nobody(stage: Stage, pings: bool) -> None:
    answer = await an_answer_on_record(stage)
    await stage.alice.reply(answer, "And who built it?", pings=pings)
    await stage.slash_ask("And now?")
    assert stage.ask.questions == ["When did the bridge open?", "And now?"]


async def test_asking_further_goes_on_from_the_answer(stage: Stage) -> None:
    answer = await an_answer_on_record(stage)
    response = await (await asked_further(stage, answer)).response()
    assert "1932" in response.text
    assert not response.is_ephemeral
    assert stage.ask.questions[-1] == "And who built it?"
    said = [Turn("When did the bridge open?"), Turn("The bridge opened in 1932.", is_answer=True)]
    assert stage.ask.conversations[-1] == said
    await recorded(stage, response)
    await (await asked_further(stage, response, "Why?")).response()
    assert [turn.text for turn in stage.ask.conversations[-1]] == [
        "When did the bridge open?",
        "The bridge opened in 1932.",
        "And who built it?",
        "The bridge opened in 1932.",
    ]


async def test_others_may_ask_further(stage: Stage) -> None:
    answer = await an_answer_on_record(stage)
    await (await asked_further(stage, answer, by=stage.mod)).response()
    assert stage.store.records[2].asker_id == stage.mod.id
    assert stage.store.records[2].follows == 1


async def test_the_form_is_taken_after_a_restart(empty: Stage) -> None:
    async with empty.running():
        answer = await an_answer_on_record(empty)
        form = await (await empty.alice.click(answer, FURTHER)).modal()
    async with empty.running():
        asked = await empty.alice.submit(form, {"Your question": "And who built it?"})
        assert "1932" in (await asked.response()).text
    assert len(empty.ask.conversations[-1]) == 2


async def test_what_is_no_question_gets_a_private_reply(stage: Stage) -> None:
    answer = await an_answer_on_record(stage)
    assert await line(await asked_further(stage, answer, "???")) == HOW_TO_ASK


async def test_a_form_for_an_answer_that_is_gone_is_refused(stage: Stage) -> None:
    answer = await an_answer_on_record(stage)
    form = await (await stage.alice.click(answer, FURTHER)).modal()
    await stage.store.forget_everything()
    refused = await line(await stage.alice.submit(form, {"Your question": "And who built it?"}))
    assert refused == "Answer 1 does not exist. Ask again to get a new one."
    await until(lambda: len(stage.ask.questions) == 1)


# Suggestions


async def test_a_suggestion_is_asked_with_one_click_also_after_a_restart(empty: Stage) -> None:
    empty.ask.suggestions = ("Who built it?", "Opening hours?")
    async with empty.running():
        answer = await an_answer_on_record(empty)
        assert [button["label"] for button in answer.buttons][-2:] == ["Who built it?", "Opening hours?"]
    async with empty.running():
        response = await (await empty.mod.click(answer, "Opening hours?")).response()
        assert response.embeds[0]["title"] == "Opening hours?"
    assert empty.ask.questions[-1] == "Opening hours?"
    assert empty.ask.conversations[-1] == []


async def test_who_may_not_write_in_a_channel_cannot_make_the_bot_write_there(stage: Stage) -> None:
    stage.ask.suggestions = ("Who built it?",)
    answer = await an_answer_on_record(stage)
    form = await (await stage.alice.click(answer, FURTHER)).modal()
    stage.fake.set_overwrite(stage.channel, stage.alice, deny=discord.Permissions(send_messages=True))
    for pressed in (
        await stage.alice.click(answer, FURTHER),
        await stage.alice.submit(form, {"Your question": "Something rude?"}),
        await stage.alice.click(answer, "Who built it?"),
    ):
        assert await line(pressed) == WRITES_NOTHING
    assert stage.channel.messages == [answer]


async def test_who_may_not_write_in_a_channel_may_ask_further_in_private(stage: Stage) -> None:
    answer = await (await stage.alice.slash(stage.channel, "ask", question="When?", private=True)).response()
    stage.fake.set_overwrite(stage.channel, stage.alice, deny=discord.Permissions(send_messages=True))
    assert "1932" in (await (await asked_further(stage, answer)).response()).text


async def test_an_abstention_suggests_nothing(stage: Stage) -> None:
    stage.ask.suggestions = ("Who built it?",)
    stage.ask.abstain()
    assert "Who built it?" not in [button["label"] for button in (await stage.slash_ask()).buttons]
