"""The bot in Discord with problems: lost channels, archived threads, crashes, restarts, broken connections."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord_stage import COMMANDS, OPENAPI, TIMING, Stage, line, until
from examples import an_answer
from fake_discord import Callback, Channel, FakeDiscord, Message
from watched_store import WatchedStore

from footnote.errors import SettingsError, Stopping
from footnote.records.answers import Decision, MessageRef
from footnote_bot.building.build_endings import STOPPED
from footnote_bot.client import FootnoteClient, point_at, serve
from footnote_bot.posts.posting import CARDS_PER_PASS, NOT_EDITED

EDIT_ANSWER = r"/webhooks/.*/messages/@original"
CALLBACK = r"/interactions/.*/callback"
EDIT_MESSAGE = r"/channels/\d+/messages/\d+"
TRIES = 3  # of the stage's Retry
HIDDEN = discord.Permissions(view_channel=True)


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


def warnings(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.levelno >= logging.WARNING]


async def resume(stage: Stage) -> None:
    """The connection breaks and comes back; returns when the work that this starts is done."""
    await idle(stage)
    passes = stage.store.passes
    await stage.fake.request_reconnect()
    await until(lambda: stage.store.passes > passes)
    await idle(stage)


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


def refused(stage: Stage) -> int:
    return sum(403 in request.statuses for request in stage.fake.requests)


# Answers that cannot be edited


async def test_an_answer_out_of_sight_is_named_on_its_card_and_left_alone(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    card = await stage.card()
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=HIDDEN)
    await stage.mod.click(card, "Reject")
    await stage.shown()
    assert card.content == NOT_EDITED
    assert footer(answer) == "#1"
    tries = refused(stage)
    await resume(stage)
    assert refused(stage) == tries == 1
    [warning] = warnings(caplog)
    assert warning.exc_info is None


async def test_a_verdict_shows_in_an_archived_thread_which_stays_archived(stage: Stage) -> None:
    await stage.set_up_review()
    thread = stage.fake.add_thread(stage.channel, "talk", stage.alice)
    answer = await stage.slash_ask(channel=thread)
    card = await stage.card()
    thread.owner = stage.fake.bot
    thread.archived = True
    await stage.mod.click(card, "Reject")
    await stage.shown()
    assert footer(answer) == "#1 · withdrawn: rejected by a moderator"
    assert thread.archived
    assert card.content == ""


async def test_a_thread_that_the_bot_may_not_archive_stays_open(stage: Stage) -> None:
    await stage.set_up_review()
    thread = stage.fake.add_thread(stage.channel, "talk", stage.alice)
    answer = await stage.slash_ask(channel=thread)
    thread.archived = True
    card = await stage.card()
    await stage.mod.click(card, "Approve")
    await stage.shown()
    assert footer(answer) == "#1 · approved by a moderator"
    assert not thread.archived
    assert card.content == ""


# Review channels that are lost


async def test_a_review_channel_out_of_sight_is_tried_once_a_pass(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.set_up_review()
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, deny=HIDDEN)
    for number in range(3):
        await stage.slash_ask(f"Question {number}?")
    await idle(stage)
    assert refused(stage) == 3
    caplog.clear()
    await resume(stage)
    assert refused(stage) == 4
    [warning] = warnings(caplog)
    assert warning.exc_info is None
    assert await stage.store.review_channel(stage.guild.id) is not None


async def test_a_deleted_review_channel_switches_review_off(stage: Stage) -> None:
    await stage.set_up_review()
    del stage.fake.world.channels[stage.desk.id]
    await stage.slash_ask()
    await resume(stage)
    assert await stage.store.review_channel(stage.guild.id) is None
    assert "Review is off" in await line(await stage.admin.slash(stage.channel, "setup"))


async def test_a_pass_posts_a_bounded_number_of_cards(empty: Stage) -> None:
    await empty.set_up_review()
    guild_id, channel_id = empty.guild.id, empty.channel.id
    for number in range(CARDS_PER_PASS + 1):
        record = await empty.review.record(an_answer(), asker_id=1, guild_id=guild_id, channel_id=channel_id)
        await empty.store.set_posted(record.id, MessageRef(empty.channel.id, number))
    async with empty.running():
        await until(lambda: empty.store.records[CARDS_PER_PASS].card is not None)
        await idle(empty)
        assert len(empty.desk.messages) == CARDS_PER_PASS
        await resume(empty)
        assert len(empty.desk.messages) == CARDS_PER_PASS + 1


# Catching up


async def test_what_was_kept_back_is_caught_up_while_the_connection_holds(empty: Stage) -> None:
    await empty.set_up_review()
    async with empty.running(timing=replace(TIMING, between_passes=0.2)) as client:
        answer = await empty.slash_ask()
        card = await empty.card()
        down = empty.fake.fail_next("PATCH", EDIT_MESSAGE, status=503, times=6)
        await empty.mod.click(card, "Approve")
        await until(lambda: down.used == 6)
        await empty.shown()
    assert footer(answer) == "#1 · approved by a moderator"
    assert empty.fake.gateway.resumes == 0
    assert client.face.upkeep.background
    assert all(task.cancelled() for task in client.face.upkeep.background)


async def test_two_passes_at_once_do_the_work_once(stage: Stage) -> None:
    await stage.set_up_review()
    down = stage.fake.fail_next("POST", rf"/channels/{stage.desk.id}/messages", status=503, times=99)
    await stage.slash_ask()
    await until(lambda: down.used == TRIES)
    await asyncio.gather(*(stage.client.face.upkeep.posting.catch_up([stage.guild.id]) for _ in range(3)))
    assert down.used == 2 * TRIES


# Cards that stand twice


async def test_of_two_cards_only_the_one_on_record_is_obeyed(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    first = await stage.card()
    await stage.store.set_card(1, None)
    stage.fake.skip(1000)
    await resume(stage)
    second = await stage.card()
    assert stage.desk.messages == [first, second]
    told = await line(await stage.mod.click(first, "Approve"))
    assert told.startswith("This is no longer the card of answer #1. The card is https://discord.com/channels/")
    assert told.endswith(f"/{second.id}")
    assert stage.store.records[1].verdict is None
    await stage.mod.click(second, "Approve")
    await stage.shown()
    assert footer(second) == "#1 · approved"


async def test_a_double_click_is_one_verdict_and_no_complaint(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    clicks = await asyncio.gather(stage.mod.click(card, "Approve"), stage.mod.click(card, "Approve"))
    await stage.shown()
    await idle(stage)
    assert [click.messages for click in clicks] == [[], []]


async def test_a_moderator_who_changes_their_mind_sees_that_the_first_verdict_stands(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    clicks = await asyncio.gather(stage.mod.click(card, "Approve"), stage.mod.click(card, "Reject"))
    assert "The first verdict counts." in await line(clicks[1])


# A database that is lost


async def test_buttons_from_before_the_database_was_lost_speak_of_no_other_answer(stage: Stage) -> None:
    before = await stage.slash_ask("Before?")
    await until(lambda: stage.store.records[1].posted is not None)
    await stage.store.forget_everything()
    await stage.slash_ask("After?")
    await until(lambda: stage.store.records[1].posted is not None)
    told = await line(await stage.alice.click(before, "Sources"))
    assert told == "This answer no longer exists. Ask again to get a new one."


async def test_sources_are_shown_under_the_answer_and_under_its_card_only(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    assert "ferry" in (await (await stage.mod.click(card, "Sources")).response()).text
    elsewhere = stage.fake.add_channel(stage.guild, "elsewhere")
    card.channel.all_messages().remove(card)
    elsewhere.all_messages().append(card)
    card.channel = elsewhere
    assert "no longer exists" in await line(await stage.mod.click(card, "Sources"))
    assert "can only be reviewed there" in await line(await stage.mod.click(card, "Approve"))
    assert stage.store.records[1].verdict is None


async def test_a_new_database_does_not_bring_back_old_messages(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(stage.channel, "Before?"))
    await stage.card()
    await stage.store.forget_everything()
    stage.later = timedelta(seconds=2)
    await stage.set_up_review()
    question = await stage.alice.mention_bot(stage.channel, "After?")
    assert "After?" in (await stage.fake.wait_for_reply(question)).text
    assert "After?" in (await stage.card()).text
    assert len(stage.desk.messages) == 2


# Interactions


async def test_what_another_process_has_acknowledged_is_left_to_it(stage: Stage) -> None:
    stage.fake.fail_next("POST", CALLBACK, status=400, code=40060)
    await stage.alice.slash(stage.channel, "ask", question="Whose?")
    await stage.slash_ask("Mine?")
    assert stage.ask.questions == ["Mine?"]


async def test_a_verdict_that_another_process_has_acknowledged_is_left_to_it(stage: Stage) -> None:
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    taken = stage.fake.fail_next("POST", CALLBACK, status=400, code=40060)
    await stage.mod.click(card, "Approve")
    await until(lambda: taken.used == 1)
    await idle(stage)
    assert stage.store.records[1].verdict is None


@pytest.mark.parametrize("status", [500, 502])
async def test_an_acknowledgement_is_repeated_in_time(stage: Stage, status: int) -> None:
    failing = stage.fake.fail_next("POST", CALLBACK, status=status, times=2)
    asked = await stage.alice.slash(stage.channel, "ask", question="When?")
    assert await asked.outcome() is Callback.DEFERRED_MESSAGE
    assert failing.used == 2
    assert "1932" in (await asked.response()).text


async def test_an_acknowledgement_counts_even_if_all_its_responses_are_late(stage: Stage) -> None:
    stage.fake.slow_next("POST", CALLBACK, seconds=1.0, times=9)
    assert "1932" in (await stage.slash_ask()).text


async def test_if_an_acknowledgement_never_arrives_the_answer_is_a_separate_message(stage: Stage) -> None:
    failing = stage.fake.fail_next("POST", CALLBACK, status=502, times=9)
    asked = await stage.alice.slash(stage.channel, "ask", question="When?")
    assert await asked.failure() is True
    assert failing.used > 1
    [late] = await stage.fake.wait_for(lambda: stage.channel.messages)
    assert late.pinged == {"alice"}
    assert "1932" in late.text


async def test_an_answer_whose_responses_were_lost_is_on_record_and_stays(stage: Stage) -> None:
    torn = stage.fake.tear_next("PATCH", EDIT_ANSWER, times=3, after_effect=True)
    answer = await stage.slash_ask()
    await until(lambda: stage.store.records[1].posted is not None)
    assert torn.used == 3
    assert answer.content.startswith("The bridge opened in 1932.")


async def test_an_error_line_never_appears_together_with_an_answer(stage: Stage) -> None:
    stage.fake.tear_next("PATCH", EDIT_ANSWER, times=3, after_effect=True)
    stage.fake.fail_next("GET", EDIT_ANSWER, status=403)
    answer = await stage.slash_ask()
    await stage.fake.wait_for(lambda: "Something went wrong" in answer.content)
    assert answer.embeds == []
    assert answer.buttons == []


async def test_the_status_of_the_index_is_for_managers(stage: Stage) -> None:
    stage.offer_commands_to_everybody()
    told = await line(await stage.alice.slash(stage.channel, "index status"))
    assert told == "You need the permission Manage Server for this."


# Threads


async def a_talk(stage: Stage, *, allow: discord.Permissions, deny: discord.Permissions) -> Channel:
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, allow=allow, deny=deny)
    thread = stage.fake.add_thread(stage.channel, "talk", stage.alice)
    await until(lambda: stage.client.get_channel(thread.id) is not None)
    return thread


@pytest.mark.parametrize("in_threads", [True, False])
async def test_in_threads_the_permission_to_write_in_threads_counts(stage: Stage, in_threads: bool) -> None:
    elsewhere = discord.Permissions(send_messages=True)
    here = discord.Permissions(send_messages_in_threads=True)
    allow, deny = (here, elsewhere) if in_threads else (elsewhere, here)
    stage.fake.set_overwrite(stage.channel, stage.alice, allow=elsewhere | here)
    stage.fake.set_overwrite(stage.channel, stage.admin, allow=elsewhere | here)
    thread = await a_talk(stage, allow=allow, deny=deny)
    question = await stage.alice.mention_bot(thread, "When?")
    rebuild = await line(await stage.admin.slash(thread, "index rebuild"))
    if in_threads:
        assert "1932" in (await stage.fake.wait_for_reply(question)).text
        assert rebuild == "Rebuilding; see the progress below."
    else:
        assert stage.ask.questions == []
        assert "Give me these permissions there: Send Messages in Threads." in rebuild


async def test_a_thread_whose_channel_is_not_known_is_still_answered(stage: Stage) -> None:
    thread = stage.fake.add_thread(stage.channel, "talk", stage.alice)
    await until(lambda: stage.client.get_channel(thread.id) is not None)
    guild = stage.client.get_guild(stage.guild.id)
    assert guild is not None
    guild._channels.pop(stage.channel.id)
    question = await stage.alice.mention_bot(thread, "When?")
    assert "1932" in (await stage.fake.wait_for_reply(question)).text


async def test_a_question_that_is_deleted_meanwhile_is_still_answered(stage: Stage) -> None:
    stage.ask.hold = asyncio.Event()
    question = await stage.alice.mention_bot(stage.channel, "When?")
    await until(lambda: bool(stage.ask.questions))
    await stage.alice.delete(question)
    stage.ask.hold.set()
    await stage.fake.wait_for(lambda: [message for message in stage.channel.messages if "1932" in message.text])


# Rebuilds


async def test_a_rebuild_is_stopped_with_the_bot_and_says_so(empty: Stage) -> None:
    empty.index.may_end.clear()
    async with empty.running():
        await line(await empty.admin.slash(empty.channel, "index rebuild"))
        [progress] = empty.channel.messages
    empty.index.may_end.set()
    assert progress.text == STOPPED


async def test_a_torn_progress_message_is_posted_once(stage: Stage) -> None:
    stage.index.may_end.clear()
    torn = stage.fake.tear_next("POST", rf"/channels/{stage.channel.id}/messages", after_effect=True)
    await line(await stage.admin.slash(stage.channel, "index rebuild"))
    stage.index.may_end.set()
    assert torn.used == 1
    assert len(stage.channel.messages) == 1


# Leaving


async def test_people_who_ask_during_a_shutdown_are_asked_to_come_back(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    await empty.set_up_review()
    async with empty.running(timing=replace(TIMING, to_settle=5.0)) as client:
        empty.ask.hold.set()
        answer = await empty.slash_ask()
        card = await empty.card()
        empty.ask.hold.clear()
        first = await empty.alice.slash(empty.channel, "ask", question="First?")
        await until(lambda: "First?" in empty.ask.questions)
        leaving = asyncio.create_task(client.close())
        await until(lambda: client.in_flight._is_settling)
        told = [
            await line(await empty.alice.slash(empty.channel, "ask", question="Late?")),
            await line(await empty.alice.click(answer, "Sources")),
            await line(await empty.mod.click(card, "Approve")),
            await line(await empty.admin.slash(empty.channel, "index rebuild")),
            await line(await empty.admin.slash(empty.channel, "index status")),
            await line(await empty.admin.slash(empty.channel, "setup")),
            (await empty.fake.wait_for_reply(await empty.alice.mention_bot(empty.channel, "Late?"))).content,
        ]
        empty.ask.hold.set()
        await leaving
    assert set(told) == {str(Stopping())}
    assert "1932" in (await first.response()).text
    assert empty.ask.questions[-1] == "First?"
    assert empty.store.records[1].verdict is None


async def test_a_watch_whose_build_is_slow_to_stop_keeps_no_answer_back(
    empty: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_stop = asyncio.Event()

    async def build(**_options: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await may_stop.wait()

    monkeypatch.setattr(empty.index, "build", build)
    empty.ask.hold = asyncio.Event()
    async with empty.running(seconds_between_looks=0.01) as client:
        asked = await empty.alice.slash(empty.channel, "ask", question="First?")
        await until(lambda: "First?" in empty.ask.questions)
        leaving = asyncio.create_task(client.close())
        try:
            await until(lambda: client.in_flight._is_settling, seconds=1)
            empty.ask.hold.set()
            assert "1932" in (await asked.response()).text
        finally:
            may_stop.set()
            await leaving


async def test_a_mention_that_is_cut_off_says_so(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    async with empty.running(timing=replace(TIMING, to_settle=0.02)):
        question = await empty.alice.mention_bot(empty.channel, "When?")
        await until(lambda: bool(empty.ask.questions))
    assert (await empty.fake.wait_for_reply(question)).content == str(Stopping())


async def test_a_verdict_under_way_is_stored_and_shown_before_the_bot_leaves(empty: Stage) -> None:
    await empty.set_up_review()
    async with empty.running():
        answer = await empty.slash_ask()
        card = await empty.card()
        empty.fake.slow_next("POST", CALLBACK, seconds=0.2)
        await idle(empty)
        await empty.mod.click(card, "Approve")
        await until(lambda: not empty.client.in_flight.is_idle)
    assert empty.store.records[1].shown is Decision.APPROVED
    assert footer(answer) == "#1 · approved by a moderator"


# Commands


async def test_commands_are_for_servers_and_those_of_askers_also_for_direct_messages(empty: Stage) -> None:
    async with empty.running(guild_ids=[]):
        [sync] = empty.fake.requests_to("PUT", r"/commands$")
    contexts = {command["name"]: command["contexts"] for command in sync.body}
    in_servers = {name: [0] for name in ("index", "setup", "review", "status", "audit", "Add to articles")}
    for_askers = ("ask", "why", "forget-me", "privacy", "help", "about", "Answer from the articles", "Check this")
    assert contexts == in_servers | {name: [0, 1] for name in for_askers}
    assert all(command["integration_types"] == [0] for command in sync.body)


async def test_commands_are_withdrawn_from_servers_that_are_no_longer_named(empty: Stage) -> None:
    other = empty.fake.add_guild("Other")
    async with empty.running(guild_ids=[empty.guild.id, other.id]):
        assert empty.fake.commands.names(other) == COMMANDS
    async with empty.running():
        assert empty.fake.commands.names(other) == []
    async with empty.running(guild_ids=[]):
        assert empty.fake.commands.names(empty.guild) == []
        assert (await empty.slash_ask()).embeds
    assert await empty.store.synced_scopes() == [0]


async def test_a_server_that_the_bot_has_left_is_forgotten(empty: Stage) -> None:
    await empty.store.set_command_hash(4711, "that of a server that is gone")
    async with empty.running():
        pass
    assert await empty.store.synced_scopes() == [empty.guild.id]


async def test_another_application_on_the_same_database_syncs_its_own_commands(
    empty: Stage, watched_store: WatchedStore
) -> None:
    async with empty.running():
        pass
    async with FakeDiscord(openapi=OPENAPI) as fake:
        other = Stage(fake, watched_store)
        other.guild.id = empty.guild.id
        fake.world.guilds = {other.guild.id: other.guild}
        async with other.running():
            assert fake.commands.names(other.guild) == COMMANDS


# Coming in


async def a_client(stage: Stage) -> FootnoteClient:
    point_at(stage.fake.api_url, stage.fake.gateway_url)
    return stage.a_client(guild_ids=[stage.guild.id])


async def test_a_fault_of_ours_is_not_blamed_on_the_network(empty: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_scope: int) -> str | None:
        raise AttributeError("a fault of ours")

    monkeypatch.setattr(empty.store, "command_hash", broken)
    with pytest.raises(AttributeError, match="a fault of ours"):
        await serve(await a_client(empty), empty.fake.token)


async def test_a_fault_of_ours_in_the_connection_is_not_blamed_on_the_network_either(
    empty: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> None:
        raise AttributeError("a fault of ours")

    client = await a_client(empty)
    monkeypatch.setattr(client, "connect", broken)
    with pytest.raises(AttributeError, match="a fault of ours"):
        await serve(client, empty.fake.token)


async def test_a_full_disk_is_not_blamed_on_the_network(empty: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_scope: int) -> str | None:
        raise OSError("the disk is full")

    monkeypatch.setattr(empty.store, "command_hash", full)
    with pytest.raises(OSError, match="the disk is full"):
        await serve(await a_client(empty), empty.fake.token)


async def test_the_reason_why_discord_cannot_be_reached_is_logged(
    empty: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "footnote_bot.client")
    client = await a_client(empty)
    point_at(None, "ws://127.0.0.1:1/")
    with pytest.raises(SettingsError, match="Discord cannot be reached"):
        await serve(client, empty.fake.token)
    [logged] = [record for record in caplog.records if record.name == "footnote_bot.client" and record.exc_info]
    assert logged.exc_info is not None
    assert isinstance(logged.exc_info[1], OSError)
