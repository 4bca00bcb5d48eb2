"""Posted answers whose sources change: the real client on a fake Discord, with changing generations."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial

import discord
import pytest
from discord_stage import TIMING, Stage, line, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Message
from watched_store import Killed

from footnote.records.answers import Decision
from footnote_bot.posts.posting import NOT_EDITED

STANDS = "A ferry came first. The bridge opened in 1932."
CHANGED = "The bridge opened in 1933."
WARNING = "⚠ A source of this answer has changed since."


def description(message: Message) -> str:
    return str(message.embeds[0].get("description") or message.content)


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


def quoted(message: Message) -> str:
    return str(message.embeds[0]["fields"][0]["value"])


def is_marked(answer: Message) -> bool:
    return description(answer).startswith(WARNING)


def is_open(card: Message) -> bool:
    return not any(button.get("disabled") for button in card.buttons[:2])


def edits(stage: Stage, message: Message) -> int:
    return len(stage.fake.requests_to("PATCH", rf"/messages/{message.id}$"))


async def posted(stage: Stage, question: str = "When did the bridge open?") -> Message:
    """An answer of the generation g1, on record as posted."""
    answer = await stage.slash_ask(question)
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    return answer


async def approved(stage: Stage) -> tuple[Message, Message]:
    """An answer and its card."""
    await stage.set_up_review()
    answer = await posted(stage)
    card = await stage.card()
    await stage.mod.click(card, "Approve")
    await stage.shown()
    return answer, card


async def rebuild(stage: Stage, **texts: str) -> None:
    """/index rebuild; returns when everything that it starts is done."""
    generation = f"g{stage.index.builds + 2}"
    stage.index.report = replace(stage.index.report, generation=generation)
    stage.index.upcoming = texts
    await idle(stage)
    passes = stage.store.passes
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    await until(lambda: stage.store.passes > passes)
    await idle(stage)


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


# What everybody sees


async def test_an_answer_says_that_a_sentence_it_cites_has_changed(stage: Stage) -> None:
    answer = await posted(stage)
    await rebuild(stage, bridge=CHANGED)
    assert description(answer) == f"{WARNING}\nThe bridge opened in 1932.¹"
    assert quoted(answer).startswith("> The bridge opened in 1932.\n⚠ the article has changed since\nCity News")
    assert footer(answer) == "#1"


async def test_an_answer_says_that_an_article_it_cites_has_been_removed(stage: Stage) -> None:
    answer = await posted(stage)
    await rebuild(stage)
    assert description(answer).startswith(WARNING)
    assert quoted(answer).startswith("> The bridge opened in 1932.\n⚠ the article has been removed\nCity News")
    stage.index.changed.add("bridge-1.md")
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert "The article has been removed; this is the sentence as it was cited." in sources.text


async def test_the_marks_name_the_footnotes_where_others_of_the_article_stand(stage: Stage) -> None:
    quotes = ("The bridge opened in 1932.", "It is red.", "It rusts.")
    citations = [a_citation(number, quote) for number, quote in enumerate(quotes, 1)]
    claims = [a_claim(replace(citation, article_id="bridge-1.md")) for citation in citations]
    stage.ask.outcome = lambda question: an_answer(question, *claims)
    answer = await posted(stage)
    await rebuild(stage, bridge="The bridge opened in 1932. It is blue.")
    assert description(answer).startswith("⚠ 2 sources of this answer have changed since.\n")
    assert quoted(answer).startswith(
        "> ¹ The bridge opened in 1932.\n> ² It is red.\n> ³ It rusts.\n⚠ ²\u202f³ the article has changed since\n"
    )


async def test_an_answer_whose_sentence_only_moved_is_left_alone(stage: Stage) -> None:
    answer = await posted(stage)
    await rebuild(stage, bridge=STANDS)
    assert (edits(stage, answer), "⚠" in answer.text) == (0, False)
    assert await stage.store.unchecked("g2", since=stage.now() - timedelta(days=1), limit=9) == []


async def test_the_mark_goes_away_when_the_sentence_is_back(stage: Stage) -> None:
    answer = await posted(stage)
    before = answer.embeds
    await rebuild(stage, bridge=CHANGED)
    assert description(answer).startswith(WARNING)
    await rebuild(stage, bridge=STANDS)
    assert answer.embeds == before


async def test_abstentions_and_rejected_answers_are_left_alone(stage: Stage) -> None:
    rejected = await posted(stage)
    await stage.verdicts.decide(1, Decision.REJECTED, moderator_id=stage.mod.id)
    stage.ask.abstain(a_citation())
    abstained = await posted(stage, "And who paid?")
    await rebuild(stage)
    assert footer(rejected) == "#1 · withdrawn: rejected by a moderator"
    assert "⚠" not in rejected.text + abstained.text


async def test_answers_in_direct_messages_say_so_too(stage: Stage) -> None:
    answer = await stage.fake.wait_for_reply(await stage.alice.dm("When did the bridge open?"))
    await until(lambda: stage.store.records[1].posted is not None)
    await rebuild(stage)
    assert description(answer).startswith(WARNING)


@pytest.mark.parametrize(("days", "is_in_time"), [(29, True), (31, False)])
async def test_answers_age_for_a_while(stage: Stage, days: int, is_in_time: bool) -> None:
    answer = await posted(stage)
    stage.later = timedelta(days=days)
    await rebuild(stage)
    assert is_marked(answer) is is_in_time


async def test_answers_need_not_age_at_all(empty: Stage) -> None:
    async with empty.running(answers_age=timedelta(0)):
        answer = await posted(empty)
        await rebuild(empty)
    assert "⚠" not in answer.text


# Back to review


async def test_an_approved_answer_goes_back_to_review_and_the_next_verdict_stands(stage: Stage) -> None:
    answer, card = await approved(stage)
    await rebuild(stage, bridge=CHANGED)
    assert footer(answer) == "#1"
    assert footer(card) == "#1 · waiting for a verdict"
    assert is_open(card)
    assert description(card).startswith(WARNING)
    assert f"Changed after it was approved by {stage.mod.mention} <t:" in card.text
    await stage.other_mod.click(card, "Reject")
    await until(lambda: stage.store.records[1].shown is Decision.REJECTED)
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"
    assert not is_open(card)
    assert f"Rejected by {stage.other_mod.mention} <t:" in card.text
    assert f"Changed after it was approved by {stage.mod.mention} <t:" in card.text


async def test_the_verdict_stands_again_when_the_sentence_is_back(stage: Stage) -> None:
    answer, card = await approved(stage)
    before = answer.embeds
    await rebuild(stage)
    assert footer(answer) == "#1"
    await rebuild(stage, bridge=STANDS)
    assert answer.embeds == before
    assert footer(card) == "#1 · approved"
    assert not is_open(card)


async def test_a_click_on_a_card_that_does_not_show_the_change_yet_is_no_verdict(stage: Stage) -> None:
    await stage.set_up_review()
    await posted(stage)
    card = await stage.card()
    down = stage.fake.fail_next("PATCH", rf"/messages/{card.id}$", status=503, times=3)
    await rebuild(stage, bridge=CHANGED)
    assert down.used == 3
    told = await line(await stage.mod.click(card, "Approve"))
    assert told == "The sources of answer 1 have changed in the meantime. Read its card again, then decide."
    await stage.fake.wait_for(lambda: description(card).startswith(WARNING))
    assert stage.store.records[1].verdict is None
    await stage.mod.click(card, "Approve")
    await stage.shown()
    assert footer(card) == "#1 · approved"


async def test_an_answer_without_a_card_gets_one(stage: Stage) -> None:
    await posted(stage)
    stage.later = timedelta(minutes=1)
    await stage.set_up_review()
    await rebuild(stage, bridge=CHANGED)
    [card] = stage.desk.messages
    assert description(card).startswith(WARNING)
    assert is_open(card)


async def test_a_card_that_was_deleted_is_posted_again(stage: Stage) -> None:
    _, card = await approved(stage)
    card.deleted = True
    await rebuild(stage, bridge=CHANGED)
    fresh = stage.desk.messages[-1]
    assert fresh is not card
    assert description(fresh).startswith(WARNING)
    await stage.mod.click(fresh, "Approve")
    await stage.shown()
    assert footer(fresh) == "#1 · approved"


# Whatever happens meanwhile


async def test_another_generation_at_the_next_start_is_noticed(empty: Stage) -> None:
    async with empty.running():
        answer = await posted(empty)
    empty.index.go_live("g2", bridge=CHANGED)
    async with empty.running():
        await empty.fake.wait_for(lambda: description(answer).startswith(WARNING))
        await idle(empty)


async def test_what_was_on_record_when_the_process_was_killed_is_shown_by_the_next(empty: Stage) -> None:
    async with empty.running():
        answer, card = await approved(empty)
        empty.store.killed_when = "aged"
        empty.index.go_live("g2", bridge=CHANGED)
        with pytest.raises(Killed):
            await empty.client.face.upkeep.ageing.run_once()
        assert (footer(answer), footer(card)) == ("#1 · approved by a moderator", "#1 · approved")
    async with empty.running():
        await empty.fake.wait_for(lambda: description(answer).startswith(WARNING) and is_open(card))
        await idle(empty)
    assert await empty.store.outdated() == []


async def test_an_edit_that_failed_is_made_by_the_next_pass(stage: Stage) -> None:
    answer = await posted(stage)
    down = stage.fake.fail_next("PATCH", rf"/messages/{answer.id}$", status=503, times=3)
    await rebuild(stage, bridge=CHANGED)
    assert (down.used, "⚠" in answer.text) == (3, False)
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(lambda: description(answer).startswith(WARNING))


async def test_a_deleted_answer_is_given_up(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    answer = await posted(stage)
    answer.deleted = True
    await rebuild(stage, bridge=CHANGED)
    assert await stage.store.outdated() == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_an_answer_out_of_sight_is_named_on_its_card_and_given_up(stage: Stage) -> None:
    _, card = await approved(stage)
    hidden = discord.Permissions(view_channel=True)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=hidden)
    stage.index.go_live("g2", bridge=CHANGED)
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(lambda: card.content == NOT_EDITED)
    await idle(stage)
    assert description(card).startswith(WARNING)
    assert await stage.store.outdated() == []


async def test_edits_are_spread_over_time_and_begin_with_the_newest_answer(empty: Stage) -> None:
    async with empty.running(timing=replace(TIMING, between_aged=0.05)):
        answers = [await posted(empty, f"Question {number}?") for number in range(4)]
        empty.index.go_live("g2")
        await empty.client.face.upkeep.ageing.run_once()
        begun = time.monotonic()
        empty.client.in_flight.start(empty.client.face.upkeep.ageing.show(), name="showing")
        for answer in reversed(answers):
            await empty.fake.wait_for(partial(is_marked, answer))
            marked = [other for other in answers if is_marked(other)]
            assert marked == answers[-len(marked) :]
            assert answer is marked[0]
        assert time.monotonic() - begun > 3 * 0.05
        await idle(empty)


async def test_what_is_not_edited_yet_when_the_bot_leaves_is_edited_after_the_next_start(empty: Stage) -> None:
    async with empty.running(timing=replace(TIMING, between_aged=0.1)):
        answers = [await posted(empty, f"Question {number}?") for number in range(3)]
        empty.index.go_live("g2")
        await empty.client.face.upkeep.ageing.run_once()
        empty.client.in_flight.start(empty.client.face.upkeep.ageing.show(), name="showing")
        await empty.fake.wait_for(partial(is_marked, answers[-1]))
    assert [is_marked(answer) for answer in answers] == [False, False, True]
    async with empty.running():
        await empty.fake.wait_for(lambda: all(map(is_marked, answers)))
        await idle(empty)


async def test_a_generation_that_goes_live_while_answers_are_edited_is_shown_in_the_end(empty: Stage) -> None:
    async with empty.running(timing=replace(TIMING, between_aged=0.05)):
        answers = [await posted(empty, f"Question {number}?") for number in range(3)]
        empty.index.go_live("g2")
        await empty.client.face.upkeep.ageing.run_once()
        empty.client.in_flight.start(empty.client.face.upkeep.ageing.show(), name="showing")
        await empty.fake.wait_for(lambda: "⚠" in answers[-1].text)
        empty.index.go_live("g3", bridge=STANDS)
        await empty.client.face.upkeep.ageing.run_once()
        await empty.client.face.upkeep.ageing.show()
        await idle(empty)
    assert not [answer for answer in answers if "⚠" in answer.text]
    assert edits(empty, answers[0]) == 1


async def test_logs_hold_no_answers(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await posted(stage)
    await rebuild(stage, bridge=CHANGED)
    assert "posted answers: 1 looked at, 1 changed" in caplog.text
    assert "opened" not in caplog.text
