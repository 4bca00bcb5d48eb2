"""The words of people and of the bot in Discord: what counts as a question, who is meant, what cards ask."""

from __future__ import annotations

import asyncio

import discord
import pytest
from discord_stage import Stage, line, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Message

from footnote.errors import EmptyIndex
from footnote_bot.inquiries.inquiries import HOW_TO_ASK
from footnote_bot.inquiries.messages import ROLE_MENTIONED

NO_QUESTIONS = ["?!?!", "😀 👍🏽", "\u200b\u200b", "\u202e", "\x00", "<:bridge:123456789012345678>"]
HIDDEN = discord.Permissions(view_channel=True)


def labels(message: Message) -> list[str]:
    return [str(button["label"]) for button in message.buttons]


async def asked_instead(stage: Stage) -> list[str]:
    """The questions that got through, once another one has: everything before it is settled then."""
    await stage.slash_ask("And now?")
    assert stage.ask.questions[-1] == "And now?"
    return stage.ask.questions[:-1]


# What is a question


@pytest.mark.parametrize("text", NO_QUESTIONS)
async def test_a_command_without_a_word_is_refused_in_private(stage: Stage, text: str) -> None:
    assert await line(await stage.alice.slash(stage.channel, "ask", question=text)) == HOW_TO_ASK
    assert stage.channel.messages == []
    assert stage.ask.questions == []


@pytest.mark.parametrize("text", NO_QUESTIONS)
async def test_a_mention_without_a_word_gets_a_hint_how_to_ask(stage: Stage, text: str) -> None:
    question = await stage.alice.mention_bot(stage.channel, text)
    assert (await stage.fake.wait_for_reply(question)).content == HOW_TO_ASK
    assert stage.ask.questions == []
    assert stage.channel.typing_count == 0


async def test_an_error_after_thinking_is_one_line_without_embeds_or_buttons(stage: Stage) -> None:
    stage.ask.error = EmptyIndex()
    answer = await stage.slash_ask()
    assert (answer.content, answer.embeds, answer.buttons) == (str(EmptyIndex()), [], [])


# Who is meant


@pytest.mark.parametrize("kind", ["card", "error", "progress"])
async def test_a_reply_to_what_is_no_answer_is_no_question(stage: Stage, kind: str) -> None:
    if kind == "card":
        await stage.review.set_review_channel(stage.guild.id, stage.channel.id)
        await stage.slash_ask("Before?")
        await until(lambda: stage.store.records[1].card is not None)
    elif kind == "error":
        await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "?"))
    else:
        await line(await stage.admin.slash(stage.channel, "index rebuild"))
    stage.ask.questions.clear()
    await stage.alice.reply(stage.channel.messages[-1], "Thanks, looks good")
    assert await asked_instead(stage) == []


async def test_a_reply_that_names_the_bot_is_a_question_whatever_it_replies_to(stage: Stage) -> None:
    told = await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "?"))
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "When?", reply_to=told))
    assert stage.ask.questions == ["When?"]


async def test_moderators_talk_about_answers_among_themselves(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask("Asked here?", channel=stage.desk)
    await until(lambda: stage.store.records[1].posted is not None)
    await stage.mod.reply(answer, "I do not think so")
    assert await asked_instead(stage) == ["Asked here?"]


async def test_moderators_ask_in_their_channel_by_naming_the_bot(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.fake.wait_for_reply(await stage.mod.mention_bot(stage.desk, "When?"))
    assert stage.ask.questions == ["When?"]


async def test_a_mention_of_the_bots_own_role_with_hidden_text_gets_a_hint(stage: Stage) -> None:
    role = next(role for role in stage.guild.roles if role.bot_id)
    question = await stage.alice.say(stage.channel, f"{role.mention} When did it open?")
    assert (await stage.fake.wait_for_reply(question)).content == ROLE_MENTIONED


async def test_a_mention_of_the_bots_own_role_whose_text_is_shown_is_a_question(stage: Stage) -> None:
    role = next(role for role in stage.guild.roles if role.bot_id)
    question = await stage.alice.mention_bot(stage.channel, f"{role.mention} When did it open?")
    await stage.fake.wait_for_reply(question)
    assert stage.ask.questions == ["When did it open?"]


async def test_other_roles_are_not_the_bot(stage: Stage) -> None:
    await stage.alice.say(stage.channel, f"{stage.fake.add_role(stage.guild, 'readers').mention} When did it open?")
    assert await asked_instead(stage) == []


# Others by name


async def test_mentions_in_a_question_are_recorded_as_names(stage: Stage) -> None:
    role = next(role for role in stage.guild.roles if not role.bot_id)
    said = f"Did {stage.mod.mention} or {role.mention} open {stage.desk.mention} with </ask:123456789012345678>?"
    answer = await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, said))
    assert stage.ask.questions == [f"Did @mod or @{role.name} open #review with /ask?"]
    assert not answer.pinged


async def test_a_command_names_what_the_bot_knows(stage: Stage) -> None:
    await stage.slash_ask(f"Has {stage.alice.mention} or <@123456789012345678> been in {stage.desk.mention}?")
    assert stage.ask.questions == ["Has @alice or @someone been in #review?"]


async def test_the_names_of_hidden_channels_stay_hidden(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.desk, stage.guild.everyone, deny=HIDDEN)
    await stage.slash_ask(f"What is {stage.desk.mention}?")
    assert stage.ask.questions == ["What is #a-channel?"]


async def test_in_direct_messages_there_are_no_channels_and_roles_to_name(stage: Stage) -> None:
    role = stage.guild.roles[-1]
    question = await stage.alice.dm(f"Does {stage.fake.bot.mention} know {stage.desk.mention} and {role.mention}?")
    await stage.fake.wait_for_reply(question)
    assert stage.ask.questions == ["Does know #a-channel and @a-role?"]


# Setting up


async def test_setup_warns_of_a_review_channel_that_everybody_reads(stage: Stage) -> None:
    told = await line(await stage.admin.slash(stage.channel, "setup", review_channel=stage.desk))
    assert f"Everybody can read {stage.desk.mention}: cards repeat questions from other channels there." in told
    assert await line(await stage.admin.slash(stage.channel, "setup")) == told


async def test_setup_is_content_with_a_channel_that_is_not_for_everybody(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.desk, stage.guild.everyone, deny=HIDDEN)
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, allow=HIDDEN)
    told = await line(await stage.admin.slash(stage.channel, "setup", review_channel=stage.desk))
    assert "every answer gets a card" in told
    assert "Everybody" not in told


# Cards


async def test_a_card_offers_a_verdict_and_the_sources(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    assert labels(card) == ["Approve", "Reject", "Edit", "Sources"]
    sources = await (await stage.mod.click(card, "Sources")).response()
    assert sources.is_ephemeral
    assert "**The bridge opened in 1932.**" in sources.text


@pytest.mark.parametrize(
    ("button", "footer"),
    [("Right to abstain", "#1 · confirmed by a moderator"), ("Should have answered", "#1 · a moderator disagrees")],
)
async def test_a_verdict_on_an_abstention_is_called_what_it_is(stage: Stage, button: str, footer: str) -> None:
    stage.ask.abstain(a_citation())
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    assert labels(card) == ["Right to abstain", "Should have answered", "Answer it", "Sources"]
    await stage.mod.click(card, button)
    await stage.shown()
    assert answer.embeds[0]["footer"]["text"] == footer
    assert f"{button}, according to {stage.mod.mention}" in card.text
    assert labels(card) == ["Right to abstain", "Should have answered", "Undo", "Sources"]


async def test_very_long_sentences_do_not_hold_up_the_bot(stage: Stage) -> None:
    claims = [a_claim(a_citation(number, "word " * 200_000)) for number in range(1, 5)]
    stage.ask.outcome = lambda question: an_answer(question, *claims)
    await stage.set_up_review()
    async with asyncio.timeout(2):
        await stage.slash_ask()
        await stage.card()
