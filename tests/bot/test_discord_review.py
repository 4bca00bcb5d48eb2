"""Moderators' work on cards, from the question to the message for its asker, on a fake Discord."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord_stage import Stage, line, until
from examples import NOON, a_citation, a_claim, a_record, an_answer
from fake_discord import Interaction, Message, Person
from sqlalchemy import update
from watched_store import Killed

from footnote.adapters.database.tables import AnswerRow, GuildRow
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Hold, Ruling
from footnote_bot.posts.notices import due_notice

OPENED = "The bridge opened in 1932."
RED = "The bridge is red."
BETTER = "The old bridge of 1932 opened in March."
FIELD = "One claim per line, sentences as [1][2]"
MENU = "Sentences for lines without numbers"
NO_PERMISSION = "You need the permission Manage Messages to review answers."


def description(message: Message) -> str:
    return str(message.embeds[0].get("description") or message.content)


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


def labels(message: Message) -> list[str]:
    return [str(button["label"]) for button in message.buttons]


def options(message: Message) -> list[str]:
    return [str(option["value"]) for option in message.selects[0]["options"]]


def notices(stage: Stage) -> list[Message]:
    return [message for message in stage.channel.messages if message.content and not message.embeds]


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


async def asked(stage: Stage) -> tuple[Message, Message]:
    """An answer that cites OPENED as 1 and RED as 2, and its card."""
    claims = [a_claim(a_citation(number, quote)) for number, quote in enumerate((OPENED, RED), 1)]
    stage.ask.outcome = lambda question: an_answer(question, *claims)
    stage.index.go_live("g1", history=f"Before it there was a ferry. {BETTER} The bridge fell in 1940.")
    await stage.set_up_review()
    answer = await stage.slash_ask()
    return answer, await stage.card()


async def judge(stage: Stage, card: Message, number: int, *, by: Person | None = None) -> Message:
    """The panel of a citation."""
    return await (await (by or stage.mod).select(card, str(number))).response()


async def done(stage: Stage, interaction: Interaction) -> None:
    await interaction.outcome()
    await idle(stage)


async def edited(stage: Stage, card: Message, text: str, *, by: Person | None = None) -> Interaction:
    """The form, filled in."""
    moderator = by or stage.mod
    form = await (await moderator.click(card, "Edit")).modal()
    submitted = await moderator.submit(form, {FIELD: text})
    await done(stage, submitted)
    return submitted


# The whole way


async def test_from_a_wrong_citation_to_a_corrected_answer_and_a_note_to_the_asker(stage: Stage) -> None:
    answer, card = await asked(stage)
    assert labels(card) == ["Approve", "Reject", "Edit", "Sources"]
    assert options(card) == ["1", "2"]
    assert f"{OPENED}¹ *(support 100%)*" in description(card)
    assert f"> Before it there was a ferry. **{OPENED}** It was painted red." in card.text

    panel = await judge(stage, card, 1)
    assert panel.is_ephemeral
    assert labels(panel) == ["Right", "Wrong", "Better sentence"]
    await done(stage, await stage.mod.click(panel, "Wrong"))
    assert labels(panel) == ["Take back", "Better sentence"]
    assert description(answer) == f"{RED}²"
    assert OPENED not in answer.text
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert f"**{RED}**" in sources.text
    assert OPENED not in sources.text
    assert "✗ ¹ The bridge" in card.text
    assert f"¹ wrong, according to {stage.mod.mention} <t:" in card.text

    await done(stage, await stage.mod.click(panel, "Better sentence"))
    assert BETTER in panel.text
    await done(stage, await stage.mod.select(panel, options(panel)[0]))
    assert f"¹ right, according to {stage.mod.mention} <t:" in panel.text
    assert description(answer) == f"{OPENED}¹\n{RED}²"
    assert f"> {BETTER}" in answer.text
    assert notices(stage) == []

    await done(stage, await stage.other_mod.click(card, "Approve"))
    assert footer(answer) == "#1 · corrected by a moderator"
    assert footer(card) == "#1 · corrected"
    assert labels(card) == ["Approve", "Reject", "Undo", "Sources"]
    assert f"Approved by {stage.other_mod.mention} <t:" in card.text
    [notice] = notices(stage)
    link = f"https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/{answer.id}"
    assert notice.content == f"{stage.alice.mention}, a moderator has corrected the answer to your question: {link}"
    assert notice.reply_to is answer
    assert notice.pinged == {"alice"}

    await stage.fake.request_reconnect()
    await idle(stage)
    assert notices(stage) == [notice]
    assert [act.split(":")[0] for act in await stage.acts()] == [
        "mod, ruling",
        "mod, better sentence",
        "other, verdict",
    ]


async def test_controls_work_after_a_restart(empty: Stage) -> None:
    async with empty.running():
        _, card = await asked(empty)
        panel = await judge(empty, card, 1)
        await done(empty, await empty.mod.click(panel, "Better sentence"))
        form = await (await empty.mod.click(card, "Edit")).modal()
    async with empty.running():
        await done(empty, await empty.mod.select(panel, options(panel)[0]))
        assert BETTER in card.text
        refused = await line(await empty.mod.submit(form, {FIELD: f"{RED} [2]"}))
        assert refused == f"{empty.mod.mention} has changed answer 1 in the meantime. Read its card again."
        form = await (await empty.mod.click(card, "Edit")).modal()
    async with empty.running():
        await done(empty, await empty.mod.submit(form, {FIELD: f"{RED} [2]"}))
        assert footer(card) == "#1 · corrected"


async def test_an_answer_of_which_nothing_is_left_says_why_and_cannot_be_approved(stage: Stage) -> None:
    answer, card = await asked(stage)
    for number in (1, 2):
        await done(stage, await stage.mod.click(await judge(stage, card, number), "Wrong"))
    assert description(answer) == "A moderator found the sources of this answer wrong."
    assert len(answer.embeds[0].get("fields", [])) == 0
    refused = await line(await stage.mod.click(card, "Approve"))
    assert refused == "All sources of answer 1 are ruled wrong, so nothing is left to show. Reject it, or edit it."
    await done(stage, await stage.mod.click(card, "Reject"))
    assert "withdrawn the answer to your question" in notices(stage)[0].content


async def test_a_ruling_can_be_undone(stage: Stage) -> None:
    answer, card = await asked(stage)
    panel = await judge(stage, card, 2)
    await done(stage, await stage.mod.click(panel, "Wrong"))
    await done(stage, await stage.other_mod.click(await judge(stage, card, 2, by=stage.other_mod), "Take back"))
    assert description(answer) == f"{OPENED}¹\n{RED}²"
    assert "Rulings" not in card.text


async def test_a_sentence_for_which_the_index_has_no_other_says_so(stage: Stage) -> None:
    _, card = await asked(stage)
    stage.index.go_live("g1")
    panel = await judge(stage, card, 1)
    await done(stage, await stage.mod.click(panel, "Better sentence"))
    assert "No other sentence in the articles is close." in panel.text


# Editing


async def test_the_form_shows_the_claims_and_the_sentences_that_they_may_cite(stage: Stage) -> None:
    _, card = await asked(stage)
    form = await (await stage.mod.click(card, "Edit")).modal()
    assert form.title == "Edit answer 1"
    [label, menu, sentences] = form.components
    assert label["component"]["value"] == f"{OPENED} [1]\n{RED} [2]"
    offered = menu["component"]["options"]
    assert [option["label"] for option in offered] == [f"[1] {OPENED}", f"[2] {RED}"]
    assert not any(option.get("default") for option in offered), "each line names its own"
    assert sentences["content"] == f"\\[1\\] {OPENED}\n\\[2\\] {RED}"


async def test_an_edited_answer_is_shown_as_corrected(stage: Stage) -> None:
    answer, card = await asked(stage)
    await edited(stage, card, "The red bridge opened in 1932. [1][2]")
    assert description(answer) == "The red bridge opened in 1932.¹ ²"
    assert footer(answer) == "#1 · corrected by a moderator"
    assert f"Changed by\n{stage.mod.mention}" in card.text
    assert notices(stage)[0].pinged == {"alice"}


async def test_sentences_are_chosen_for_lines_that_name_none(stage: Stage) -> None:
    answer, card = await asked(stage)
    form = await (await stage.mod.click(card, "Edit")).modal()
    text = f"The red bridge opened in 1932.\n{RED} [2]"
    await done(stage, await stage.mod.submit(form, {FIELD: text, MENU: [f"[2] {RED}", f"[1] {OPENED}"]}))
    assert description(answer) == f"The red bridge opened in 1932.¹ ²\n{RED}²"


async def test_where_all_lines_cite_the_same_the_menu_shows_it(stage: Stage) -> None:
    stage.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(1, OPENED), a_citation(2, RED)))
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    form = await (await stage.mod.click(card, "Edit")).modal()
    [label, menu, _] = form.components
    assert label["component"]["value"] == OPENED
    assert [option.get("default") for option in menu["component"]["options"]] == [True, True]
    await done(stage, await stage.mod.submit(form, {MENU: [f"[1] {OPENED}"]}))
    assert description(answer) == f"{OPENED}¹"
    assert footer(answer) == "#1 · corrected by a moderator"


async def test_a_form_in_which_nothing_is_changed_is_an_approval(stage: Stage) -> None:
    stage.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(1, OPENED), a_citation(2, RED)))
    await stage.set_up_review()
    answer = await stage.slash_ask()
    form = await (await stage.mod.click(await stage.card(), "Edit")).modal()
    await done(stage, await stage.mod.submit(form, {}))
    assert footer(answer) == "#1 · approved by a moderator"


async def test_a_line_without_a_sentence_needs_a_moderators_name(stage: Stage) -> None:
    answer, card = await asked(stage)
    before = answer.embeds
    text = f"{OPENED} [1]\nThe bridge opened in 1933. [1]\nAsk @everyone *about* it."
    refused = await (await edited(stage, card, text)).response()
    assert refused.is_ephemeral
    assert "> The bridge opened in 1933.\nit has a number that its sentences do not have" in refused.content
    assert "it cites no sentence: choose one, or end the line with its number, such as [1]" in refused.content
    assert (answer.embeds, stage.store.records[1].verdict) == (before, None)

    await done(stage, await stage.mod.click(refused, "State it in my name"))
    assert description(answer).startswith(f"{OPENED}¹\nThe bridge opened in 1933. (stated by a moderator)")
    assert "@everyone" not in answer.text
    assert f"The bridge opened in 1933. *(stated by {stage.mod.mention})*" in description(card)
    assert [claim.stated_by for claim in stage.store.records[1].claims] == [None, stage.mod.id, stage.mod.id]
    assert labels(refused) == []


async def test_an_abstention_can_be_answered_by_a_moderator(stage: Stage) -> None:
    stage.ask.abstain(a_citation(1, OPENED))
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    assert labels(card) == ["Right to abstain", "Should have answered", "Answer it", "Sources"]
    form = await (await stage.mod.click(card, "Answer it")).modal()
    await done(stage, await stage.mod.submit(form, {FIELD: "In 1932, the bridge opened.", MENU: [f"[1] {OPENED}"]}))
    assert description(answer) == "In 1932, the bridge opened.¹"
    assert "corrected the answer" in notices(stage)[0].content


# Taking back, and being second


async def test_a_verdict_can_be_undone_for_a_while(stage: Stage) -> None:
    answer, card = await asked(stage)
    before = description(answer)
    await edited(stage, card, f"{RED} [2]")
    await done(stage, await stage.other_mod.click(card, "Undo"))
    assert (description(answer), footer(answer)) == (before, "#1")
    assert labels(card) == ["Approve", "Reject", "Edit", "Sources"]
    assert footer(card) == "#1 · waiting for a verdict"
    await done(stage, await stage.mod.click(card, "Reject"))
    stage.later = timedelta(minutes=11)
    refused = await line(await stage.mod.click(card, "Undo"))
    assert refused == "A verdict can be undone for 10 minutes; that time has passed."
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"


async def test_the_second_moderator_sees_who_was_first(stage: Stage) -> None:
    _, card = await asked(stage)
    mine, theirs = await judge(stage, card, 1), await judge(stage, card, 1, by=stage.other_mod)
    clicks = await asyncio.gather(stage.mod.click(mine, "Right"), stage.other_mod.click(theirs, "Wrong"))
    told = (await clicks[1].followup()).content
    assert told.startswith(f"Citation ¹ right, according to {stage.mod.mention} <t:")
    assert told.endswith("The first ruling counts.")
    await idle(stage)

    forms = [await (await one.click(card, "Edit")).modal() for one in (stage.mod, stage.other_mod)]
    await done(stage, await stage.mod.submit(forms[0], {FIELD: f"{RED} [2]"}))
    refused = await line(await stage.other_mod.submit(forms[1], {FIELD: f"{OPENED} [1]"}))
    assert refused.startswith(f"Approved by {stage.mod.mention} <t:")
    assert stage.store.records[1].claims[0].text == RED


async def test_an_edit_on_a_card_that_does_not_show_the_verdict_yet_is_refused(stage: Stage) -> None:
    _, card = await asked(stage)
    await stage.verdicts.decide(1, Decision.REJECTED, moderator_id=stage.mod.id)
    refused = await line(await stage.other_mod.click(card, "Edit"))
    assert refused.startswith(f"Rejected by {stage.mod.mention} <t:")
    await idle(stage)
    assert footer(card) == "#1 · rejected"


# Who may


@pytest.mark.parametrize("button", ["Approve", "Reject", "Edit"])
async def test_the_card_is_for_moderators(stage: Stage, button: str) -> None:
    _, card = await asked(stage)
    assert await line(await stage.alice.click(card, button)) == NO_PERMISSION
    assert await line(await stage.alice.select(card, "1")) == NO_PERMISSION
    await done(stage, await stage.mod.click(card, "Approve"))
    assert await line(await stage.alice.click(card, "Undo")) == NO_PERMISSION
    assert stage.store.records[1].verdict is not None


async def test_former_moderators_can_do_nothing_with_what_they_opened_before(stage: Stage) -> None:
    _, card = await asked(stage)
    panel, offers = await judge(stage, card, 1), await judge(stage, card, 1)
    await done(stage, await stage.mod.click(offers, "Better sentence"))
    await done(stage, await stage.mod.click(await judge(stage, card, 2), "Right"))
    ruled = await judge(stage, card, 2)
    form = await (await stage.mod.click(card, "Edit")).modal()
    failing = await (await edited(stage, card, "Nothing.")).response()
    before = stage.store.records[1]
    stage.fake.change_permissions(stage.mod, discord.Permissions.none())
    buttons = [(panel, label) for label in labels(panel)]
    for message, button in [*buttons, (ruled, "Take back"), (failing, "State it in my name")]:
        assert await line(await stage.mod.click(message, button)) == NO_PERMISSION
    assert await line(await stage.mod.select(offers, options(offers)[0])) == NO_PERMISSION
    assert await line(await stage.mod.submit(form, {FIELD: f"{RED} [2]"})) == NO_PERMISSION
    await idle(stage)
    assert stage.store.records[1] == before


async def test_the_servers_role_for_moderators_may_review(empty: Stage) -> None:
    role = empty.fake.add_role(empty.guild, "Moderators")
    helper = empty.fake.add_member(empty.guild, "helper", roles=[role])
    async with empty.running():
        answer, card = await asked(empty)
        assert await line(await helper.click(card, "Approve")) == NO_PERMISSION
        async with empty.store.engine.begin() as connection:
            of_guild = GuildRow.id == empty.guild.id
            await connection.execute(update(GuildRow).where(of_guild).values(moderator_role_id=role.id))
        refused = await line(await empty.alice.click(card, "Approve"))
        assert refused == f"You need the permission Manage Messages or the role {role.mention} to review answers."
        await done(empty, await helper.click(card, "Approve"))
        assert footer(answer) == "#1 · approved by a moderator"


# Messages to askers


def held(hold: Hold | None, decision: Decision | None, *, told: str | None = None, **changes: object) -> AnswerRecord:
    record = a_record(a_claim(a_citation(1, OPENED)), a_claim(a_citation(2, RED)), decision=decision)
    return replace(record, hold=hold, told=told, **changes)  # type: ignore[arg-type]


APPROVED, REJECTED = Decision.APPROVED, Decision.REJECTED
RULED_WRONG = (CitationRuling(1, Ruling.WRONG, 9, NOON),)


@pytest.mark.parametrize(
    ("record", "notice"),
    [
        (held(None, None), None),
        (held(None, APPROVED), None),
        (held(None, APPROVED, revised_by=9), "corrected"),
        (held(None, APPROVED, rulings=RULED_WRONG), "corrected"),
        (held(None, None, revised_by=9), None),
        (held(None, REJECTED), "withdrawn"),
        (a_record(nearest=[a_citation()], decision=REJECTED), None),
        (held(Hold.WAITING, None), None),
        (held(Hold.SHOWN, APPROVED), "released"),
        (held(Hold.SHOWN, APPROVED, revised_by=9), "released"),
        (held(Hold.SHOWN, APPROVED, told="closed"), "released"),
        (held(Hold.SHOWN, APPROVED, told="overdue"), None),
        (held(Hold.SHOWN, APPROVED, told="overdue", revised_by=9), "corrected"),
        (held(Hold.SHOWN, REJECTED, told="released"), "withdrawn"),
        (held(Hold.OVERDUE, None), "overdue"),
        (held(Hold.OVERDUE, REJECTED, told="overdue"), "withdrawn"),
        (held(Hold.CLOSED, None), "closed"),
        (held(Hold.CLOSED, REJECTED), "refused"),
    ],
)
def test_what_askers_should_hear_of(record: AnswerRecord, notice: str | None) -> None:
    assert due_notice(record) == notice


async def test_an_approval_as_it_was_is_no_news(stage: Stage) -> None:
    _, card = await asked(stage)
    await done(stage, await stage.mod.click(card, "Approve"))
    assert notices(stage) == []


@pytest.mark.parametrize("asker", ["nobody", "the bot"])
async def test_no_note_is_sent_where_no_asker_is_left(stage: Stage, asker: str) -> None:
    _, card = await asked(stage)
    asker_id = 0 if asker == "nobody" else stage.fake.bot.id
    async with stage.store.engine.begin() as connection:
        await connection.execute(update(AnswerRow).values(asker_id=asker_id))
    await done(stage, await stage.mod.click(card, "Reject"))
    assert notices(stage) == []
    assert ("Asked by\nsomebody <t:" in card.text) is (asker == "nobody")


async def test_an_asker_gets_one_note_although_the_process_was_killed_meanwhile(empty: Stage) -> None:
    async with empty.running():
        await asked(empty)
        await empty.verdicts.decide(1, Decision.REJECTED, moderator_id=empty.mod.id)
        empty.store.killed_when = "told"
        with pytest.raises(Killed):
            await empty.client.host.posting.show_verdict(empty.store.records[1])
        assert len(notices(empty)) == 1
        assert empty.store.records[1].told is None
    async with empty.running():
        await until(lambda: empty.store.records[1].told == "withdrawn")
        await idle(empty)
    assert len(notices(empty)) == 1


async def test_a_notice_that_could_not_be_posted_is_posted_by_the_next_pass(stage: Stage) -> None:
    _, card = await asked(stage)
    down = stage.fake.fail_next("POST", rf"/channels/{stage.channel.id}/messages$", status=503, times=3)
    await done(stage, await stage.mod.click(card, "Reject"))
    assert (down.used, notices(stage)) == (3, [])
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(lambda: len(notices(stage)) == 1)
    await idle(stage)
    assert stage.store.records[1].told == "withdrawn"


async def test_where_the_bot_may_not_post_only_the_note_to_the_asker_is_missing(stage: Stage) -> None:
    answer, card = await asked(stage)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    await done(stage, await stage.mod.click(card, "Reject"))
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"
    assert await stage.store.outdated() == []


async def test_an_answer_that_is_held_shows_nothing_of_itself_but_to_moderators(stage: Stage) -> None:
    answer, card = await asked(stage)
    async with stage.store.engine.begin() as connection:
        values = {"hold": Hold.WAITING, "held_until": stage.now() + timedelta(hours=1)}
        await connection.execute(update(AnswerRow).values(changes=AnswerRow.changes + 1, **values))
    await stage.fake.request_reconnect()
    await stage.fake.wait_for(lambda: footer(answer) == "#1 · waiting for a moderator")
    assert description(answer) == "A moderator reviews this answer before it is shown."
    assert OPENED not in answer.text
    assert answer.buttons == []
    await stage.fake.wait_for(lambda: "Only moderators see this answer until it is approved" in card.text)
    await done(stage, await stage.mod.click(card, "Approve"))
    assert description(answer) == f"{OPENED}¹\n{RED}²"
    assert "you can read it now" in notices(stage)[0].content
