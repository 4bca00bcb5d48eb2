"""The bot in Discord: the real discord.py client on a fake Discord, with deterministic services behind it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import discord
import pytest
from discord_stage import COMMANDS, OPENAPI, TIMING, Stage, line, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Callback, FakeDiscord, Message, NotPossible
from watched_store import WatchedStore

from footnote.errors import BuildError, EmptyIndex, Stopping
from footnote.records.answers import Decision
from footnote_bot.access.ask_limits import AskLimits
from footnote_bot.inquiries.inquiries import HOW_TO_ASK
from footnote_bot.inquiries.unwritable import CANNOT_WRITE

EDIT_ANSWER = r"/webhooks/.*/messages/@original"
CALLBACK = r"/interactions/.*/callback"
EDIT_MESSAGE = r"/channels/\d+/messages/\d+"
POST_MESSAGE = r"/channels/\d+/messages$"


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


def labels(message: Message) -> list[str]:
    return [str(button["label"]) for button in message.buttons]


# Asking


async def test_a_question_is_answered_with_the_sentence_it_comes_from(stage: Stage) -> None:
    answer = await stage.slash_ask()
    [embed] = answer.embeds
    assert answer.content == "The bridge opened in 1932.¹"
    assert "description" not in embed
    assert embed["fields"][0]["name"] == "¹ The bridge"
    assert "> The bridge opened in 1932.\nCity News · 6 September 2021" in embed["fields"][0]["value"]
    assert footer(answer) == "#1"
    assert labels(answer) == ["Sources", "Ask further", "👍", "👎", "Flag"]
    assert not answer.is_ephemeral


async def test_the_answer_replaces_thinking(stage: Stage) -> None:
    stage.ask.hold = asyncio.Event()
    asked = await stage.alice.slash(stage.channel, "ask", question="When?")
    assert await asked.acknowledgement() is Callback.DEFERRED_MESSAGE
    stage.ask.hold.set()
    await asked.response()
    assert len(stage.channel.messages) == 1


async def test_a_mention_is_answered_with_a_reply(stage: Stage) -> None:
    question = await stage.alice.mention_bot(stage.channel, "When did the  bridge open?")
    answer = await stage.fake.wait_for_reply(question)
    assert stage.ask.questions == ["When did the bridge open?"]
    assert "The bridge opened in 1932.¹" in answer.text
    assert stage.channel.typing_count == 1


async def test_a_reply_to_the_bot_is_a_question(stage: Stage) -> None:
    answer = await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "When?"))
    await until(lambda: stage.store.records[1].posted is not None)
    question = await stage.alice.reply(answer, "And who built it?")
    await stage.fake.wait_for_reply(question)
    assert stage.ask.questions[-1] == "And who built it?"


async def test_direct_messages_need_no_mention(stage: Stage) -> None:
    question = await stage.alice.dm("When did the bridge open?")
    answer = await stage.fake.wait_for_reply(question)
    assert "1932" in answer.text
    assert stage.store.records[1].guild_id is None


@pytest.mark.parametrize("text", ["When did the bridge open?", "@everyone When did the bridge open?"])
async def test_what_is_not_said_to_the_bot_is_not_answered(stage: Stage, text: str) -> None:
    await stage.alice.say(stage.channel, text)
    await stage.slash_ask("And now?")
    assert stage.ask.questions == ["And now?"]


async def test_the_bot_does_not_answer_itself(stage: Stage) -> None:
    for text in ("When?", "And then?"):
        await stage.fake.wait_for_reply(await stage.alice.dm(text))
    assert stage.ask.questions == ["When?", "And then?"]


async def test_a_mention_without_a_question_gets_a_hint_how_to_ask(stage: Stage) -> None:
    question = await stage.alice.mention_bot(stage.channel, "")
    assert (await stage.fake.wait_for_reply(question)).content == HOW_TO_ASK
    assert stage.ask.questions == []


async def test_a_question_that_is_too_long_is_named_as_such(stage: Stage) -> None:
    question = await stage.alice.mention_bot(stage.channel, "why " * 400)
    reply = await stage.fake.wait_for_reply(question)
    assert reply.content == "A question can have up to 1,500 characters; yours has 1,599. Please shorten it."


async def test_an_empty_index_is_named_in_place_of_the_answer(stage: Stage) -> None:
    stage.ask.error = EmptyIndex()
    answer = await stage.slash_ask()
    assert answer.content == str(EmptyIndex())
    assert len(stage.channel.messages) == 1


async def test_asking_ends_when_it_takes_too_long(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    async with empty.running(answer_within=0.02):
        assert "is taking too long" in (await empty.slash_ask()).content


async def test_an_abstention_shows_what_comes_closest(stage: Stage) -> None:
    stage.ask.abstain(a_citation())
    answer = await stage.slash_ask()
    assert answer.content == "The articles do not answer this question.\n\nClosest in the articles:"
    assert not stage.store.records[1].answered


async def test_nothing_that_people_or_articles_wrote_pings(stage: Stage) -> None:
    evil = "@everyone <@123456789012345678> [here](https://evil.example) # Big"
    stage.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(1, evil, title=evil, source=evil)))
    question = await stage.alice.mention_bot(stage.channel, evil)
    reply = await stage.fake.wait_for_reply(question)
    answer = await stage.slash_ask(evil)
    for message in (reply, answer):
        assert not message.pinged
        assert "@everyone" not in message.text
        assert "](https://evil.example" not in message.text


async def test_an_unexpected_error_is_logged_under_the_id_that_the_asker_sees(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.ask.error = RuntimeError("boom")
    answer = await stage.slash_ask()
    [logged] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert logged.getMessage() in f"{answer.content}".replace("(", "").replace("error id", "error")
    assert "boom" not in answer.content


async def test_logs_hold_no_questions_and_no_answers(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await stage.slash_ask("When did the bridge open?")
    question = await stage.alice.mention_bot(stage.channel, "When did the bridge open?")
    await stage.fake.wait_for_reply(question)
    assert "answer 1" in caplog.text
    assert "bridge" not in caplog.text


async def test_a_late_interaction_is_neither_answered_nor_asked(stage: Stage) -> None:
    stage.fake.fail_next("POST", CALLBACK, status=404, code=10062)
    await stage.alice.slash(stage.channel, "ask", question="Too late?")
    await stage.slash_ask("In time?")
    assert stage.ask.questions == ["In time?"]
    assert len(stage.channel.messages) == 1


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_torn_acknowledgement_is_repeated(stage: Stage, after_effect: bool) -> None:
    torn = stage.fake.tear_next("POST", CALLBACK, after_effect=after_effect)
    assert "1932" in (await stage.slash_ask()).text
    assert torn.used == 1


async def test_an_error_is_shown_although_the_acknowledgement_was_torn(stage: Stage) -> None:
    stage.ask.error = EmptyIndex()
    stage.fake.tear_next("POST", CALLBACK, after_effect=True)
    assert (await stage.slash_ask()).content == str(EmptyIndex())


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_torn_answer_is_posted_once(stage: Stage, after_effect: bool) -> None:
    torn = stage.fake.tear_next("PATCH", EDIT_ANSWER, after_effect=after_effect)
    answer = await stage.slash_ask()
    await until(lambda: stage.store.records[1].posted is not None)
    assert stage.channel.messages == [answer]
    assert "1932" in answer.text
    assert torn.used == 1


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_torn_reply_is_posted_once(stage: Stage, after_effect: bool) -> None:
    torn = stage.fake.tear_next("POST", POST_MESSAGE, after_effect=after_effect)
    question = await stage.alice.mention_bot(stage.channel, "When?")
    answer = await stage.fake.wait_for_reply(question)
    await until(lambda: stage.store.records[1].posted is not None)
    assert stage.channel.messages == [question, answer]
    assert torn.used == 1


async def test_an_answer_whose_place_is_gone_is_given_up(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.fake.fail_next("PATCH", EDIT_ANSWER, status=404, code=10008)
    await stage.alice.slash(stage.channel, "ask", question="Gone?")
    await stage.slash_ask("Here?")
    assert stage.store.records[1].posted is None
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_an_answer_stays_although_its_place_could_not_be_written_down(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.store.places_fail = True
    answer = await stage.slash_ask()
    await until(lambda: "answer 1: posted, but" in caplog.text)
    await stage.slash_ask("And now?")
    assert answer.content == "The bridge opened in 1932.¹"


async def test_missing_permissions_are_named_to_the_person_who_mentions_the_bot(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(embed_links=True))
    question = await stage.alice.mention_bot(stage.channel, "When?")
    assert "Embed Links" in (await stage.fake.wait_for_reply(question)).content


async def test_a_bot_that_may_not_write_reacts_to_mentions(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    question = await stage.alice.mention_bot(stage.channel, "When?")
    await stage.fake.wait_for(lambda: question.reactions.get(CANNOT_WRITE))
    [told] = [record for record in caplog.records if "cannot be answered" in record.getMessage()]
    assert told.exc_info is None
    assert stage.alice.dms.messages == []
    assert "When did" in (await stage.slash_ask("When did it open?")).text


async def test_a_bot_that_may_not_even_react_writes_a_direct_message(stage: Stage) -> None:
    deny = discord.Permissions(send_messages=True, add_reactions=True)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=deny)
    await stage.alice.mention_bot(stage.channel, "When?")
    [told] = await stage.fake.wait_for(lambda: stage.alice.dms.messages)
    assert told.content.startswith(f"I cannot post in <#{stage.channel.id}>.")
    assert "Send Messages" in told.content


async def test_mentions_in_a_channel_are_answered_in_the_order_in_which_they_came(stage: Stage) -> None:
    """Even if the first takes longest; another channel does not wait for it."""
    stage.ask.hold = first_may_end = asyncio.Event()
    slow = await stage.alice.mention_bot(stage.channel, "Slow?")
    await until(lambda: len(stage.ask.questions) == 1)
    stage.ask.hold = None
    quick = [await stage.mod.mention_bot(stage.channel, f"Quick {number}?") for number in range(3)]
    elsewhere = await stage.admin.mention_bot(stage.desk, "Elsewhere?")
    await stage.fake.wait_for_reply(elsewhere)
    await until(lambda: len(stage.store.records) == 4)
    assert stage.channel.messages == [slow, *quick]
    first_may_end.set()
    for question in (slow, *quick):
        await stage.fake.wait_for_reply(question)
    answers = [message.reply_to for message in stage.channel.messages if message.author is stage.fake.bot]
    assert answers == [slow, *quick]


async def test_a_question_that_waits_for_its_place_holds_up_nobody(empty: Stage) -> None:
    """Eight are answered at once in a server: those that are ready and wait for an earlier one are not among them."""
    empty.ask.hold = first_may_end = asyncio.Event()
    async with empty.running(ask_limits=AskLimits(server_at_once=2)):
        slow = await empty.alice.mention_bot(empty.channel, "Slow?")
        await until(lambda: len(empty.ask.questions) == 1)
        empty.ask.hold = None
        for number in range(3):
            await empty.alice.mention_bot(empty.channel, f"Quick {number}?")
        await until(lambda: len(empty.ask.questions) == 4)
        first_may_end.set()
        await empty.fake.wait_for_reply(slow)


async def test_without_the_history_the_answer_is_a_plain_post(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(read_message_history=True))
    await stage.alice.mention_bot(stage.channel, "When?")
    await stage.fake.wait_for(lambda: "1932" in stage.channel.messages[-1].text)
    assert stage.channel.messages[-1].reply_to is None


async def test_answers_under_way_are_given_before_the_bot_leaves(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    async with empty.running():
        asked = await empty.alice.slash(empty.channel, "ask", question="When?")
        await asked.acknowledgement()
        asyncio.get_running_loop().call_later(0.05, empty.ask.hold.set)
    assert "1932" in (await asked.response()).text


async def test_what_takes_longer_than_that_is_cut_off(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    async with empty.running(timing=replace(TIMING, to_settle=0.02)):
        asked = await empty.alice.slash(empty.channel, "ask", question="When?")
        await asked.acknowledgement()
        await until(lambda: bool(empty.ask.questions))
    assert (await asked.response()).content == str(Stopping())


# Sources


async def test_sources_show_the_sentence_inside_its_neighbours_in_private(stage: Stage) -> None:
    clicked = await stage.alice.click(await stage.slash_ask(), "Sources")
    sources = await clicked.response()
    assert sources.is_ephemeral
    assert sources.embeds[0]["title"] == "¹ The bridge"
    assert sources.embeds[0]["description"] == (
        "Before it there was a ferry. **The bridge opened in 1932.** It was painted red.\n"
        "City News · 6 September 2021\nhttps://news.example/bridge"
    )


async def test_sources_work_after_a_restart(empty: Stage) -> None:
    async with empty.running():
        answer = await empty.slash_ask()
    async with empty.running():
        sources = await (await empty.alice.click(answer, "Sources")).response()
    assert "ferry" in sources.text


async def test_a_source_that_has_changed_since_is_named_as_such(stage: Stage) -> None:
    answer = await stage.slash_ask()
    stage.index.changed.add("bridge-1.md")
    sources = await (await stage.alice.click(answer, "Sources")).response()
    assert "The article has changed since" in sources.text
    assert "**The bridge opened in 1932.**" in sources.text


async def test_many_sources_take_several_messages(stage: Stage) -> None:
    claims = [a_claim(a_citation(number, f"Sentence {number}. " + "word " * 200)) for number in range(1, 13)]
    stage.ask.outcome = lambda question: an_answer(question, *claims)
    clicked = await stage.alice.click(await stage.slash_ask(), "Sources")
    await stage.fake.wait_for(lambda: sum(len(message.embeds) for message in clicked.messages) == 12)
    assert all(message.is_ephemeral for message in clicked.messages)


async def test_sources_of_an_unknown_answer_are_refused_in_words(stage: Stage) -> None:
    answer = await stage.slash_ask()
    await stage.store.forget_everything()
    clicked = await stage.alice.click(answer, "Sources")
    assert await line(clicked) == "Answer 1 does not exist. Ask again to get a new one."


# The index


async def test_a_rebuild_shows_its_progress_and_its_end_in_the_channel(stage: Stage) -> None:
    stage.index.may_end.clear()
    asked = await stage.admin.slash(stage.channel, "index rebuild")
    assert await line(asked) == "Rebuilding; see the progress below."
    [progress] = stage.channel.messages
    await stage.fake.wait_for(lambda: "of 1,000 passages" in progress.text and "left" in progress.text)
    stage.index.may_end.set()
    await stage.fake.wait_for(lambda: progress.embeds[0]["title"] == "The index is rebuilt")
    assert "**1,234 articles · 5,000 passages · 20,000 sentences**" in progress.text
    assert "3 added · 1 changed · 0 removed · 1,230 unchanged\nTook 45 s." in progress.text
    assert "12 skipped:" in progress.text
    assert "broken-9.md: it has no text below its title\nand 2 more" in progress.text


async def test_progress_goes_on_after_the_interaction_has_expired(stage: Stage) -> None:
    stage.index.may_end.clear()
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    stage.fake.skip(1000)
    stage.index.may_end.set()
    await stage.fake.wait_for(lambda: stage.channel.messages[0].embeds[0]["title"] == "The index is rebuilt")


async def test_a_second_rebuild_names_who_runs_the_first(stage: Stage) -> None:
    stage.index.may_end.clear()
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    refused = await line(await stage.admin.slash(stage.channel, "index rebuild"))
    stage.index.may_end.set()
    assert refused.startswith(f"{stage.admin.mention} started a rebuild at 12:00 UTC")
    assert len(stage.channel.messages) == 1


async def test_a_failed_rebuild_says_why_and_that_the_old_index_stays(stage: Stage) -> None:
    stage.index.build_error = BuildError("The folder articles holds nothing to read.")
    await stage.admin.slash(stage.channel, "index rebuild")
    await stage.fake.wait_for(lambda: any("failed" in message.text for message in stage.channel.messages))
    text = stage.channel.messages[0].text
    assert "The folder articles holds nothing to read.\nThe previous index stays live." in text


async def test_a_rebuild_survives_the_deletion_of_its_message(stage: Stage) -> None:
    stage.index.may_end.clear()
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    edits = len(stage.fake.requests_to("PATCH", EDIT_MESSAGE))
    stage.channel.messages[0].deleted = True
    await until(lambda: len(stage.fake.requests_to("PATCH", EDIT_MESSAGE)) > edits)
    assert stage.index.building
    stage.index.may_end.set()
    await until(lambda: stage.index.building is None)


async def test_the_end_of_a_rebuild_is_shown_although_the_connection_breaks(stage: Stage) -> None:
    stage.index.may_end.clear()
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    torn = stage.fake.tear_next("PATCH", EDIT_MESSAGE, times=2)
    stage.index.may_end.set()
    await stage.fake.wait_for(lambda: stage.channel.messages[0].embeds[0]["title"] == "The index is rebuilt")
    assert torn.used == 2


async def test_a_rebuild_goes_on_although_its_message_is_refused(stage: Stage) -> None:
    stage.fake.fail_next("POST", POST_MESSAGE, status=403, code=50013)
    told = await line(await stage.admin.slash(stage.channel, "index rebuild"))
    assert told == "Rebuilding; I cannot post here, but /index status shows when it is done."
    assert stage.index.builds == 1


async def test_a_rebuild_names_the_permission_that_it_needs(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    refused = await line(await stage.admin.slash(stage.channel, "index rebuild"))
    assert (
        refused
        == f"I cannot post in {stage.channel.mention}. Give me these permissions there: Send Messages. Then try again."
    )
    assert stage.index.builds == 0


async def test_the_status_of_the_index_is_only_shown_to_the_asker(stage: Stage) -> None:
    status = await (await stage.admin.slash(stage.channel, "index status")).response()
    assert status.is_ephemeral
    assert "**10 articles · 20 passages · 30 sentences**\nBuilt <t:1767225600:R> from articles" in status.text
    assert "Generation g1 · embedder minilm" in status.text


async def test_the_status_of_an_empty_index_is_one_line(stage: Stage) -> None:
    stage.index.live = None
    assert await line(await stage.admin.slash(stage.channel, "index status")) == str(EmptyIndex())


@pytest.mark.parametrize("command", ["index rebuild", "setup"])
async def test_a_server_that_offers_a_command_to_everybody_does_not_get_it_for_everybody(
    stage: Stage, command: str
) -> None:
    stage.offer_commands_to_everybody()
    refused = await line(await stage.alice.slash(stage.channel, command))
    assert refused == "You need the permission Manage Server for this."
    assert stage.index.builds == 0


@pytest.mark.parametrize("command", ["index rebuild", "index status", "setup", "review queue"])
async def test_commands_for_managers_are_offered_to_managers_in_servers_only(stage: Stage, command: str) -> None:
    with pytest.raises(NotPossible):
        await stage.alice.slash(stage.channel, command)
    with pytest.raises(NotPossible):
        await stage.admin.slash(stage.admin.dms, command)


# Setting up


async def test_setup_sets_shows_and_unsets_the_review_channel(stage: Stage) -> None:
    set_up = await line(await stage.admin.slash(stage.channel, "setup", review_channel=stage.desk))
    shown = await line(await stage.admin.slash(stage.channel, "setup"))
    assert set_up == shown
    assert f"every answer gets a card in {stage.desk.mention}" in shown
    assert (await line(await stage.admin.slash(stage.channel, "setup", off=True))).startswith("Review is off")
    assert await stage.store.review_channel(stage.guild.id) is None


async def test_setup_names_what_the_bot_lacks_in_the_channel(stage: Stage) -> None:
    denied = discord.Permissions(view_channel=True, embed_links=True)
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, deny=denied)
    refused = await line(await stage.admin.slash(stage.channel, "setup", review_channel=stage.desk))
    assert "Give me these permissions there: View Channel" in refused
    assert "Embed Links" in refused
    assert await stage.store.review_channel(stage.guild.id) is None


async def test_setup_refuses_contradictions(stage: Stage) -> None:
    refused = await line(await stage.admin.slash(stage.channel, "setup", review_channel=stage.desk, off=True))
    assert refused == "Choose a review channel or off, not both."


# Review


async def test_every_answer_gets_a_card(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    assert "The bridge opened in 1932.¹ *(support 100%)*" in card.text
    assert "> Before it there was a ferry. **The bridge opened in 1932.** It was painted red." in card.text
    assert f"{stage.alice.mention} <t:" in card.text
    assert f"https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/{answer.id}" in card.text
    assert "81%" in card.text
    assert labels(card) == ["Approve", "Reject", "Edit", "Sources"]
    assert not card.pinged


async def test_without_a_review_channel_and_in_direct_messages_there_are_no_cards(stage: Stage) -> None:
    await stage.slash_ask()
    await until(lambda: stage.store.records[1].posted is not None)
    await stage.set_up_review()
    await stage.fake.wait_for_reply(await stage.alice.dm("When?"))
    await until(lambda: stage.store.records[2].posted is not None)
    assert stage.desk.messages == []


async def test_an_approval_is_shown_on_card_and_answer(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    await stage.mod.click(card, "Approve")
    await stage.shown()
    assert footer(answer) == "#1 · approved by a moderator"
    assert labels(answer) == ["Sources", "Ask further", "👍", "👎", "Flag"]
    assert f"Approved by {stage.mod.mention} <t:" in card.text
    assert all(button["disabled"] for button in card.buttons[:2])


async def test_a_rejected_answer_is_struck_out(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    await stage.mod.click(await stage.card(), "Reject")
    await stage.shown()
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"
    assert "> ~~The bridge opened in 1932.~~" in answer.text
    assert "fields" not in answer.embeds[0]


async def test_verdicts_show_although_the_answer_is_older_than_its_interaction(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    stage.fake.skip(1000)
    await stage.mod.click(card, "Approve")
    await stage.shown()
    assert footer(answer) == "#1 · approved by a moderator"


async def test_only_moderators_give_verdicts(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    refused = await line(await stage.alice.click(await stage.card(), "Approve"))
    assert refused == "You need the permission Manage Messages to review answers."
    assert stage.store.records[1].verdict is None


async def test_only_moderators_of_the_same_server_give_verdicts(empty: Stage) -> None:
    elsewhere = empty.fake.add_guild("Elsewhere")
    desk = empty.fake.add_channel(elsewhere, "desk")
    stranger = empty.fake.add_member(elsewhere, "stranger", permissions=discord.Permissions(manage_messages=True))
    await empty.review.set_review_channel(empty.guild.id, desk.id)
    async with empty.running(guild_ids=[empty.guild.id, elsewhere.id]):
        await empty.slash_ask()
        await until(lambda: empty.store.records[1].card is not None)
        refused = await line(await stranger.click(desk.messages[0], "Approve"))
    assert refused == "This answer was given in another server; it can only be reviewed there."
    assert empty.store.records[1].verdict is None


async def test_the_second_of_two_moderators_sees_who_was_first(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    first, second = await asyncio.gather(stage.mod.click(card, "Approve"), stage.other_mod.click(card, "Reject"))
    told = await line(second)
    await stage.shown()
    assert told.startswith(f"Approved by {stage.mod.mention} <t:")
    assert told.endswith("The first verdict counts.")
    assert await first.acknowledgement() is Callback.DEFERRED_UPDATE
    assert stage.store.records[1].shown is Decision.APPROVED


async def test_the_second_moderator_reads_it_although_the_acknowledgement_was_torn(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    await stage.verdicts.decide(1, Decision.APPROVED, moderator_id=stage.mod.id)
    stage.fake.tear_next("POST", CALLBACK, after_effect=True)
    clicked = await stage.other_mod.click(card, "Reject")
    assert "The first verdict counts." in await line(clicked)


async def test_verdicts_work_after_a_restart(empty: Stage) -> None:
    await empty.set_up_review()
    async with empty.running():
        answer = await empty.slash_ask()
        card = await empty.card()
    async with empty.running():
        await empty.mod.click(card, "Approve")
        await empty.shown()
    assert footer(answer) == "#1 · approved by a moderator"


async def test_a_verdict_is_stored_before_anything_is_edited(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    down = stage.fake.fail_next("PATCH", EDIT_MESSAGE, status=503, times=6)
    await stage.mod.click(card, "Approve")
    await until(lambda: down.used == 6)
    assert stage.store.records[1].verdict is not None
    assert stage.store.records[1].shown is None
    assert footer(answer) == "#1"


async def test_a_verdict_that_could_not_be_shown_is_caught_up_when_the_connection_resumes(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    down = stage.fake.fail_next("PATCH", EDIT_MESSAGE, status=503, times=6)
    await stage.mod.click(card, "Reject")
    await until(lambda: down.used == 6)
    await stage.fake.request_reconnect()
    await stage.shown()
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"
    assert all(button["disabled"] for button in card.buttons[:2])


async def test_a_verdict_that_could_not_be_shown_is_caught_up_at_the_next_start(empty: Stage) -> None:
    await empty.set_up_review()
    async with empty.running():
        answer = await empty.slash_ask()
        card = await empty.card()
        down = empty.fake.fail_next("PATCH", EDIT_MESSAGE, status=503, times=6)
        await empty.mod.click(card, "Approve")
        await until(lambda: down.used == 6)
    async with empty.running():
        await empty.shown()
    assert footer(answer) == "#1 · approved by a moderator"
    assert empty.store.records[1].shown is Decision.APPROVED


async def test_a_stale_card_is_brought_up_to_date_by_the_next_click(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    down = stage.fake.fail_next("PATCH", EDIT_MESSAGE, status=503, times=6)
    await stage.mod.click(card, "Approve")
    await until(lambda: down.used == 6)
    assert "The first verdict counts." in await line(await stage.other_mod.click(card, "Reject"))
    await stage.shown()
    assert footer(answer) == "#1 · approved by a moderator"


async def test_a_torn_edit_is_repeated(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    torn = stage.fake.tear_next("PATCH", EDIT_MESSAGE, times=2)
    await stage.mod.click(await stage.card(), "Approve")
    await stage.shown()
    assert torn.used == 2
    assert footer(answer) == "#1 · approved by a moderator"


async def test_a_deleted_answer_is_no_error(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    answer.deleted = True
    await stage.mod.click(card, "Approve")
    await stage.shown()
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_torn_card_is_posted_once(stage: Stage, after_effect: bool) -> None:
    await stage.set_up_review()
    torn = stage.fake.tear_next("POST", rf"/channels/{stage.desk.id}/messages", after_effect=after_effect)
    await stage.slash_ask()
    card = await stage.card()
    assert torn.used == 1
    assert stage.desk.messages == [card]


async def test_a_card_that_could_not_be_posted_is_caught_up_at_the_next_start(empty: Stage) -> None:
    await empty.set_up_review()
    async with empty.running():
        down = empty.fake.fail_next("POST", rf"/channels/{empty.desk.id}/messages", status=503, times=3)
        answer = await empty.slash_ask()
        await until(lambda: down.used == 3)
        assert "1932" in answer.text
    async with empty.running():
        await empty.card()
    assert len(empty.desk.messages) == 1


async def test_answers_from_before_review_get_no_cards(empty: Stage) -> None:
    async with empty.running():
        await empty.slash_ask("Before?")
        await until(lambda: empty.store.records[1].posted is not None)
    await empty.set_up_review()
    async with empty.running():
        await empty.slash_ask("After?")
        await until(lambda: empty.store.records[2].card is not None)
    [card] = empty.desk.messages
    assert "After?" in card.text


async def test_a_card_whose_place_was_not_written_down_is_found_by_its_click(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    await stage.store.set_card(1, None)
    await stage.mod.click(card, "Approve")
    await stage.shown()
    assert all(button["disabled"] for button in card.buttons[:2])


async def test_an_unreachable_review_channel_does_not_disturb_the_asker(stage: Stage) -> None:
    await stage.set_up_review()
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, deny=discord.Permissions(view_channel=True))
    answer = await stage.slash_ask()
    question = await stage.alice.mention_bot(stage.channel, "When?")
    await stage.fake.wait_for_reply(question)
    assert "1932" in answer.text
    assert stage.desk.messages == []


# Commands


async def test_commands_are_synced_only_when_they_have_changed(empty: Stage) -> None:
    for _ in range(2):
        async with empty.running():
            assert empty.fake.commands.names(empty.guild) == COMMANDS
    assert len(empty.fake.requests_to("PUT", r"/commands$")) == 1
    await empty.store.set_command_hash(empty.guild.id, "that of an older version")
    async with empty.running():
        pass
    assert len(empty.fake.requests_to("PUT", r"/commands$")) == 2


async def test_commands_do_not_show_twice_after_a_change_from_everywhere_to_one_guild(empty: Stage) -> None:
    async with empty.running(guild_ids=[]):
        assert empty.fake.commands.names()
    async with empty.running():
        assert empty.fake.commands.names(empty.guild) == COMMANDS
        assert empty.fake.commands.names() == []
        assert (await empty.slash_ask()).embeds


async def test_commands_are_synced_globally_when_no_guild_is_named(empty: Stage) -> None:
    async with empty.running(guild_ids=[]):
        assert empty.fake.commands.names() == COMMANDS
    assert await empty.store.synced_scopes() == [0]


async def test_a_guild_that_does_not_take_commands_does_not_stop_the_bot(
    empty: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    empty.fake.fail_next("PUT", r"/commands$", status=403, code=50001)
    async with empty.running():
        assert "1932" in (await empty.fake.wait_for_reply(await empty.alice.mention_bot(empty.channel, "When?"))).text
    assert "applications.commands" in caplog.text
    assert await empty.store.synced_scopes() == []


async def test_the_bot_gets_along_without_privileged_intents(watched_store: WatchedStore) -> None:
    privileged = discord.Intents(message_content=True, members=True, presences=True)
    async with FakeDiscord(openapi=OPENAPI, disallowed_intents=privileged) as fake:
        stage = Stage(fake, watched_store)
        async with stage.running():
            question = await stage.alice.mention_bot(stage.channel, "When?")
            assert "1932" in (await fake.wait_for_reply(question)).text
