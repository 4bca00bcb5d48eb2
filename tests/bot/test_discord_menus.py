"""The message menu: answer from the articles, and check against them."""

from __future__ import annotations

import discord
import pytest
from discord_stage import Stage, line, until
from examples import a_citation
from fake_discord import Message
from test_discord_holding import idle

from footnote.grounding.fact_check import FactCheck, Statement, StatementFinding
from footnote.records.policies import Mode, Policy
from footnote_bot.access.ask_limits import AskLimits
from footnote_bot.inquiries.inquiries import HOW_TO_ASK, NOT_PRIVATELY
from footnote_bot.inquiries.menus import NO_TEXT
from footnote_bot.render.fact_check import NOTHING_STATED, checked
from footnote_bot.render.markdown import width

ANSWER, CHECK = "Answer from the articles", "Check this"
QUESTION = "When did the bridge open?"
FOUND = FactCheck(
    (
        Statement("It opened in 1932.", StatementFinding.SUPPORTED, a_citation(1)),
        Statement("It is @everyone's *favourite*.", StatementFinding.UNSAID),
        Statement("It cost 9 million.", StatementFinding.CONTRADICTED, a_citation(3, "It cost 5 million.")),
    ),
    left_out=2,
)


async def said(stage: Stage, text: str = QUESTION) -> Message:
    return await stage.mod.say(stage.channel, text)


async def offered(stage: Stage, message: Message) -> Message:
    choice = await (await stage.alice.use(message, ANSWER)).response()
    assert choice.is_ephemeral
    return choice


# Answering


async def test_a_message_is_answered_below_it_and_nobody_is_pinged(stage: Stage) -> None:
    message = await said(stage)
    choice = await offered(stage, message)
    assert choice.embeds[0]["description"] == QUESTION
    await stage.alice.click(choice, "Reply to the message")
    answer = await stage.fake.wait_for_reply(message)
    assert "1932" in answer.text
    assert not answer.pinged
    await stage.fake.wait_for(lambda: choice.content == "Answered below that message.")
    await idle(stage)
    record = stage.store.records[1]
    assert (record.asker_id, record.channel_id) == (stage.alice.id, stage.channel.id)
    assert record.posted
    assert record.posted.message_id == answer.id


async def test_the_answer_can_be_for_oneself(empty: Stage) -> None:
    async with empty.running():
        choice = await offered(empty, await said(empty))
    async with empty.running():
        answer = await (await empty.alice.click(choice, "Show it only to me")).response()
        assert answer.is_ephemeral
        assert "1932" in answer.text
    assert empty.store.records[1].is_private


async def test_a_message_can_be_answered_twice(stage: Stage) -> None:
    message = await said(stage)
    for number in (1, 2):
        await stage.alice.click(await offered(stage, message), "Reply to the message")
        await until(lambda number=number: len(stage.store.records) == number)  # type: ignore[misc]
        await idle(stage)
    assert len([each for each in stage.channel.messages if each.reply_to is message]) == 2


async def test_a_person_who_may_not_write_cannot_make_the_bot_write(stage: Stage) -> None:
    message = await said(stage)
    choice = await offered(stage, message)
    stage.fake.set_overwrite(stage.channel, stage.alice, deny=discord.Permissions(send_messages=True))
    refused = await line(await stage.alice.click(choice, "Reply to the message"))
    assert refused == "You cannot write in this channel. Choose the answer that only you see."
    assert "1932" in (await (await stage.alice.click(choice, "Show it only to me")).response()).text
    assert stage.channel.messages == [message]


async def test_without_the_history_the_answer_is_no_reply(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(read_message_history=True))
    choice = await offered(stage, await said(stage))
    await stage.alice.click(choice, "Reply to the message")
    await stage.fake.wait_for(lambda: choice.content == "Answered below that message.")
    assert "1932" in stage.channel.messages[-1].text


async def test_a_direct_message_can_be_answered_with_a_reply(empty: Stage) -> None:
    async with empty.running(guild_ids=()):
        message = await empty.alice.dm("When?")
        choice = await offered(empty, message)
        await empty.alice.click(choice, "Reply to the message")
        await empty.fake.wait_for(lambda: choice.content == "Answered below that message.")
        replies = [each for each in empty.alice.dms.messages if each.reply_to is message]
        assert [each.embeds[0]["title"] for each in replies] == ["When?", "When?"]


@pytest.mark.parametrize(("text", "why"), [("???", HOW_TO_ASK), ("", NO_TEXT)])
async def test_what_is_no_question_is_refused(stage: Stage, text: str, why: str) -> None:
    message = await stage.mod.say(stage.channel, text, files={"a.txt": b"x"})
    assert await line(await stage.alice.use(message, ANSWER)) == why


@pytest.mark.parametrize("entry", [ANSWER, CHECK])
async def test_the_menu_keeps_to_the_channels_for_questions(stage: Stage, entry: str) -> None:
    await stage.policies.set_ask_channels(stage.guild.id, [stage.desk.id])
    message = await said(stage)
    assert "I do not answer questions in this channel" in await line(await stage.alice.use(message, entry))


# Checking


async def test_a_message_is_checked_statement_by_statement_in_private(stage: Stage) -> None:
    stage.ask.found = FOUND
    message = await said(stage, "It opened in 1932. It is loved. It cost 9 million.")
    shown = await (await stage.alice.use(message, CHECK)).response()
    assert shown.is_ephemeral
    assert stage.channel.messages == [message]
    assert stage.ask.checked == [message.content]
    supported, unsaid, contradicted = shown.embeds[0]["fields"]
    assert supported["name"] == "✅ It opened in 1932."
    assert "The articles say so:\n> The bridge opened in 1932." in supported["value"]
    assert "https://news.example/bridge" in supported["value"]
    assert unsaid["value"] == "The articles do not say."
    assert "@everyone" not in unsaid["name"]
    assert contradicted["value"].startswith("The articles say otherwise:\n> It cost 5 million.")
    footer = shown.embeds[0]["footer"]["text"]
    assert footer == "1 supported · 1 contradicted · 1 not in the articles · 2 more not checked"


async def test_a_message_that_states_nothing_is_called_so(stage: Stage) -> None:
    shown = await (await stage.alice.use(await said(stage), CHECK)).response()
    assert shown.embeds[0]["description"] == NOTHING_STATED


async def test_where_answers_are_held_nothing_is_checked_in_private(stage: Stage) -> None:
    await stage.policies.set_policy(stage.guild.id, 0, Policy(mode=Mode.HOLD))
    shown = await (await stage.alice.use(await said(stage), CHECK)).response()
    assert (shown.content, shown.is_ephemeral) == (NOT_PRIVATELY, True)
    assert stage.ask.checked == []


async def test_checking_counts_as_asking(empty: Stage) -> None:
    async with empty.running(ask_limits=AskLimits(a_minute=1)):
        message = await said(empty)
        await (await empty.alice.use(message, CHECK)).response()
        assert "Ask again in" in await line(await empty.alice.use(message, CHECK))
        assert len(empty.ask.checked) == 1


def test_ten_long_statements_stay_within_discords_limits() -> None:
    quote = a_citation(1, "*word* " * 300, title="title " * 60, source="source " * 50)
    embed = checked(FactCheck(tuple(Statement("claim " * 90, StatementFinding.SUPPORTED, quote) for _ in range(10)), 5))
    parts = [embed.title or "", embed.footer.text or "", *(f"{one.name}{one.value}" for one in embed.fields)]
    assert sum(map(width, parts)) <= 6000
    assert all(width(one.name or "") <= 256 and width(one.value or "") <= 1024 for one in embed.fields)
