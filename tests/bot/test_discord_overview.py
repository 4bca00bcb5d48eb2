"""/review and /why in Discord, and the digest: who sees what, page by page, and the files that are handed out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import discord
import numpy as np
import pytest
from discord_stage import TIMING, Stage, line, until
from examples import RECEIPT, a_citation, a_claim, an_abstention, an_answer
from fake_discord import Channel, Message
from sqlalchemy import insert, update

from footnote.adapters.database.tables import AnswerRow, GuildRow, VoteRow
from footnote.models import Abstention, Answer, Article, Candidate, CheckedClaim, Fate, Hit, Passage, Signals
from footnote.records.answers import AnswerRecord, Decision, MessageRef
from footnote.review.gaps import Vectors
from footnote.review.recording import utc_now
from footnote.stores import Asked
from footnote.text.sentences import split_sentences
from footnote_bot.posts.digest import Digest
from footnote_bot.render import overview as render_overview
from footnote_bot.wire.retrying import Retry

PUBLIC_THREAD, PRIVATE_THREAD = 11, 12
ONLY_OWN = "Only the person who asked a question, and moderators, can see how its answer was made."
NOT_A_MODERATOR = "You need the permission Manage Messages to review answers."


async def on_record(
    stage: Stage,
    outcome: Answer | Abstention | None = None,
    *,
    channel: Channel | None = None,
    days_ago: float = 0.0,
    asker_id: int | None = None,
) -> AnswerRecord:
    """A posted answer, as if somebody had asked."""
    place = channel or stage.channel
    asked = Asked(asker_id or stage.alice.id, stage.guild.id, place.id, utc_now() - timedelta(days=days_ago))
    record = await stage.store.add(outcome or an_answer(), asked)
    await stage.store.set_card(record.id, MessageRef(stage.desk.id, 77))
    await stage.store.set_posted(record.id, MessageRef(place.id, 10**6 + record.id))
    return record


async def change(stage: Stage, statement: object) -> None:
    async with stage.store.engine.begin() as connection:
        await connection.execute(statement)  # type: ignore[call-overload]


def names(message: Message) -> list[str]:
    return [field["name"] for field in message.embeds[0].get("fields") or []]


def values(message: Message) -> dict[str, str]:
    return {field["name"]: field["value"] for field in message.embeds[0].get("fields") or []}


async def private(stage: Stage) -> Channel:
    """A channel that only `other` can read."""
    hidden = stage.fake.add_channel(stage.guild, "hidden")
    stage.fake.set_overwrite(hidden, stage.guild.everyone, deny=discord.Permissions(view_channel=True))
    stage.fake.set_overwrite(
        hidden, stage.other_mod, allow=discord.Permissions(view_channel=True, read_message_history=True)
    )
    await until(lambda: stage.client.get_channel(hidden.id) is not None)
    return hidden


# Who may


@pytest.mark.parametrize("command", ["review queue", "review stats", "review export", "review undo", "why"])
async def test_only_moderators_may_look_at_others_answers(stage: Stage, command: str) -> None:
    await on_record(stage, asker_id=stage.mod.id)
    options = {"id": 1} if command in ("review undo", "why") else {}
    stage.offer_commands_to_everybody()
    refusal = ONLY_OWN if command == "why" else NOT_A_MODERATOR
    assert await line(await stage.alice.slash(stage.channel, command, **options)) == refusal


async def test_the_moderator_role_may_look_without_manage_messages(empty: Stage) -> None:
    await on_record(empty)
    role = empty.fake.add_role(empty.guild, "reviewers")
    await change(empty, insert(GuildRow).values(id=empty.guild.id, moderator_role_id=role.id))
    async with empty.running():
        empty.offer_commands_to_everybody()
        refused = await line(await empty.alice.slash(empty.channel, "review queue"))
        assert refused == f"You need the permission Manage Messages or the role <@&{role.id}> to review answers."
        empty.guild.member(empty.alice.user).roles.append(role)
        page = await (await empty.alice.slash(empty.channel, "review queue")).response()
    assert page.is_ephemeral
    assert names(page) == ["#1 · When did the bridge open?"]


# Verdicts


async def test_a_verdict_can_be_undone_however_old_it_is(stage: Stage) -> None:
    await stage.set_up_review()
    answer = await stage.slash_ask()
    await stage.fake.wait_for(lambda: bool(stage.desk.messages))
    await stage.verdicts.decide(1, Decision.APPROVED, moderator_id=stage.other_mod.id)
    stage.later = timedelta(days=30)
    told = await (await stage.mod.slash(stage.desk, "review undo", id=1)).response()
    assert told.content == "The verdict on answer #1 is undone. The answer is open for review again."
    assert (await stage.store.get(1)).verdict is None
    assert "approved" not in (answer.embeds[0]["footer"]["text"])
    assert "waiting for a verdict" in stage.desk.messages[0].text
    again = await (await stage.mod.slash(stage.desk, "review undo", id=1)).response()
    assert again.content == "The verdict can no longer be undone. Read the card again."


# The queue


async def test_the_queue_is_oldest_first_and_leads_to_card_and_answer(stage: Stage) -> None:
    await on_record(stage, an_answer("Who **paid**?"), days_ago=1)
    await on_record(stage, an_abstention("And who built it?"), days_ago=2)
    page = await (await stage.mod.slash(stage.desk, "review queue")).response()
    assert names(page) == ["#2 · And who built it?", r"#1 · Who \*\*paid\*\*?"]
    at = f"https://discord.com/channels/{stage.guild.id}"
    about, card, answer = values(page)[r"#1 · Who \*\*paid\*\*?"].split("\n")
    assert f"<#{stage.channel.id}> · confidence 81%" in about
    assert (card, answer) == (f"Card: {at}/{stage.desk.id}/77", f"Answer: {at}/{stage.channel.id}/1000001")
    assert page.embeds[0]["footer"]["text"] == "Page 1 of 1 · 2 answers in channels that you can see"
    assert page.buttons == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [("open", [2, 3, 4, 5]), ("held", [3]), ("flagged", [4]), ("expired", [5]), ("decided", [1])],
)
async def test_the_queue_has_a_view_for_each_state(stage: Stage, state: str, expected: list[int]) -> None:
    for number in range(1, 6):
        await on_record(stage, an_answer(f"Question {number}?"))
    await stage.verdicts.decide(1, Decision.APPROVED, moderator_id=stage.mod.id)
    await change(stage, update(AnswerRow).where(AnswerRow.id == 3).values(hold="waiting"))
    vote = {"user_id": 5, "vote": 0, "is_flagged": True, "voted_at": utc_now()}
    await change(stage, insert(VoteRow).values(answer_id=4, **vote))
    await change(stage, update(AnswerRow).where(AnswerRow.id == 5).values(round=2))
    page = await (await stage.mod.slash(stage.desk, "review queue", state=state)).response()
    assert names(page) == [f"#{number} · Question {number}?" for number in expected]


async def test_pages_turn_also_after_a_restart_and_only_for_moderators(empty: Stage) -> None:
    async with empty.running():
        for number in range(23):
            await on_record(empty, an_answer("𝒶*" * 250), days_ago=30 - number)
        page = await (await empty.mod.slash(empty.desk, "review queue", channel=empty.channel)).response()
        assert [button.get("disabled", False) for button in page.buttons] == [True, False]
        assert len(names(page)) == render_overview.PAGE
    async with empty.running():
        await (await empty.mod.click(page, "Next")).acknowledgement()
        await empty.fake.wait_for(lambda: "Page 2 of 3" in page.text)
        await (await empty.mod.click(page, "Next")).acknowledgement()
        await empty.fake.wait_for(lambda: "Page 3 of 3" in page.text)
        assert [name.split()[0] for name in names(page)] == ["#21", "#22", "#23"]
        assert [button.get("disabled", False) for button in page.buttons] == [False, True]
        empty.fake.change_permissions(empty.mod, discord.Permissions.none())
        assert await line(await empty.mod.click(page, "Previous")) == NOT_A_MODERATOR
        assert "Page 3 of 3" in page.text


async def test_what_was_asked_in_a_channel_that_the_moderator_cannot_read_is_in_no_view(stage: Stage) -> None:
    hidden = await private(stage)
    await on_record(stage, an_abstention("Where is the secret tunnel?"), channel=hidden)
    await on_record(stage, an_abstention("Where is the bridge?"))
    await on_record(stage, an_answer("When was it deleted?"), channel=Channel(404, 0, "gone", stage.guild))
    for person, knows in ((stage.mod, False), (stage.other_mod, True)):
        queue = await (await person.slash(stage.desk, "review queue")).response()
        stats = await (await person.slash(stage.desk, "review stats")).response()
        export = await (await person.slash(stage.desk, "review export")).response()
        rows = [json.loads(row) for row in export.attachments[0].content.splitlines()]
        assert ("tunnel" in queue.text, "tunnel" in stats.text, len(rows)) == (knows, knows, 1 + knows)
        assert "deleted" not in queue.text
        assert "3 questions" in stats.text, "numbers tell nothing of what was asked"
    not_seen = await line(await stage.mod.slash(stage.desk, "why", id=1))
    assert not_seen == "This was asked in a channel that you cannot see."
    assert "tunnel" in (await (await stage.other_mod.slash(stage.desk, "why", id=1)).response()).text


@pytest.mark.parametrize(("kind", "seen"), [(PUBLIC_THREAD, [1, 1]), (PRIVATE_THREAD, [0, 1])])
async def test_a_private_thread_is_for_those_who_manage_threads(empty: Stage, kind: int, seen: list[int]) -> None:
    thread = empty.fake.add_thread(empty.channel, "among us", empty.alice)
    thread.kind, thread.archived = kind, True  # and so unknown until Discord is asked
    await on_record(empty, channel=thread)
    manages = discord.Permissions(manage_messages=True, manage_threads=True)
    head = empty.fake.add_member(empty.guild, "head", permissions=manages)
    async with empty.running():
        for person, count in zip((empty.mod, head), seen, strict=True):
            page = await (await person.slash(empty.desk, "review queue")).response()
            assert len(page.embeds[0].get("fields") or []) == count


# The statistics


async def test_the_statistics_come_with_a_picture_and_with_the_largest_gaps(empty: Stage) -> None:
    async def vectors_of(questions: Sequence[str]) -> Vectors:
        await asyncio.sleep(0)
        return np.array([[1.0, 0.0] if "old" in question else [0.0, 1.0] for question in questions], np.float32)

    async with empty.running(vectors_of=vectors_of):
        await on_record(empty)
        await on_record(empty, an_answer("An old one?"), days_ago=40)
        for question in ("How old is the bridge?", "Is it old?", "Who paid?"):
            await on_record(empty, an_abstention(question))
        await empty.verdicts.decide(1, Decision.APPROVED, moderator_id=empty.mod.id)
        shown = await (await empty.mod.slash(empty.desk, "review stats", days=30)).response()
    assert shown.is_ephemeral
    found = values(shown)
    assert found["Asked"] == "4 questions, 25\u00a0% of them answered"
    assert found["Answers"] == "100\u00a0% approved, of 1 decided: 0 corrected, 0 rejected"
    assert found["Waiting"] == "3 for a verdict"
    assert found["Not answered"] == "2 × How old is the bridge?\n1 × Who paid?"
    (picture,) = shown.attachments
    assert (picture.filename, picture.content[:8]) == ("overview.png", b"\x89PNG\r\n\x1a\n")
    assert shown.embeds[0]["image"]["url"] == "attachment://overview.png"


# The export


async def test_an_export_holds_every_answer_with_its_verdict(stage: Stage) -> None:
    citations = a_citation(1), a_citation(2, "It cost a lot.")
    await on_record(stage, an_answer("=HYPERLINK(1)", a_claim(*citations)))
    await on_record(stage, an_abstention("@nobody\nknows?"), days_ago=60)
    await stage.verdicts.decide(1, Decision.REJECTED, moderator_id=stage.mod.id)
    table = await (await stage.mod.slash(stage.desk, "review export", format="csv", days=0)).response()
    assert table.is_ephemeral
    content = table.attachments[0].content.decode("utf-8")
    assert content.startswith('\ufeff"id","asked_at",')
    first, second = csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    assert (first["question"], second["question"]) == ("'=HYPERLINK(1)", "'@nobody\nknows?")
    assert first["citations"] == "[1] bridge-1.md: The bridge opened in 1932.\n[2] bridge-2.md: It cost a lot."
    assert (first["verdict"], first["moderator"], second["verdict"]) == ("rejected", str(stage.mod.id), "")
    lines = await (await stage.mod.slash(stage.desk, "review export", days=30)).response()
    (row,) = [json.loads(row) for row in lines.attachments[0].content.splitlines()]
    assert (row["id"], row["question"], row["channel"]) == (1, "=HYPERLINK(1)", str(stage.channel.id))
    assert (await stage.acts())[-2:] == [
        "mod, export: all recorded answers, as csv",
        "mod, export: the last 30 days, as jsonl",
    ]


async def test_an_export_that_discord_would_not_take_names_the_way_out(stage: Stage) -> None:
    for _ in range(2):
        await on_record(stage, an_abstention("x" * (6 * 1024**2)))
    assert await line(await stage.mod.slash(stage.desk, "review export")) == (
        "The file would be larger than the 10 MB that Discord takes. Choose fewer days, or ask the operator to run "
        "`footnote review export FILE` in the terminal."
    )


# The receipt


def an_answer_with_receipt(question: str = "How long is it?", *, hits: int = 10, words: int = 1) -> Answer:
    article = Article("valley.md", "The valley", "The valley is long. " + "It is *high*. " * 3)
    passage = Passage(article, split_sentences(article.text))
    candidate = Candidate(passage, passage.sentences[0], 1.25)
    claims = (
        CheckedClaim("The valley is long.", Fate.KEPT, 1.0, (candidate,)),
        CheckedClaim(" ".join(["It is 5 km long."] * words), Fate.DROPPED, 0.4, (), "numbers"),
    )
    receipt = replace(
        RECEIPT,
        hits=(Hit(passage, 0.5, Signals(0.71, 0.4), (Signals(0.5, 0.5),) * 4),) * hits,
        candidates=(candidate,) * hits,
        checked=claims * words,
        answerer="openai",
        model="small",
        tokens=1234,
        dollars=0.0025,
    )
    return replace(an_answer(question), receipt=receipt)


async def test_the_receipt_shows_how_an_answer_was_made(stage: Stage) -> None:
    await on_record(stage, an_answer_with_receipt())
    shown = await (await stage.alice.slash(stage.channel, "why", id=1)).response()
    assert shown.is_ephemeral
    about, hits, candidates, draft = (str(embed["description"]).replace("\\", "") for embed in shown.embeds)
    assert "Question: How long is it?" in about
    assert "extractive" in about or "openai (small)" in about
    assert "1,234 tokens, $0.0025" in about
    assert hits.split("\n")[0] == "1. valley.md 0–61: score 0.500, cosine 0.71, words 40%"
    assert len(hits.split("\n")) == 10
    assert "“The valley is long.” (valley.md 0–19)" in candidates
    assert draft.split("\n") == [
        "1. Kept: “The valley is long.” (support 1.00 by valley.md 0–19)",
        "2. Dropped, because it failed the check “numbers”: “It is 5 km long.” (support 0.40 by no sentence)",
    ]


async def test_the_longest_receipt_goes_over_several_messages(stage: Stage) -> None:
    await on_record(stage, an_answer_with_receipt("𝒶*" * 500, words=60))
    await (await stage.mod.slash(stage.desk, "why", id=1)).response()
    await stage.fake.wait_for(lambda: len(stage.mod.ephemerals(stage.desk)) >= 4)
    assert not stage.fake.violations


async def test_the_asker_of_a_held_answer_waits_like_everybody(stage: Stage) -> None:
    await on_record(stage)
    await change(stage, update(AnswerRow).values(hold="waiting"))
    assert (
        await line(await stage.alice.slash(stage.channel, "why", id=1))
        == "A moderator has to review this answer first."
    )
    assert (await (await stage.mod.slash(stage.channel, "why", id=1)).response()).embeds


async def test_why_says_nothing_about_answers_of_other_servers_or_from_before_receipts(stage: Stage) -> None:
    elsewhere = Asked(stage.mod.id, 4711, stage.channel.id, utc_now())
    await stage.store.add(an_answer("What is planned elsewhere?"), elsewhere)
    unknown = await line(await stage.mod.slash(stage.channel, "why", id=2))
    other = await line(await stage.mod.slash(stage.channel, "why", id=1))
    assert other == unknown.replace("2", "1") == "Answer 1 does not exist. Ask again to get a new one."
    await on_record(stage)
    async with stage.store.engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM receipts")
    shown = await (await stage.mod.slash(stage.channel, "why", id=2)).response()
    assert "This answer has no receipt" in shown.text


async def test_askers_in_direct_messages_see_the_receipts_of_their_own_answers_there(empty: Stage) -> None:
    asked = Asked(empty.alice.id, None, empty.alice.dms.id, utc_now())
    await empty.store.add(an_answer(), asked)
    async with empty.running(guild_ids=[]):
        assert (await (await empty.alice.slash(empty.alice.dms, "why", id=1)).response()).embeds
        assert await line(await empty.mod.slash(empty.mod.dms, "why", id=1)) == ONLY_OWN
        assert "does not exist" in await line(await empty.alice.slash(empty.channel, "why", id=1))


# The digest


async def reviewed_since(stage: Stage, days: float) -> None:
    await stage.store.set_review_channel(stage.guild.id, stage.desk.id, utc_now() - timedelta(days=days))


def a_digest(stage: Stage) -> Digest:
    retry, languages = Retry(attempts=2, first_pause=0.01), stage.client.gate.languages
    return Digest(stage.client, stage.stores.overview, retry, languages, days=7, vectors_of=None)


async def test_a_digest_comes_a_week_after_review_was_set_up_and_then_every_week(empty: Stage) -> None:
    await on_record(empty)
    await reviewed_since(empty, 6.9)
    attach = discord.Permissions(attach_files=True)
    empty.fake.set_overwrite(empty.desk, empty.fake.bot, deny=attach)
    async with empty.running(digest_days=7, timing=replace(TIMING, between_digests=0.01)):
        await a_digest(empty).run_once()
        assert empty.desk.messages == []
        await reviewed_since(empty, 7.1)
        await empty.fake.wait_for(lambda: empty.desk.messages)
        await a_digest(empty).run_once()
        (digest,) = empty.desk.messages
        assert digest.embeds[0]["title"] == "Digest: the last 7 days"
        assert digest.flags & 1 << 12, "it makes no sound"
        assert not digest.pinged
        assert digest.attachments == [], "the bot may not attach files there"
        empty.fake.set_overwrite(empty.desk, empty.fake.bot, allow=attach)
        await change(empty, update(GuildRow).values(digest_at=utc_now() - timedelta(days=7.1)))
        await empty.fake.wait_for(lambda: len(empty.desk.messages) == 2)
        assert [file.filename for file in empty.desk.messages[1].attachments] == ["overview.png"]


async def test_of_two_processes_one_sends_the_digest(stage: Stage) -> None:
    await on_record(stage)
    await reviewed_since(stage, 8)
    await asyncio.gather(*(a_digest(stage).run_once() for _ in range(5)))
    assert len(stage.desk.messages) == 1


async def test_there_is_no_empty_digest_and_none_names_questions_of_private_channels(stage: Stage) -> None:
    await reviewed_since(stage, 8)
    await a_digest(stage).run_once()
    assert stage.desk.messages == []
    await change(stage, update(GuildRow).values(digest_at=None))
    await on_record(stage, an_abstention("Where is the secret tunnel?"), channel=await private(stage))
    await on_record(stage, an_abstention("Where is the bridge?"))
    await a_digest(stage).run_once()
    (digest,) = stage.desk.messages
    assert "1 × Where is the bridge?" in digest.text
    assert "tunnel" not in digest.text
    assert "2 questions" in digest.text
