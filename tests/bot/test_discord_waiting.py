"""People who wait for an answer get a message: the real client on a fake Discord, and new generations."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from discord_stage import Stage, line, until
from examples import a_citation, an_answer
from fake_discord import Message, Person

from footnote.errors import EmptyIndex
from footnote.models import Abstention, Answer
from footnote.records.policies import Mode, Policy

TELL_ME = "Tell me when this is answered"
WAITS = "You will be mentioned here when the articles answer this question. Press the button again to undo this."


async def abstention(stage: Stage, question: str = "Who paid?") -> Message:
    """An abstention that is on record as posted."""
    stage.ask.abstain(a_citation())
    message = await stage.slash_ask(question)
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    return message


async def wait(stage: Stage, message: Message, *people: Person) -> None:
    for person in people or (stage.alice,):
        assert await line(await person.click(message, TELL_ME)) == WAITS


async def rebuilt(stage: Stage, *, answers: bool = True) -> None:
    """Another generation goes live; returns when everything that this starts is done."""
    generation = f"g{stage.index.builds + 2}"
    stage.index.report = replace(stage.index.report, generation=generation)
    stage.index.upcoming = {}
    if answers:
        stage.ask.outcome = an_answer
    await idle(stage)
    passes = stage.store.passes
    await line(await stage.admin.slash(stage.desk, "index rebuild"))
    await until(lambda: stage.store.passes > passes)
    await idle(stage)


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


def posts(stage: Stage) -> str:
    """Not those that tell of a rebuild."""
    return rf"/channels/{stage.channel.id}/messages$"


def replies(stage: Stage, message: Message) -> list[Message]:
    return [each for each in stage.channel.messages if each.reply_to is message]


async def test_everyone_who_waits_and_nobody_else_gets_the_answer_once(stage: Stage) -> None:
    message = await abstention(stage)
    await wait(stage, message, stage.alice, stage.mod)
    await rebuilt(stage)
    [told] = replies(stage, message)
    led_by = f"{stage.alice.mention} {stage.mod.mention} The articles now answer this: see below."
    assert told.content == f"{led_by}\nThe bridge opened in 1932.¹"
    assert told.pinged == {"alice", "mod"}
    assert "The bridge opened in 1932.¹" in told.text
    assert told.embeds[0]["title"] == "Who paid?"
    assert [button["label"] for button in told.buttons] == ["Sources", "Ask further", "👍", "👎", "Flag"]
    record = stage.store.records[2]
    assert (record.asker_id, record.channel_id, record.guild_id) == (stage.alice.id, stage.channel.id, stage.guild.id)
    assert record.posted
    await rebuilt(stage)
    assert (len(replies(stage, message)), stage.ask.questions) == (1, ["Who paid?", "Who paid?"])


async def test_an_answer_sent_later_is_reviewed_like_any_other(stage: Stage) -> None:
    await stage.set_up_review()
    message = await abstention(stage)
    await wait(stage, message)
    await rebuilt(stage)
    card = await stage.card()
    assert stage.store.records[2].card
    await stage.mod.click(card, "Reject")
    await stage.shown(2)
    assert "withdrawn" in replies(stage, message)[0].text


async def test_a_person_who_stops_waiting_gets_no_answer(stage: Stage) -> None:
    message = await abstention(stage)
    await wait(stage, message)
    assert await line(await stage.alice.click(message, TELL_ME)) == "You will not be mentioned."
    await rebuilt(stage)
    assert (replies(stage, message), len(stage.ask.questions)) == ([], 1)


async def test_people_who_come_after_the_answer_see_where_it_is(stage: Stage) -> None:
    message = await abstention(stage)
    await wait(stage, message)
    await rebuilt(stage)
    told = await line(await stage.mod.click(message, TELL_ME))
    assert told == "The articles now answer this: see #2 further down in this channel."
    await rebuilt(stage)
    assert len(replies(stage, message)) == 1


async def test_a_question_is_asked_once_in_each_generation(empty: Stage) -> None:
    async with empty.running():
        message = await abstention(empty)
        await wait(empty, message)
        await rebuilt(empty, answers=False)
        assert len(empty.ask.questions) == 2
        empty.client.face.upkeep.catch_up()
        await idle(empty)
    async with empty.running():
        await idle(empty)
        assert len(empty.ask.questions) == 2
    empty.index.go_live("g9")
    empty.ask.outcome = an_answer
    async with empty.running():
        await empty.fake.wait_for(lambda: replies(empty, message))
        await idle(empty)
    assert len(empty.ask.questions) == 3


async def test_the_question_is_asked_as_it_was_understood(stage: Stage) -> None:
    def understood(question: str) -> Abstention:
        made = Abstention(question, (), 0.1, an_answer().receipt)
        return replace(made, receipt=replace(made.receipt, understood="Who paid for the bridge?"))

    stage.ask.outcome = understood
    message = await stage.slash_ask("And who paid?")
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    await wait(stage, message)
    await rebuilt(stage)
    assert stage.ask.questions == ["And who paid?", "Who paid for the bridge?"]
    assert stage.ask.askers[-1] == stage.ask.askers[0]


@pytest.mark.parametrize("error", [EmptyIndex(), ValueError("no"), TimeoutError()])
async def test_an_error_in_a_question_is_only_logged(stage: Stage, error: Exception) -> None:
    message = await abstention(stage)
    await wait(stage, message)
    stage.ask.error = error
    await rebuilt(stage)
    assert replies(stage, message) == []
    stage.ask.error = None
    await rebuilt(stage)
    assert len(replies(stage, message)) == 1


# In channels with a policy


async def holding(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.stores.policies.set_policy(stage.guild.id, stage.channel.id, Policy(Mode.HOLD))


@pytest.mark.parametrize("decision", ["Approve", "Reject"])
async def test_where_answers_are_held_the_mention_comes_when_a_moderator_lets_it_out(
    stage: Stage, decision: str
) -> None:
    await holding(stage)
    message = await abstention(stage)
    await wait(stage, message, stage.alice, stage.other_mod)
    await rebuilt(stage)
    [held] = replies(stage, message)
    assert "1932" not in held.text
    assert not held.pinged
    await stage.mod.click(await stage.card(), decision)
    await stage.shown(2)
    for _ in range(2):
        stage.client.face.upkeep.catch_up()
        await idle(stage)
    assert ("1932" in held.text) is (decision == "Approve")
    told = [each.pinged for each in replies(stage, held)]
    assert told == [{"alice"}, *([{"other"}] if decision == "Approve" else [])]
    assert await stage.stores.waiting.untold() == []


async def test_where_nothing_is_reviewed_there_is_no_card(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.stores.policies.set_policy(stage.guild.id, stage.channel.id, Policy(Mode.NONE))
    message = await abstention(stage)
    await wait(stage, message)
    await rebuilt(stage)
    assert replies(stage, message)[0].pinged == {"alice"}
    assert stage.store.records[2].card is None


async def test_where_the_channel_is_gone_nobody_is_asked_for(stage: Stage) -> None:
    thread = stage.fake.add_thread(stage.channel, "talk", stage.alice)
    stage.ask.abstain(a_citation())
    message = await stage.slash_ask("Who paid?", channel=thread)
    await until(lambda: stage.store.records[1].posted is not None)
    await wait(stage, message)
    stage.client.get_channel = lambda _id, /: None  # type: ignore[method-assign]
    stage.fake.fail_next("GET", rf"/channels/{thread.id}$", status=404)
    await rebuilt(stage)
    assert stage.ask.questions == ["Who paid?"]
    assert await stage.stores.waiting.due("g9", limit=9) == []


# Whatever happens meanwhile


async def test_what_a_killed_process_has_on_record_is_sent_by_the_next(empty: Stage) -> None:
    async with empty.running():
        message = await abstention(empty)
        await wait(empty, message)
        down = empty.fake.fail_next("POST", posts(empty), status=503, times=50)
        await rebuilt(empty)
        assert down.used
        assert replies(empty, message) == []
        assert await empty.stores.waiting.answer_to(1) == 2
    down.times = 0
    async with empty.running():
        await empty.fake.wait_for(lambda: replies(empty, message))
        await idle(empty)
    async with empty.running():
        await idle(empty)
    [told] = replies(empty, message)
    assert told.pinged == {"alice"}
    assert empty.store.records[2].posted
    assert len(empty.ask.questions) == 2


async def test_what_a_killed_process_has_posted_is_not_posted_again(empty: Stage) -> None:
    async with empty.running():
        message = await abstention(empty)
        await wait(empty, message)
        empty.store.places_fail = True  # the process ends before it can write down that the answer is posted
        await rebuilt(empty)
        empty.store.places_fail = False
        assert len(replies(empty, message)) == 1
    assert empty.store.records[2].posted is None
    empty.fake.clock.skip(1000)  # Discord has forgotten the nonce
    async with empty.running():
        await until(lambda: empty.store.records[2].posted is not None)
        await idle(empty)
    assert len(replies(empty, message)) == 1


async def test_a_torn_connection_posts_it_once(stage: Stage) -> None:
    message = await abstention(stage)
    await wait(stage, message)
    torn = stage.fake.tear_next("POST", posts(stage), after_effect=True)
    await rebuilt(stage)
    assert torn.used
    assert len(replies(stage, message)) == 1


async def test_without_the_history_people_who_wait_still_get_the_answer(stage: Stage) -> None:
    message = await abstention(stage)
    await wait(stage, message)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(read_message_history=True))
    await rebuilt(stage)
    assert stage.channel.messages[-1].pinged == {"alice"}


@pytest.mark.parametrize("status", [403, 404])
async def test_waiting_ends_if_the_bot_can_no_longer_write(stage: Stage, status: int) -> None:
    message = await abstention(stage)
    await wait(stage, message)
    stage.fake.fail_next("POST", posts(stage), status=status)
    await rebuilt(stage)
    assert replies(stage, message) == []
    assert await stage.stores.waiting.untold() == []


async def test_of_two_generations_in_a_row_only_the_newest_is_asked(stage: Stage) -> None:
    for question in ("Who paid?", "Who built it?"):
        await wait(stage, await abstention(stage, question))

    def overtaken(question: str) -> Answer | Abstention:
        stage.index.go_live("g9")
        stage.ask.outcome = an_answer
        return Abstention(question, (), 0.1, an_answer().receipt)

    await rebuilt(stage, answers=False)
    stage.ask.outcome = overtaken
    stage.ask.questions.clear()
    stage.index.go_live("g8")
    stage.client.face.upkeep.catch_up()
    await idle(stage)
    assert stage.ask.questions == ["Who paid?"]
    stage.client.face.upkeep.catch_up()
    await idle(stage)
    assert stage.ask.questions == ["Who paid?", "Who paid?", "Who built it?"]
