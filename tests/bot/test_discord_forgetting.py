"""People and old questions are forgotten: the real client on a fake Discord."""

from __future__ import annotations

from datetime import timedelta

import pytest
from discord_stage import Stage, line, until
from fake_discord import Message

from footnote.ports import Turn
from footnote.records.answers import Decision

QUESTION = "When did the bridge open?"
REMOVED = "(question removed)"


async def posted(stage: Stage) -> Message:
    """An answer that is on record as posted."""
    answer = await stage.slash_ask(QUESTION)
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    return answer


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


def title(message: Message) -> str:
    return str(message.embeds[0]["title"])


def fields(card: Message) -> dict[str, str]:
    return {field["name"]: field["value"] for field in card.embeds[0]["fields"]}


async def test_nothing_happens_before_the_button_is_pressed(stage: Stage) -> None:
    answer = await posted(stage)
    explained = await (await stage.alice.slash(stage.channel, "forget-me")).response()
    assert explained.is_ephemeral
    assert "cannot be undone" in explained.content
    await idle(stage)
    assert (title(answer), (await stage.store.get(1)).asker_id) == (QUESTION, stage.alice.id)


async def test_a_question_goes_from_answer_card_and_record_and_the_verdict_stays(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await posted(stage)
    card = await stage.card()
    await stage.mod.click(card, "Approve")
    await stage.shown()
    explained = await (await stage.alice.slash(stage.channel, "forget-me")).response()
    pressed = await stage.alice.click(explained, "Forget me")
    assert (await pressed.response()).content == (
        "Footnote has forgotten you and 1 question of yours. Messages that show it change within minutes."
    )
    assert explained.buttons == []
    await stage.fake.wait_for(lambda: title(answer) == title(card) == REMOVED)
    await idle(stage)
    assert QUESTION not in answer.text + card.text
    assert "1932" in answer.text
    assert "approved by a moderator" in answer.text
    assert fields(card)["Asked by"].startswith("somebody <t:")
    record = await stage.store.get(1)
    assert (record.question, record.asker_id) == ("", 0)
    assert record.verdict
    assert record.verdict.decision is Decision.APPROVED


async def test_a_forgotten_moderator_is_somebody_on_the_card(stage: Stage) -> None:
    await stage.set_up_review()
    await posted(stage)
    card = await stage.card()
    await stage.mod.click(card, "Approve")
    await stage.shown()
    explained = await (await stage.mod.slash(stage.channel, "forget-me")).response()
    await (await stage.mod.click(explained, "Forget me")).response()
    await stage.fake.wait_for(lambda: "Approved by somebody <t:" in card.text)
    assert fields(card)["Asked by"].startswith(stage.alice.mention)
    assert title(card) == QUESTION


async def test_it_works_in_direct_messages_for_all_servers_and_after_a_restart(empty: Stage) -> None:
    async with empty.running(guild_ids=[]):
        answer = await posted(empty)
        explained = await (await empty.alice.slash(empty.alice.dms, "forget-me")).response()
    async with empty.running(guild_ids=[]):
        await (await empty.alice.click(explained, "Forget me")).response()
        await empty.fake.wait_for(lambda: title(answer) == REMOVED)
        await idle(empty)


async def test_a_removed_question_is_no_part_of_a_conversation(stage: Stage) -> None:
    answer = await posted(stage)
    explained = await (await stage.alice.slash(stage.channel, "forget-me")).response()
    await (await stage.alice.click(explained, "Forget me")).response()
    await idle(stage)
    await stage.fake.wait_for_reply(
        await stage.mod.mention_bot(stage.channel, "And when did it close?", reply_to=answer)
    )
    assert stage.ask.conversations[-1] == [Turn("The bridge opened in 1932.", is_answer=True)]
    assert (await stage.store.get(2)).asker_id == stage.mod.id


@pytest.mark.parametrize(("days", "is_kept"), [(6, True), (8, False)])
async def test_questions_are_kept_as_long_as_is_set(empty: Stage, days: int, is_kept: bool) -> None:
    async with empty.running():
        answer = await posted(empty)
        await line(await empty.mod.click(answer, "👍"))
    empty.later = timedelta(days=days)
    async with empty.running(keep_questions=timedelta(days=7)):
        await until(lambda: empty.store.passes > 1)
        await idle(empty)
    assert title(answer) == (QUESTION if is_kept else REMOVED)
    record = await empty.store.get(1)
    assert ((record.asker_id, record.question) == (0, "")) is not is_kept
    assert record.votes.up == 1


async def test_without_a_setting_questions_are_kept_for_ever(empty: Stage) -> None:
    async with empty.running():
        answer = await posted(empty)
    empty.later = timedelta(days=10_000)
    async with empty.running():
        await until(lambda: empty.store.passes > 1)
        await idle(empty)
    assert title(answer) == QUESTION
