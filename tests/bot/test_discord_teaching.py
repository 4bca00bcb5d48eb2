"""A person is asked if the articles do not answer, and the reply becomes an article."""

from __future__ import annotations

import discord
import pytest
from discord_stage import Stage, line, until
from fake_discord import Message, Person
from test_discord_holding import idle

from footnote.models.collections import Target
from footnote.records.policies import Cards, Policy
from footnote_bot.views.teaching import ANSWERED, ASKED, ASKED_BY_OTHERS

ASK, ADD = "Ask a person", "Add to articles"
FIELD = "One claim per line, sentences as [1][2]"


async def abstention(stage: Stage) -> Message:
    """One that gets no card automatically."""
    await stage.policies.set_policy(stage.guild.id, 0, Policy(cards=Cards.SAMPLED, share=0.0))
    await stage.set_up_review()
    stage.ask.abstain()
    message = await stage.slash_ask("Where can I park?")
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    return message


async def answered(stage: Stage, by: Person) -> tuple[Message, Message]:
    """What the asker sees, and the card, once a moderator has answered in their own name."""
    message = await abstention(stage)
    assert await line(await stage.alice.click(message, ASK)) == ASKED
    card = await stage.card()
    form = await (await by.click(card, "Answer it")).modal()
    refused = await (await by.submit(form, {FIELD: "Behind the museum.\nIt costs nothing."})).followup()
    await by.click(refused, "State it in my name")
    await stage.fake.wait_for(lambda: "Behind the museum." in message.content)
    await idle(stage)
    return message, card


def labels(message: Message) -> list[str]:
    return [str(button["label"]) for button in message.buttons]


async def test_a_question_without_an_answer_reaches_the_moderators_once(stage: Stage) -> None:
    message = await abstention(stage)
    assert ASK in labels(message)
    assert stage.desk.messages == []
    assert await line(await stage.alice.click(message, ASK)) == ASKED
    assert await line(await stage.alice.click(message, ASK)) == ASKED
    assert await line(await stage.other_mod.click(message, ASK)) == ASKED_BY_OTHERS
    card = await stage.card()
    await idle(stage)
    assert stage.desk.messages == [card]
    assert "Where can I park?" in card.text


async def test_the_moderators_answer_reaches_the_asker(stage: Stage) -> None:
    message, _ = await answered(stage, stage.mod)
    [notice] = [each for each in stage.channel.messages if each.reply_to is message]
    assert notice.pinged == {"alice"}
    assert "stated by a moderator" in message.content


async def test_an_answer_becomes_an_article_with_one_more_click(stage: Stage) -> None:
    manager = discord.Permissions(manage_guild=True, manage_messages=True)
    stage.fake.change_permissions(stage.mod, manager)
    message, card = await answered(stage, stage.mod)
    told = await (await stage.mod.click(card, ADD)).response()
    assert "Stored as answer-1-" in told.content
    assert labels(told) == ["Rebuild now"]
    [file] = stage.articles.glob("answer-1-*.md")
    content = file.read_text()
    assert "title: Where can I park?\nsource: Answered by the moderators of Library\n" in content
    assert content.endswith("---\n\nBehind the museum.\nIt costs nothing.\n")
    assert f"/{stage.channel.id}/{message.id}" in content
    assert (await stage.acts())[-1].startswith("mod, add: answer-1-")


async def test_what_is_taught_in_a_channel_with_collections_stays_in_them(stage: Stage) -> None:
    manager = discord.Permissions(manage_guild=True, manage_messages=True)
    stage.fake.change_permissions(stage.mod, manager)
    await stage.stores.collections.give(stage.guild.id, Target.PLACE, stage.channel.id, {"staff"})
    _, card = await answered(stage, stage.mod)
    told = await (await stage.mod.click(card, ADD)).response()
    assert "Stored as staff/answer-1-" in told.content
    assert len([*stage.articles.glob("staff/answer-1-*.md")]) == 1


async def test_only_who_may_manage_the_index_adds_to_it(stage: Stage) -> None:
    _, card = await answered(stage, stage.mod)
    assert "Manage Server" in await line(await stage.mod.click(card, ADD))
    assert list(stage.articles.iterdir()) == []


async def test_where_nobody_reviews_there_is_nobody_to_ask(stage: Stage) -> None:
    stage.ask.abstain()
    assert ASK not in labels(await stage.slash_ask())
    direct = await stage.fake.wait_for_reply(await stage.alice.dm("Where can I park?"))
    assert ASK not in labels(direct)


@pytest.mark.parametrize("decision", ["Right to abstain"])
async def test_what_is_decided_is_not_asked_again(stage: Stage, decision: str) -> None:
    message = await abstention(stage)
    await line(await stage.alice.click(message, ASK))
    await stage.mod.click(await stage.card(), decision)
    await stage.shown()
    assert await line(await stage.alice.click(message, ASK)) == ANSWERED
