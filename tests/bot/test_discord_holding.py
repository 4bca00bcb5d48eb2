"""Answers that are held until a moderator approves them, and what happens if nobody reviews them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import discord
import pytest
from discord_stage import TIMING, Stage, line, until
from examples import a_citation, a_claim
from fake_discord import Channel, Message
from watched_store import Killed

from footnote.adapters.database.holds import DatabaseHolds
from footnote.ports import Drafting
from footnote.records.answers import Decision, Hold
from footnote.records.policies import EVERYWHERE, AtDeadline, Cards, Mode, Policy
from footnote_bot.inquiries.inquiries import NOT_LATER
from footnote_bot.posts.drafts import DraftPace
from footnote_bot.posts.holding import Holding

WAITING = "A moderator reviews this answer before it is shown."
NOBODY_CAME = "No moderator reviewed this answer in time."
TEXT = "The bridge opened in 1932.¹"
LATE = timedelta(minutes=6)


@pytest.fixture
def empty(empty: Stage) -> Stage:
    """A stage whose bot checks deadlines all the time."""
    empty.timing = replace(TIMING, between_deadlines=0.02)
    return empty


async def hold(stage: Stage, at_deadline: AtDeadline = AtDeadline.SAY, *, channel_id: int = EVERYWHERE) -> None:
    policy = Policy(Mode.HOLD, minutes=5, at_deadline=at_deadline)
    await stage.policies.set_policy(stage.guild.id, channel_id, policy)
    await stage.set_up_review()


async def held(stage: Stage, *, channel: Channel | None = None) -> Message:
    """A waiting message, as soon as it is on record as posted, and its card."""
    answer = await stage.slash_ask(channel=channel)
    await until(lambda: all(record.posted and record.card for record in stage.store.records.values()))
    return answer


async def look(stage: Stage) -> None:
    """Checks all deadlines once more."""
    posting = stage.client.face.upkeep.posting
    await Holding(
        *(stage.client, stage.stores.answers, stage.stores.holds, stage.policies, posting), clock=stage.now
    ).run_once()


def description(message: Message) -> str:
    return str(message.embeds[0].get("description") or message.content)


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


def labels(message: Message) -> list[str]:
    return [str(button["label"]) for button in message.buttons]


def says(message: Message, text: str) -> bool:
    return description(message) == text


def shows_answer(message: Message) -> bool:
    return description(message).endswith(TEXT)


def was_told(channel: Channel) -> str:
    """Everything that was ever visible in a channel."""
    return repr(
        [(message.text, [version.embeds for version in message.versions]) for message in channel.all_messages()]
    )


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


# Waiting


async def test_nobody_sees_a_held_answer_and_moderators_see_it_on_its_card(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    assert (description(answer), footer(answer), labels(answer)) == (WAITING, "#1 · waiting for a moderator", [])
    assert "1932" not in was_told(stage.channel)
    [card] = stage.desk.messages
    assert TEXT in card.text
    assert "Only moderators see this answer until it is approved, or until <t:" in card.text
    sources = await (await stage.mod.click(card, "Sources")).response()
    assert "**The bridge opened in 1932.**" in sources.text


async def test_the_first_that_is_seen_is_the_waiting_message_however_long_drafting_takes(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    empty.ask.drafting = (Drafting(10, (a_claim(a_citation()),)),)
    await hold(empty)
    async with empty.running(pace=DraftPace(0.0, 0.0)):
        asked = await empty.alice.slash(empty.channel, "ask", question="When did the bridge open?")
        question = await empty.alice.mention_bot(empty.channel, "When did the bridge open?")
        await until(lambda: len(empty.ask.questions) == 2)
        assert asked.is_thinking
        assert empty.ask.on_drafting is None
        empty.ask.hold.set()
        for answer in (await asked.response(), await empty.fake.wait_for_reply(question)):
            assert description(answer) == WAITING
        await idle(empty)
    assert "1932" not in was_told(empty.channel)


async def test_an_abstention_is_not_held(stage: Stage) -> None:
    await hold(stage)
    stage.ask.abstain(a_citation())
    answer = await stage.slash_ask()
    assert description(answer).startswith("The articles do not answer this question.")


async def test_a_reply_to_a_waiting_message_does_not_reveal_its_answer(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "And who built it?", reply_to=answer))
    assert [turn.text for turn in stage.ask.conversations[-1]] == ["When did the bridge open?"]


async def test_the_sources_of_a_waiting_answer_are_shown_to_nobody_in_its_channel(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    answer.components = stage.desk.messages[0].components  # as from a message that had them once
    refused = await line(await stage.alice.click(answer, "Sources"))
    assert refused == "This answer is not shown: no moderator has approved it."


async def test_where_the_bot_could_not_show_it_later_nothing_is_asked(stage: Stage) -> None:
    await hold(stage)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(view_channel=True))
    assert (await stage.slash_ask()).content == NOT_LATER
    assert stage.ask.questions == []


# A verdict


async def test_an_approved_answer_replaces_the_waiting_message(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    [card] = stage.desk.messages
    await stage.mod.click(card, "Approve")
    await stage.fake.wait_for(partial(says, answer, TEXT))
    assert footer(answer) == "#1 · approved by a moderator"
    assert "Sources" in labels(answer)
    assert "Only moderators see this answer" not in card.text
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert "**The bridge opened in 1932.**" in sources.text
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "And who built it?", reply_to=answer))
    assert [turn.is_answer for turn in stage.ask.conversations[-1]] == [False, True]


async def test_a_rejected_answer_is_never_seen(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    await stage.mod.click(stage.desk.messages[0], "Reject")
    await stage.fake.wait_for(partial(says, answer, "A moderator did not approve this answer."))
    stage.later = LATE
    await look(stage)
    assert stage.store.records[1].verdict is not None
    assert (await stage.store.get(1)).hold is Hold.CLOSED
    assert "1932" not in was_told(stage.channel)


async def test_an_answer_that_was_approved_too_late_is_shown_after_all(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    [card] = stage.desk.messages
    stage.later = LATE
    await stage.fake.wait_for(partial(says, answer, NOBODY_CAME))
    await stage.fake.wait_for(lambda: "Approving the answer still shows it." in card.text)
    await stage.mod.click(card, "Approve")
    await stage.fake.wait_for(partial(says, answer, TEXT))
    assert footer(answer) == "#1 · approved by a moderator"


# The deadline


@pytest.mark.parametrize(
    ("at_deadline", "hold_then", "text", "foot", "has_buttons", "on_card"),
    [
        (AtDeadline.SAY, Hold.CLOSED, NOBODY_CAME, "#1 · not reviewed", False, "the asker got a message"),
        (
            AtDeadline.POST,
            Hold.OVERDUE,
            TEXT,
            "#1 · not reviewed: no moderator decided in time",
            True,
            "the answer is shown, with a note",
        ),
    ],
)
async def test_without_moderators_the_deadline_does_what_is_set(
    stage: Stage,
    at_deadline: AtDeadline,
    hold_then: Hold,
    text: str,
    foot: str,
    has_buttons: bool,
    on_card: str,
) -> None:
    await hold(stage, at_deadline)
    answer = await held(stage)
    await look(stage)
    assert description(answer) == WAITING
    stage.later = LATE
    await stage.fake.wait_for(partial(says, answer, text))
    assert (footer(answer), "Sources" in labels(answer), bool(answer.buttons)) == (foot, has_buttons, has_buttons)
    [card] = stage.desk.messages
    assert on_card in card.text
    await until(lambda: stage.store.records[1].hold is hold_then)
    assert await stage.store.outdated() == []


async def test_an_answer_shown_at_its_deadline_can_still_be_withdrawn(stage: Stage) -> None:
    await hold(stage, AtDeadline.POST)
    answer = await held(stage)
    stage.later = LATE
    await stage.fake.wait_for(partial(says, answer, TEXT))
    await stage.mod.click(stage.desk.messages[0], "Reject")
    await stage.fake.wait_for(lambda: "> ~~The bridge opened in 1932.~~" in answer.text)
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"


async def test_the_deadline_is_that_of_the_policy_when_it_passes(stage: Stage) -> None:
    await hold(stage, AtDeadline.SAY)
    answer = await held(stage)
    await hold(stage, AtDeadline.POST)
    stage.later = LATE
    await stage.fake.wait_for(partial(says, answer, TEXT))


async def test_a_thread_has_the_policy_of_its_channel(stage: Stage) -> None:
    await hold(stage, AtDeadline.POST, channel_id=stage.channel.id)
    thread = stage.fake.add_thread(stage.channel, "bridges", stage.alice)
    answer = await held(stage, channel=thread)
    assert description(answer) == WAITING
    assert shows_answer(await stage.slash_ask(channel=stage.desk))
    stage.later = LATE
    await stage.fake.wait_for(partial(says, answer, TEXT))


async def test_discord_out_of_reach_at_the_deadline_is_caught_up_with(stage: Stage) -> None:
    await hold(stage)
    answer = await held(stage)
    down = stage.fake.fail_next("PATCH", r"/messages/\d+$", status=503, times=6)
    stage.later = LATE
    await until(lambda: down.used == 6)
    await idle(stage)
    assert description(answer) == WAITING
    assert (await stage.store.get(1)).hold is Hold.CLOSED
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(partial(says, answer, NOBODY_CAME))


async def test_a_deadline_that_passed_while_no_bot_was_there_is_seen_at_the_next_start(empty: Stage) -> None:
    await hold(empty, AtDeadline.POST)
    async with empty.running():
        answer = await held(empty)
    empty.later = LATE
    async with empty.running(timing=replace(TIMING, between_deadlines=600)):
        await empty.fake.wait_for(partial(says, answer, TEXT))
        await idle(empty)


async def test_a_deadline_that_passes_while_the_waiting_message_is_posted_is_caught_up_with(stage: Stage) -> None:
    await hold(stage)
    slow = stage.fake.slow_next("PATCH", r"/messages/@original$", seconds=0.3)
    asked = await stage.alice.slash(stage.channel, "ask", question="When did the bridge open?")
    await until(lambda: slow.used == 1)
    stage.later = LATE
    posting = stage.client.face.upkeep.posting
    holds = Holding(stage.client, stage.store, stage.stores.holds, stage.policies, posting, clock=stage.now)
    await holds.run_once()
    assert (await stage.store.get(1)).hold is Hold.CLOSED
    answer = await asked.response()
    await until(lambda: bool(stage.store.records[1].posted))
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(partial(says, answer, NOBODY_CAME))


class DyingHolds(DatabaseHolds):
    async def end(self, answer_id: int, hold: Hold, now: datetime) -> bool:
        await super().end(answer_id, hold, now)
        raise Killed


async def test_what_ended_on_record_when_the_process_was_killed_is_shown_by_the_next(empty: Stage) -> None:
    await hold(empty)
    alive = empty.stores
    empty.stores = replace(alive, holds=DyingHolds(empty.store.engine))
    async with empty.running():
        answer = await held(empty)
        empty.later = LATE
        await until(lambda: any(task.done() for task in empty.client.face.upkeep.background))
        assert (await empty.store.get(1)).hold is Hold.CLOSED
        assert description(answer) == WAITING
    empty.stores = alive
    async with empty.running():
        await empty.fake.wait_for(partial(says, answer, NOBODY_CAME))
        await idle(empty)


async def test_thinking_that_a_killed_process_left_becomes_the_waiting_message(empty: Stage) -> None:
    await hold(empty)
    empty.store.killed_when = "recorded"
    async with empty.running():
        asked = await empty.alice.slash(empty.channel, "ask", question="When did the bridge open?")
        await until(lambda: bool(empty.store.records))
        assert asked.is_thinking
    empty.later = timedelta(minutes=3)
    async with empty.running():
        [left] = empty.channel.messages
        await empty.fake.wait_for(lambda: left.embeds and says(left, WAITING))
        await idle(empty)


async def test_an_approval_at_the_deadline_s_instant_shows_the_answer(empty: Stage) -> None:
    await hold(empty)
    async with empty.running(timing=replace(TIMING, between_deadlines=0.0)):
        answers = [await held(empty) for _ in range(4)]
        cards = list(empty.desk.messages)
        empty.later = LATE
        await asyncio.gather(*(empty.mod.click(card, "Approve") for card in cards))
        await empty.fake.wait_for(lambda: all(says(answer, TEXT) for answer in answers))
        await idle(empty)
        shown = [await empty.store.get(number) for number in range(1, 5)]
        assert [(record.hold, record.verdict and record.verdict.decision) for record in shown] == [
            (Hold.SHOWN, Decision.APPROVED)
        ] * 4


# Who gets a card


async def test_channels_go_by_their_own_policies(stage: Stage) -> None:
    other = stage.fake.add_channel(stage.guild, "other")
    await stage.set_up_review()
    await stage.policies.set_policy(stage.guild.id, EVERYWHERE, Policy(Mode.NONE))
    await stage.policies.set_policy(stage.guild.id, other.id, Policy(cards=Cards.DOUBTFUL))
    assert shows_answer(await stage.slash_ask())
    assert shows_answer(await stage.slash_ask(channel=other))
    stage.ask.abstain(a_citation())
    await stage.slash_ask("Who paid?", channel=other)
    await stage.fake.wait_for(lambda: stage.desk.messages)
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    await stage.fake.request_reconnect()  # catching up finds no more
    await idle(stage)
    assert [footer(card) for card in stage.desk.messages] == ["#3 · waiting for a verdict"]
