"""Which servers a process looks after: by Python and by the database alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from footnote.adapters.database import open_engine, stores_of
from footnote.adapters.database.tables import AnswerRow
from footnote.records.replies import Reply
from footnote.records.sharing import WHOLE, Share

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILDS = [None, *((number << 22) + 4_194_303 * (number % 2) for number in range(1, 9)), 1_216_000_000_000_000_000]
SHARES = [WHOLE, Share(frozenset({0, 1}), 3), Share(frozenset({2}), 3)]


def test_each_server_belongs_to_one_process_and_direct_messages_to_the_first() -> None:
    shares = SHARES[1:]
    assert [sum(share.has(guild_id) for share in shares) for guild_id in GUILDS] == [1] * len(GUILDS)
    assert [share.has(None) for share in shares] == [True, False]
    assert all(WHOLE.has(guild_id) for guild_id in GUILDS)
    assert [share.is_whole for share in (*SHARES, Share(frozenset(range(4)), 4))] == [True, False, False, True]


@pytest.mark.parametrize("share", SHARES, ids=str)
async def test_the_database_finds_the_same_answers_as_the_share_has(database_url: str, share: Share) -> None:
    engine = open_engine(database_url)
    said = {"question": "?", "answered": False, "confidence": 0.1, "answerer": "extractive", "generation": "g1"}
    told = {"asker_id": 1, "channel_id": 2, "asked_at": NOON, "changes": 1, "posted_message_id": 3}
    rows = [said | told | {"id": number, "guild_id": guild_id} for number, guild_id in enumerate(GUILDS, 1)]
    async with engine.begin() as connection:
        await connection.execute(insert(AnswerRow), rows)
    found = await stores_of(engine, share).answers.outdated()
    await engine.dispose()
    assert sorted(found) == [number for number, guild_id in enumerate(GUILDS, 1) if share.has(guild_id)]


async def test_of_several_that_would_end_a_reply_one_does(database_url: str) -> None:
    engine = open_engine(database_url)
    answers, before = stores_of(engine).answers, NOON + timedelta(minutes=5)
    await answers.put_reply(Reply(1, 2, NOON))
    assert [reply.question_id for reply in await answers.replies(begun_before=before)] == [1]
    claimed = [await answers.claim_reply(1, begun_before=before, at=NOON + timedelta(minutes=7)) for _ in range(3)]
    assert claimed == [True, False, False]
    assert await answers.replies(begun_before=before) == []
    again = await answers.replies(begun_before=NOON + timedelta(minutes=9))
    assert [reply.begun_at for reply in again] == [NOON], "the process that claimed it was killed"
    await answers.release_reply(1)
    assert await answers.claim_reply(1, begun_before=before, at=NOON + timedelta(minutes=7))
    await engine.dispose()


async def test_each_shard_was_last_connected_at_a_time_of_its_own(database_url: str) -> None:
    engine = open_engine(database_url)
    running = stores_of(engine).running
    assert await running.last_connected(7, 0) is None
    await running.connected(7, {0, 1, 2}, NOON)
    await running.connected(7, {1}, NOON + timedelta(hours=1))
    assert [await running.last_connected(7, shard) for shard in (0, 1)] == [NOON, NOON + timedelta(hours=1)]
    assert await running.last_connected(7, 3) == NOON + timedelta(hours=1), "it has taken over servers of others"
    assert await running.last_connected(8, 0) is None
    await engine.dispose()
