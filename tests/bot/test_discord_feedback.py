"""Thumbs and flags under answers: the real client on a fake Discord."""

from __future__ import annotations

import pytest
from discord_stage import Stage, line, until
from examples import a_citation
from fake_discord import Callback, Interaction, Message, Person

from footnote.records.answers import Decision, Hold, Votes
from footnote.stores import Asked, Triage
from footnote_bot.render.feedback import feedback

UP, DOWN, FLAG = "👍", "👎", "Flag"
UP_TO_ONE = "Thanks, your 👍 is counted. Press it again to undo it."
WHAT_IS_WRONG = "What is wrong with the answer?"


async def posted(stage: Stage) -> Message:
    """An answer that is on record as posted."""
    answer = await stage.slash_ask()
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    return answer


async def votes(stage: Stage, answer_id: int = 1) -> Votes:
    return (await stage.store.get(answer_id)).votes


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


async def thumb_down(person: Person, answer: Message, comment: str | None = None) -> Interaction:
    """With a comment; without one the form is dismissed."""
    clicked = await person.click(answer, DOWN)
    form = await clicked.modal()
    if comment is None:
        return clicked
    submitted = await person.submit(form, {WHAT_IS_WRONG: comment})
    assert "counted" in await line(submitted)
    return submitted


def readers(card: Message) -> str:
    fields = {field["name"]: field["value"] for field in card.embeds[0]["fields"]}
    return str(fields.get("Readers", ""))


async def test_a_thumb_up_is_counted_changed_and_removed_in_private(stage: Stage) -> None:
    answer = await posted(stage)
    before = answer.embeds
    assert await line(await stage.alice.click(answer, UP)) == UP_TO_ONE
    await line(await stage.mod.click(answer, UP))
    assert await votes(stage) == Votes(up=2)
    await thumb_down(stage.mod, answer)
    assert await votes(stage) == Votes(up=1, down=1)
    assert await line(await stage.alice.click(answer, UP)) == "Your vote is removed."
    assert await votes(stage) == Votes(down=1)
    assert answer.embeds == before


async def test_a_thumb_down_asks_what_is_wrong_and_counts_without_a_word(stage: Stage) -> None:
    answer = await posted(stage)
    clicked = await thumb_down(stage.alice, answer)
    assert clicked.callback is Callback.MODAL
    assert await votes(stage) == Votes(down=1)
    assert await line(await stage.alice.click(answer, DOWN)) == "Your vote is removed."
    await thumb_down(stage.alice, answer, "It was 1933.")
    assert await votes(stage) == Votes(down=1, comments=("It was 1933.",))


async def test_what_is_often_wrong_can_be_chosen_with_or_without_a_word(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await posted(stage)
    form = await (await stage.alice.click(answer, DOWN)).modal()
    chosen = ["It is out of date", "Something is missing"]
    await line(await stage.alice.submit(form, {"Choose what applies": chosen, WHAT_IS_WRONG: "It was 1933."}))
    assert (await votes(stage)).comments == ("It is out of date, Something is missing: It was 1933.",)
    form = await (await stage.mod.click(answer, DOWN)).modal()
    await line(await stage.mod.submit(form, {"Choose what applies": ["A source does not say that"]}))
    assert (await votes(stage)).comments[0] == "A source does not say that"
    await stage.fake.wait_for(lambda: "A source does not say that" in readers(stage.desk.messages[-1]))


async def test_under_an_abstention_other_things_are_wrong(stage: Stage) -> None:
    stage.ask.abstain()
    form = await (await stage.alice.click(await posted(stage), DOWN)).modal()
    await line(await stage.alice.submit(form, {"Choose what applies": ["The articles do answer this"]}))
    assert (await votes(stage)).comments == ("The articles do answer this",)


async def test_votes_work_after_a_restart(empty: Stage) -> None:
    async with empty.running():
        answer = await posted(empty)
    async with empty.running():
        await line(await empty.alice.click(answer, UP))
        await thumb_down(empty.mod, answer, "No.")
        await line(await empty.mod.click(answer, FLAG))
    assert await votes(empty) == Votes(up=1, down=1, flags=1, comments=("No.",))


async def test_a_torn_form_is_opened_once_and_the_vote_counted_once(stage: Stage) -> None:
    answer = await posted(stage)
    torn = stage.fake.tear_next("POST", r"/interactions/.*/callback", after_effect=True)
    await (await stage.alice.click(answer, DOWN)).modal()
    await idle(stage)
    assert torn.used
    assert await votes(stage) == Votes(down=1)


async def test_a_flag_brings_a_card_at_once_also_for_an_answer_from_before_review(stage: Stage) -> None:
    answer = await posted(stage)
    await stage.set_up_review()
    told = await line(await stage.alice.click(answer, FLAG))
    assert told == "Thanks, the moderators will see it. Press *Flag* again to undo it."
    card = await stage.card()
    assert readers(card) == "🚩 flagged by 1 reader"
    assert await line(await stage.alice.click(answer, FLAG)) == "Your flag is removed."
    await stage.fake.wait_for(lambda: not readers(card))


async def test_each_flag_is_shown_on_the_card_that_is_there(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await posted(stage)
    card = await stage.card()
    await line(await stage.alice.click(answer, FLAG))
    await line(await stage.mod.click(answer, FLAG))
    await stage.fake.wait_for(lambda: readers(card) == "🚩 flagged by 2 readers")
    assert len(stage.desk.messages) == 1


async def test_a_flag_after_the_verdict_is_shown_and_opens_nothing(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await posted(stage)
    card = await stage.card()
    await stage.mod.click(card, "Approve")
    await stage.shown()
    await line(await stage.alice.click(answer, FLAG))
    await stage.fake.wait_for(lambda: readers(card) == "🚩 flagged by 1 reader")
    await idle(stage)
    record = await stage.store.get(1)
    assert record.verdict
    assert (record.verdict.decision, record.round) == (Decision.APPROVED, 1)
    assert all(button["disabled"] for button in card.buttons[:2])


async def test_comments_stand_on_the_card_and_do_nothing_there(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await posted(stage)
    card = await stage.card()
    await thumb_down(stage.alice, answer, f"@everyone {stage.mod.mention} [free](https://evil.example) **no**\n# 1933")
    await stage.fake.wait_for(lambda: "1933" in readers(card))
    assert readers(card) == (
        f"👎 1\n> @\u200beveryone \\<@{stage.mod.id}\\> \\[free\\]\\(https\\://evil.example) \\*\\*no\\*\\* # 1933"
    )
    assert not card.pinged


async def test_of_many_long_comments_the_newest_are_shown_in_part() -> None:
    [(_, value)] = feedback(Votes(down=9, comments=("w" * 500, *["*" * 500] * 8)))
    lines = value.splitlines()
    assert (len(lines), lines[-1]) == (5, "and 6 older comments")
    assert all(len(line) < 260 for line in lines)


async def test_where_nobody_reviews_the_flag_says_so_and_is_kept(stage: Stage) -> None:
    answer = await posted(stage)
    told = await line(await stage.alice.click(answer, FLAG))
    assert told == "Your flag is stored, but nobody reviews answers here."
    assert await votes(stage) == Votes(flags=1)
    private = await stage.fake.wait_for_reply(await stage.alice.dm("When did the bridge open?"))
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    assert await line(await stage.alice.click(private, FLAG)) == told


@pytest.mark.parametrize("button", [UP, DOWN, FLAG])
async def test_buttons_of_another_database_count_nothing(stage: Stage, button: str) -> None:
    old = await posted(stage)
    await stage.store.forget_everything()
    await posted(stage)
    assert "no longer exists" in await line(await stage.alice.click(old, button))
    assert await votes(stage) == Votes()


@pytest.mark.parametrize("button", [UP, DOWN, FLAG, "Tell me when this is answered"])
async def test_an_answer_that_nobody_sees_yet_takes_no_votes(stage: Stage, button: str) -> None:
    stage.ask.abstain(a_citation())
    answer = await posted(stage)
    record = await stage.store.get(1)
    asked = Asked(record.asker_id, record.guild_id, record.channel_id, record.asked_at)
    held = await stage.store.add(stage.ask.outcome("Who?"), asked, Triage(hold=Hold.WAITING))
    assert held.posted is None
    for each in answer.buttons:
        each["custom_id"] = str(each["custom_id"]).replace(":1", f":{held.id}")
    assert "no moderator" in (await line(await stage.alice.click(answer, button))).lower()
    assert await votes(stage, held.id) == Votes()
