"""Answers that are shown while they are being made: in one message, within Discord's limits, whenever the process
ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord_stage import TIMING, Stage, until
from examples import a_citation, a_claim, an_answer
from fake_discord import Message
from fake_discord.routes import Request
from watched_store import Killed

from footnote.errors import EmptyIndex, Stopping
from footnote.ports import Drafting
from footnote.records.replies import Reply
from footnote.review.recording import ABANDONED_AFTER
from footnote_bot.inquiries.inquiries import TOO_SLOW
from footnote_bot.posts.drafts import DraftPace
from footnote_bot.posts.posting import Posting
from footnote_bot.posts.replies import RESTARTED, Replies
from footnote_bot.wire.retrying import Retry

QUICK = DraftPace(first=0.0, between=0.01)
CLAIMS = tuple(a_claim(a_citation(number, f"Sentence {number} of the answer.")) for number in range(1, 51))
READING = "Reading 6 passages…"
EDIT = r"/channels/\d+/messages/\d+|/webhooks/.*/messages/@original"
POST = r"/channels/\d+/messages$"
TRIES = 3  # of the stage's Retry

both_ways = pytest.mark.parametrize("way", ["command", "mention"])


def so_far(claims: int) -> Drafting:
    return Drafting(6, CLAIMS[:claims])


@pytest.fixture(autouse=True)
def _drafts_at_once(empty: Stage) -> None:
    empty.pace = QUICK


async def begin(stage: Stage, way: str = "mention", *, claims: int = 0) -> Message:
    """Asks a question that is still being answered, and waits for the first draft."""
    stage.ask.hold = asyncio.Event()
    stage.ask.drafting = (so_far(claims),)
    stage.ask.outcome = lambda question: an_answer(question, *CLAIMS[:3])
    await ask(stage, way)
    await shows(stage, f"Sentence {claims}" if claims else READING)
    return replies(stage)[0]


async def ask(stage: Stage, way: str = "mention") -> None:
    if way == "command":
        await stage.alice.slash(stage.channel, "ask", question="When?")
    else:
        await stage.alice.mention_bot(stage.channel, "When?")


def replies(stage: Stage) -> list[Message]:
    return [message for message in stage.channel.messages if message.author is stage.fake.bot]


async def shows(stage: Stage, words: str) -> None:
    await stage.fake.wait_for(lambda: any(words in message.text for message in replies(stage)), what=words)


async def finish(stage: Stage) -> None:
    assert stage.ask.hold
    stage.ask.hold.set()
    await idle(stage)


async def idle(stage: Stage) -> None:
    await until(lambda: stage.client.in_flight.is_idle)


async def kill(stage: Stage) -> None:
    """While the question is being answered."""
    stage.ask.error = Killed()
    await finish(stage)
    stage.ask.error = None


async def mend(stage: Stage) -> None:
    stage.later = 2 * ABANDONED_AFTER
    await catch_up(stage)


async def catch_up(stage: Stage) -> None:
    await until(lambda: not stage.client.face.upkeep.posting._catching_up.locked())
    await stage.client.face.upkeep.posting.catch_up([stage.guild.id])


def descriptions(message: Message) -> list[str]:
    return [version.content for version in message.versions if version.embeds]


def is_done(message: Message) -> bool:
    texts = [claim.text in message.text for claim in CLAIMS[:3]]
    return all(texts) and READING not in message.text and len(message.buttons) == 5


def shown(requests: Sequence[Request]) -> list[str]:
    """Which messages were posted or edited; not the acknowledgement and typing."""
    return [each.path for each in requests if each.method in ("POST", "PATCH") and "messages" in each.path]


# Drafts


@both_ways
async def test_a_slow_answer_grows_in_one_message_until_it_is_there(stage: Stage, way: str) -> None:
    reply = await begin(stage, way)
    for claims in (1, 2):
        stage.ask.tell(so_far(claims))
        await shows(stage, f"Sentence {claims}")
        assert reply.embeds[0]["footer"]["text"] == READING
        assert reply.buttons == []
    await finish(stage)
    assert replies(stage) == [reply]
    one, two, three = (f"Sentence {number} of the answer.{mark}" for number, mark in ((1, "¹"), (2, "²"), (3, "³")))
    assert descriptions(reply) == [READING, f"{one}\n…", f"{one}\n{two}\n…", f"{one}\n{two}\n{three}"]
    assert {version.embeds[0]["title"] for version in reply.versions} == {"When?"}
    assert is_done(reply)
    assert await stage.store.left() == []
    assert await stage.store.find_posted(reply.id) == stage.store.records[1]


@both_ways
async def test_an_answer_that_is_ready_soon_is_posted_at_once(empty: Stage, way: str) -> None:
    empty.ask.drafting = (so_far(0), so_far(1))
    async with empty.running(pace=DraftPace()):
        await ask(empty, way)
        await shows(empty, "1932")
        await idle(empty)
    [reply] = replies(empty)
    assert len(reply.versions) == len(shown(empty.fake.requests)) == 1


@both_ways
async def test_fifty_drafts_in_a_moment_are_a_few_edits(empty: Stage, way: str) -> None:
    between = 0.1
    async with empty.running(pace=DraftPace(first=0.0, between=between)):
        reply = await begin(empty, way)
        began = asyncio.get_running_loop().time()
        for claims in range(1, 51):
            empty.ask.tell(so_far(claims))
            await asyncio.sleep(0.005)  # the pace is one of real time
        await finish(empty)
        took = asyncio.get_running_loop().time() - began
    assert 3 <= len(reply.versions) <= 3 + took / between
    assert is_done(reply)


async def test_what_is_shown_already_is_not_sent_again(stage: Stage) -> None:
    reply = await begin(stage, claims=1)
    for _ in range(3):
        stage.ask.tell(so_far(2), so_far(1))
        await asyncio.sleep(0.03)  # three times the pause between edits: nothing is sent, which is no event
    assert len(reply.versions) == 1
    await finish(stage)


async def test_the_final_answer_replaces_claims_that_were_dropped(stage: Stage) -> None:
    reply = await begin(stage, claims=3)
    stage.ask.outcome = an_answer
    await finish(stage)
    assert replies(stage) == [reply]
    assert reply.content == "The bridge opened in 1932.¹"
    assert "Sentence" not in reply.text


@both_ways
async def test_a_draft_on_its_way_does_not_overtake_the_answer(stage: Stage, way: str) -> None:
    reply = await begin(stage, way)
    slow = stage.fake.slow_next("PATCH", EDIT, seconds=0.2)
    stage.ask.tell(so_far(1))
    await until(lambda: slow.used == 1)
    await finish(stage)
    await until(lambda: all(edit.statuses for edit in stage.fake.requests_to("PATCH", EDIT)))
    assert is_done(reply)


async def test_drafts_ping_nobody_and_are_not_active(stage: Stage) -> None:
    evil = "@everyone <@123456789012345678> [here](https://evil.example) # Big"
    stage.ask.hold = asyncio.Event()
    stage.ask.drafting = (Drafting(1, (a_claim(a_citation(1, evil)),)),)
    await ask(stage)
    await shows(stage, "Reading 1 passage…")
    [reply] = replies(stage)
    assert not reply.pinged
    assert "@everyone" not in reply.text
    assert "](https://evil.example" not in reply.text
    await finish(stage)


async def test_where_the_bot_could_not_come_back_no_draft_is_shown(empty: Stage) -> None:
    empty.ask.hold = asyncio.Event()
    empty.ask.drafting = (so_far(1),)
    empty.fake.set_overwrite(empty.channel, empty.fake.bot, deny=discord.Permissions(view_channel=True))
    async with empty.running():
        await ask(empty, "command")
        await until(lambda: bool(empty.ask.questions))
        assert empty.ask.on_drafting is None
        assert [message.is_thinking for message in replies(empty)] == [True]
        await finish(empty)
    assert "1932" in replies(empty)[0].text


async def test_a_reply_that_cannot_be_put_on_record_shows_its_answer_only(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_tried = asyncio.Event()

    async def broken(_reply: Reply) -> None:
        is_tried.set()
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(stage.store, "put_reply", broken)
    stage.ask.hold = asyncio.Event()
    stage.ask.drafting = (so_far(1),)
    await ask(stage)
    await is_tried.wait()
    assert replies(stage) == []
    await finish(stage)
    assert "1932" in replies(stage)[0].text


# Errors


@both_ways
async def test_an_error_replaces_the_draft(stage: Stage, way: str) -> None:
    reply = await begin(stage, way, claims=1)
    stage.ask.error = EmptyIndex()
    await finish(stage)
    assert replies(stage) == [reply]
    assert reply.text == reply.content == str(EmptyIndex())
    assert await stage.store.left() == []


async def test_the_timeout_message_replaces_the_draft(empty: Stage) -> None:
    async with empty.running(answer_within=0.2):
        reply = await begin(empty, claims=1)
        await shows(empty, "is taking too long")
    assert replies(empty) == [reply]
    assert reply.embeds == []


async def test_the_timeout_message_replaces_the_draft_below_somebody_elses_message(empty: Stage) -> None:
    empty.ask.hold, empty.ask.drafting = asyncio.Event(), (so_far(1),)
    async with empty.running(answer_within=0.2):
        message = await empty.mod.say(empty.channel, "When?")
        choice = await (await empty.alice.use(message, "Answer from the articles")).response()
        await empty.alice.click(choice, "Reply to the message")
        await shows(empty, "Sentence 1")
        await shows(empty, "is taking too long")
        await idle(empty)
    [reply] = replies(empty)
    assert reply.text == reply.content == TOO_SLOW
    assert await empty.store.left() == []


@both_ways
async def test_the_end_of_the_process_replaces_the_draft(empty: Stage, way: str) -> None:
    async with empty.running(timing=replace(TIMING, to_settle=0.02)):
        reply = await begin(empty, way, claims=1)
    assert replies(empty) == [reply]
    assert reply.text == str(Stopping())
    assert await empty.store.left() == []


# Problems with Discord


@pytest.mark.parametrize(("way", "status"), [("command", 429), ("mention", 429), ("mention", 500), ("mention", 503)])
async def test_refused_edits_are_made_up_for(stage: Stage, way: str, status: int) -> None:
    reply = await begin(stage, way)
    drafts = stage.fake.fail_next("PATCH", EDIT, status=status, retry_after=0.02)
    stage.ask.tell(so_far(1))
    await shows(stage, "Sentence 1")
    answers = stage.fake.fail_next("PATCH", EDIT, status=status, retry_after=0.02)
    await finish(stage)
    assert (drafts.used, answers.used) == (1, 1)
    assert is_done(reply)


@both_ways
@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_torn_first_draft_is_posted_once(stage: Stage, way: str, after_effect: bool) -> None:
    torn = stage.fake.tear_next("PATCH" if way == "command" else "POST", rf"{POST}|{EDIT}", after_effect=after_effect)
    reply = await begin(stage, way)
    await finish(stage)
    assert torn.used == 1
    assert replies(stage) == [reply]
    assert is_done(reply)


@both_ways
async def test_an_answer_finds_the_first_draft_of_which_only_the_reply_was_lost(empty: Stage, way: str) -> None:
    method = "PATCH" if way == "command" else "POST"
    torn = empty.fake.tear_next(method, rf"{POST}|{EDIT}", after_effect=True)
    async with empty.running(pace=DraftPace(first=0.0, between=60.0)):
        reply = await begin(empty, way)
        await until(lambda: torn.used == 1)
        await finish(empty)
    assert replies(empty) == [reply]
    assert is_done(reply)


@both_ways
async def test_an_answer_that_could_not_be_shown_is_shown_later(stage: Stage, way: str) -> None:
    reply = await begin(stage, way)
    down = stage.fake.tear_next("PATCH", EDIT, times=2 * TRIES)
    await finish(stage)
    assert descriptions(reply) == [READING]
    await mend(stage)
    assert down.used == 2 * TRIES
    assert descriptions(reply) == [READING]
    await mend(stage)
    assert replies(stage) == [reply]
    assert is_done(reply)


@both_ways
async def test_a_draft_that_somebody_deletes_stays_deleted(
    stage: Stage, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await begin(stage, way)
    reply.deleted = True
    stage.ask.tell(so_far(1))
    await finish(stage)
    assert replies(stage) == []
    assert await stage.store.left() == []
    assert stage.store.records[1].posted is None
    assert not [record for record in caplog.records if record.levelname != "INFO"]


# Killed


@both_ways
@pytest.mark.parametrize("when", ["begun", "drafting", "recorded", "shown"])
async def test_whenever_the_process_is_killed_the_next_one_ends_the_reply(empty: Stage, way: str, when: str) -> None:
    await empty.set_up_review()
    async with empty.running():
        empty.store.killed_when = when
        reply = await begin(empty, way)
        await (kill if when in ("begun", "drafting") else finish)(empty)
        assert len(await empty.store.left()) == 1
    empty.later = ABANDONED_AFTER + timedelta(seconds=1)
    posts = len(empty.fake.requests_to("POST", rf"/channels/{empty.channel.id}/messages"))
    async with empty.running():
        await until(lambda: empty.store.passes >= 2)
        await idle(empty)
    assert len(empty.fake.requests_to("POST", rf"/channels/{empty.channel.id}/messages")) == posts
    assert replies(empty) == [reply]
    assert await empty.store.left() == []
    if when in ("begun", "drafting"):
        assert reply.text == RESTARTED
        assert empty.desk.messages == []
    else:
        assert is_done(reply)
        assert await empty.store.find_posted(reply.id) == empty.store.records[1]
        assert len(empty.desk.messages) == 1


async def test_a_reply_that_another_process_may_still_work_at_is_left_to_it(stage: Stage) -> None:
    reply = await begin(stage)
    stage.later = ABANDONED_AFTER - timedelta(seconds=10)
    await catch_up(stage)
    assert descriptions(reply) == [READING]
    await finish(stage)
    assert is_done(reply)


async def test_an_answer_overrides_a_line_that_came_too_early(stage: Stage) -> None:
    reply = await begin(stage)
    await mend(stage)
    assert reply.text == RESTARTED
    await finish(stage)
    assert is_done(reply)


async def test_two_processes_that_repair_at_once_show_one_answer_and_one_card(stage: Stage) -> None:
    await stage.set_up_review()
    stage.store.killed_when = "recorded"
    reply = await begin(stage)
    await finish(stage)
    stage.later = 2 * ABANDONED_AFTER
    posting = stage.client.face.upkeep.posting
    other = Posting(
        stage.client,
        stage.review,
        stage.stores,
        stage.client.host.contexts,
        Retry(attempts=1),
        stage.client.host.privacy,
        posting.lost_review,
        Replies(stage.client, stage.review, Retry(attempts=1), stage.client.gate.languages, timing=TIMING),
    )
    await asyncio.gather(*(each.catch_up([stage.guild.id]) for each in (stage.client.face.upkeep.posting, other)))
    assert replies(stage) == [reply]
    assert is_done(reply)
    assert len(stage.desk.messages) == 1


async def test_an_abandoned_reply_that_is_deleted_is_forgotten(stage: Stage) -> None:
    await stage.set_up_review()
    stage.store.killed_when = "recorded"
    reply = await begin(stage)
    await finish(stage)
    reply.deleted = True
    await mend(stage)
    assert await stage.store.left() == []
    assert replies(stage) == stage.desk.messages == []


async def test_a_reply_that_was_never_posted_is_forgotten(stage: Stage) -> None:
    question = await stage.alice.say(stage.channel, "When?")
    await stage.review.begin_reply(question.id, stage.channel.id)
    await mend(stage)
    assert await stage.store.left() == []
    assert replies(stage) == []


async def test_an_abandoned_reply_waits_until_discord_is_back(stage: Stage) -> None:
    reply = await begin(stage)
    await kill(stage)
    stage.fake.fail_next("PATCH", EDIT, status=503, times=TRIES)
    await mend(stage)
    assert descriptions(reply) == [READING]
    await mend(stage)
    assert reply.text == RESTARTED


async def test_abandoned_replies_are_looked_for_while_the_bot_runs(empty: Stage) -> None:
    async with empty.running(timing=replace(TIMING, between_passes=0.25)):
        reply = await begin(empty)
        await kill(empty)
        empty.later = 2 * ABANDONED_AFTER
        await empty.fake.wait_for(lambda: reply.content == RESTARTED)


@pytest.mark.parametrize("way", ["command", "mention"])
async def test_a_draft_that_comes_after_the_answer_does_not_stay(empty: Stage, way: str) -> None:
    async with empty.running(timing=replace(TIMING, for_draft=0.1, for_late_draft=0.4)):
        reply = await begin(empty, way)
        slow = empty.fake.slow_next("PATCH", EDIT, seconds=0.3)
        empty.ask.tell(so_far(1))
        await until(lambda: slow.used == 1)
        assert empty.ask.hold
        empty.ask.hold.set()
        await until(lambda: is_done(reply))
        await until(lambda: not is_done(reply))
        await idle(empty)
        assert is_done(reply)
        assert empty.store.records[1].posted is not None
