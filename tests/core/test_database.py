"""The answer store, on real databases of both kinds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import Databases, PostgreSQLDatabases, SQLiteDatabases
from forked_programs import Code, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from old_tables import REVISIONS, make_old_tables
from sqlalchemy import Connection, MetaData, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, StatementError

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine, upgrade
from footnote.adapters.database.table_versions import is_current, is_known
from footnote.adapters.database.tables import Base
from footnote.adapters.database.tables.shared_index import SHARED_INDEX
from footnote.errors import SettingsError, SourcesChanged, UnknownAnswer
from footnote.models import Abstention, Answer, Citation, CitationStatus, Claim, Receipt
from footnote.records.answers import AnswerRecord, Decision, MessageRef, Verdict
from footnote.records.replies import Reply
from footnote.stores import AnswerStore, Asked

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
SNOWFLAKE = 2**63 - 1
POSTED = MessageRef(channel_id=SNOWFLAKE, message_id=SNOWFLAKE - 1)


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
async def store(url: str) -> AsyncIterator[DatabaseStore]:
    store = DatabaseStore(open_engine(url))
    yield store
    await store.close()


def a_citation(number: int, quote: str = "The bridge opened in 1932.") -> Citation:
    return Citation(
        number=number,
        article_id="news/bridge.md",
        version="a" * 64,
        title="The bridge",
        source="Daily",
        url=None,
        published=date(2026, 2, 28),
        start=7,
        end=7 + len(quote),
        quote=quote,
        page=12 if number == 2 else None,
        sections=("Building", "The opening") if number == 2 else (),
        columns=("Year", "", "Toll", "") if number == 2 else (),
    )


def a_receipt() -> Receipt:
    return Receipt((), (), answerer="extractive", generation="g1", retrieve_ms=1.0, answer_ms=2.0)


def an_answer(*claims: Claim, question: str = "When did it open?") -> Answer:
    return Answer(question, claims or (Claim("It opened in 1932.", 0.9, (a_citation(1),)),), 0.8, a_receipt())


def an_abstention(*nearest: Citation) -> Abstention:
    return Abstention("Who paid?", nearest, 0.1, a_receipt())


def asked(*, guild_id: int | None = 5, at: datetime = NOON) -> Asked:
    return Asked(asker_id=SNOWFLAKE, guild_id=guild_id, channel_id=SNOWFLAKE, asked_at=at)


def a_verdict(answer_id: int, *, moderator_id: int = 7, decision: Decision = Decision.APPROVED) -> Verdict:
    return Verdict(answer_id, decision, moderator_id, NOON)


async def a_posted_answer(store: AnswerStore, asked: Asked) -> AnswerRecord:
    record = await store.add(an_answer(), asked)
    await store.set_posted(record.id, POSTED)
    return await store.get(record.id)


# --- records


async def test_an_answer_reads_back_as_it_was_added(store: DatabaseStore) -> None:
    first, second = a_citation(1), a_citation(2, "It cost £4.2 million.")
    answer = an_answer(Claim("It opened in 1932.", 0.9, (second, first)), Claim("It cost a lot.", 0.6, (second,)))
    record = await store.add(answer, asked())
    assert record == await store.get(record.id)
    assert record == AnswerRecord(
        id=record.id,
        question=answer.question,
        answered=True,
        claims=answer.claims,
        citations=(first, second),
        confidence=answer.confidence,
        answerer="extractive",
        generation="g1",
        asker_id=SNOWFLAKE,
        guild_id=5,
        channel_id=SNOWFLAKE,
        asked_at=NOON,
        mark=record.mark,
        has_reviewers=False,
    )


async def test_answers_carry_the_mark_of_their_database(store: DatabaseStore, tmp_path: Path) -> None:
    mark = (await store.add(an_answer(), asked())).mark
    assert re.fullmatch("[0-9a-f]{8}", mark)
    assert (await store.add(an_answer(), asked())).mark == mark
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    await asyncio.to_thread(upgrade, other)
    opened = DatabaseStore(open_engine(other))
    assert (await opened.add(an_answer(), asked())).mark != mark
    await opened.close()


@pytest.mark.parametrize("make", [an_answer, an_abstention])
async def test_what_an_answer_says_of_its_making_is_kept(
    store: DatabaseStore, make: Callable[[], Answer | Abstention]
) -> None:
    record = await store.add(replace(make(), note="The language model is not available."), asked())
    assert (await store.get(record.id)).note == record.note == "The language model is not available."


@pytest.mark.parametrize("make", [an_answer, an_abstention])
async def test_what_was_understood_and_what_became_of_the_draft_is_kept(
    store: DatabaseStore, make: Callable[[], Answer | Abstention]
) -> None:
    receipt = replace(a_receipt(), understood="Who paid for the bridge?", misattributed=2, unsupported=1)
    record = await store.add(replace(make(), receipt=receipt), asked())
    assert record == await store.get(record.id)
    assert (record.understood, record.misattributed, record.unsupported) == ("Who paid for the bridge?", 2, 1)


async def test_an_abstention_keeps_its_nearest_sentences_in_order(store: DatabaseStore) -> None:
    nearest = (a_citation(2), a_citation(1), a_citation(3, "Nobody said."))
    record = await store.add(an_abstention(*nearest), asked(guild_id=None))
    assert record == await store.get(record.id)
    assert (record.answered, record.claims, record.citations) == (False, (), nearest)


async def test_an_abstention_without_any_near_sentence_is_kept(store: DatabaseStore) -> None:
    record = await store.add(an_abstention(), asked())
    assert (await store.get(record.id)).citations == ()


@pytest.mark.parametrize(
    "words",
    ["", "👩‍🚀🏳️‍🌈", "a\r\nb\rc\n", "\x01\x7f", "e\u0301 é", "\ufeff\u202e", "'; DROP TABLE answers --", "%s :x ?"],
)
async def test_no_character_is_lost(store: DatabaseStore, words: str) -> None:
    answer = an_answer(Claim(words, 0.5, (a_citation(1, words),)), question=words)
    record = await store.get((await store.add(answer, asked())).id)
    assert (record.question, record.claims) == (words, answer.claims)


_numbers = st.integers(-(2**31), 2**31 - 1)
_snowflakes = st.integers(0, SNOWFLAKE)
_shares = st.floats(0, 1)
_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)  # as all our texts are
_times = st.integers(0, 2**53).map(
    lambda microseconds: (
        datetime(1970, 1, 1, tzinfo=UTC).astimezone(timezone(timedelta(hours=-9, minutes=-30)))
        + timedelta(microseconds=microseconds)
    )
)
_citations = st.lists(
    st.builds(
        Citation,
        number=_numbers,
        article_id=_texts,
        version=st.just("f" * 64),
        title=_texts,
        source=st.none() | _texts,
        url=st.none() | _texts,
        published=st.none() | st.dates(),
        start=_numbers,
        end=_numbers,
        quote=_texts,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda citation: citation.number,
)
_asked = st.builds(
    Asked, asker_id=_snowflakes, guild_id=st.none() | _snowflakes, channel_id=_snowflakes, asked_at=_times
)
_receipts = st.builds(
    Receipt,
    hits=st.just(()),
    candidates=st.just(()),
    answerer=_texts,
    generation=_texts,
    retrieve_ms=_shares,
    answer_ms=_shares,
)


@st.composite
def _answers(draw: st.DrawFn) -> Answer:
    citations = st.sampled_from(draw(_citations))
    cited = st.lists(citations, min_size=1, max_size=3, unique=True).map(tuple)
    said = st.builds(Claim, text=_texts, support=_shares, citations=cited, translation=st.none() | _texts)
    claims = st.lists(said, min_size=1, max_size=3)
    return Answer(draw(_texts), tuple(draw(claims)), draw(_shares), draw(_receipts))


_abstentions = st.builds(
    Abstention, question=_texts, nearest=_citations.map(tuple), confidence=_shares, receipt=_receipts
)


@given(outcome=_answers() | _abstentions, asked=_asked)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_outcome_reads_back_exactly(store: DatabaseStore, outcome: Answer | Abstention, asked: Asked) -> None:
    added = await store.add(outcome, asked)
    read = await store.get(added.id)
    assert read == added
    assert (read.question, read.confidence, read.asked_at) == (outcome.question, outcome.confidence, asked.asked_at)
    assert read.claims == (outcome.claims if isinstance(outcome, Answer) else ())
    assert read.citations == outcome.citations


async def test_messages_and_the_shown_decision_are_remembered(store: DatabaseStore) -> None:
    record = await store.add(an_answer(), asked())
    card = MessageRef(channel_id=3, message_id=4)
    await store.set_posted(record.id, POSTED)
    await store.set_card(record.id, card)
    await store.set_shown(record.id, Decision.REJECTED)
    assert await store.get(record.id) == replace(record, posted=POSTED, card=card, shown=Decision.REJECTED)


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.get(404),
        lambda store: store.set_posted(404, POSTED),
        lambda store: store.set_card(404, POSTED),
        lambda store: store.set_shown(404, Decision.APPROVED),
        lambda store: store.set_statuses(404, {}, "g2"),
    ],
    ids=["get", "set_posted", "set_card", "set_shown", "set_statuses"],
)
async def test_an_unknown_answer_is_refused(
    store: DatabaseStore, use: Callable[[AnswerStore], Awaitable[object]]
) -> None:
    with pytest.raises(UnknownAnswer, match="Answer 404 does not exist"):
        await use(store)


async def test_the_number_of_a_deleted_answer_is_not_given_again(store: DatabaseStore, url: str) -> None:
    record = await store.add(an_abstention(), asked())
    await execute(url, "DELETE FROM receipts")
    await execute(url, "DELETE FROM answers")
    assert (await store.add(an_abstention(), asked())).id > record.id


# --- times


async def test_a_time_comes_back_in_utc_to_the_microsecond(store: DatabaseStore) -> None:
    in_kathmandu = NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))
    record = await store.get((await store.add(an_answer(), asked(at=in_kathmandu))).id)
    assert record.asked_at == NOON
    assert record.asked_at.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(store: DatabaseStore) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        await store.add(an_answer(), asked(at=NOON.replace(tzinfo=None)))


# --- verdicts


async def decide(store: DatabaseStore, verdict: Verdict) -> Verdict:
    standing = (await DatabaseVerdicts(store._engine).decide(verdict)).verdict
    assert standing
    return standing


async def test_a_verdict_stands_in_the_record(store: DatabaseStore) -> None:
    record = await store.add(an_answer(), asked())
    verdict = a_verdict(record.id)
    assert await decide(store, verdict) == verdict
    assert (await store.get(record.id)).verdict == verdict


async def test_the_first_verdict_stands(store: DatabaseStore) -> None:
    record = await store.add(an_answer(), asked())
    first = await decide(store, a_verdict(record.id, moderator_id=1))
    assert await decide(store, a_verdict(record.id, moderator_id=2, decision=Decision.REJECTED)) == first
    assert (await store.get(record.id)).verdict == first


async def test_the_same_verdict_given_twice_stands(store: DatabaseStore) -> None:
    record = await store.add(an_answer(), asked())
    verdict = a_verdict(record.id)
    assert [await decide(store, verdict), await decide(store, verdict)] == [verdict, verdict]


async def test_of_fifty_verdicts_at_once_one_stands_and_all_learn_which(store: DatabaseStore, url: str) -> None:
    record = await store.add(an_answer(), asked())
    other_process = DatabaseStore(open_engine(url))
    verdicts = [a_verdict(record.id, moderator_id=moderator_id) for moderator_id in range(50)]
    told = await asyncio.gather(
        *(decide(store if verdict.moderator_id % 2 else other_process, verdict) for verdict in verdicts)
    )
    await other_process.close()
    assert len(set(told)) == 1
    assert told[0] in verdicts
    assert (await store.get(record.id)).verdict == told[0]


async def test_a_verdict_survives_reopening(store: DatabaseStore, url: str) -> None:
    record = await store.add(an_answer(), asked())
    verdict = await decide(store, a_verdict(record.id))
    await store.close()
    await asyncio.to_thread(upgrade, url)
    reopened = DatabaseStore(open_engine(url))
    kept = await reopened.get(record.id)
    await reopened.close()
    assert kept == replace(record, verdict=verdict, changes=1)


KILLED_WHILE_WRITING = """
import asyncio, os, sys
from datetime import UTC, datetime
from sqlalchemy import text
from footnote.adapters.database import DatabaseVerdicts, open_engine
from footnote.records.answers import Decision, Verdict

async def main(url, decided, undecided):
    engine = open_engine(url)
    await DatabaseVerdicts(engine).decide(Verdict(decided, Decision.REJECTED, 9, datetime(2026, 1, 1, tzinfo=UTC)))
    async with engine.begin() as connection:
        await connection.execute(text(
            "INSERT INTO verdicts SELECT :undecided, decision, moderator_id, decided_at, round FROM verdicts"
        ), {"undecided": undecided})
        os._exit(9)

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
"""


async def test_a_process_killed_while_writing_keeps_the_verdicts_given_before(store: DatabaseStore, url: str) -> None:
    decided, undecided = [(await store.add(an_answer(), asked())).id for _ in range(2)]
    code = Code(KILLED_WHILE_WRITING, (url, str(decided), str(undecided)))
    killed = await asyncio.to_thread(run, code)
    assert (killed.returncode, killed.stderr) == (9, "")
    kept = (await store.get(decided)).verdict
    assert kept == Verdict(decided, Decision.REJECTED, 9, datetime(2026, 1, 1, tzinfo=UTC))
    assert await decide(store, a_verdict(undecided)) == a_verdict(undecided)


# --- answers whose sources change

HOLD, LOST = {1: CitationStatus.HOLDS}, {1: CitationStatus.CHANGED}
LONG_AGO = NOON - timedelta(days=30)


async def unchecked(store: AnswerStore, generation: str = "g2", *, limit: int = 9) -> list[int]:
    return [record.id for record in await store.unchecked(generation, since=LONG_AGO, limit=limit)]


async def test_posted_answers_of_other_generations_are_looked_at_newest_first(store: DatabaseStore) -> None:
    old, new = [await a_posted_answer(store, asked(at=NOON - timedelta(days=days))) for days in (30, 29)]
    too_old = await a_posted_answer(store, asked(at=LONG_AGO - timedelta(microseconds=1)))
    abstained = await store.add(an_abstention(a_citation(1)), asked())
    await store.set_posted(abstained.id, POSTED)
    rejected = await a_posted_answer(store, asked())
    await decide(store, a_verdict(rejected.id, decision=Decision.REJECTED))
    await decide(store, a_verdict(new.id))
    await store.add(an_answer(), asked())
    assert too_old.id not in await unchecked(store)
    assert await unchecked(store) == [new.id, old.id]
    assert await unchecked(store, limit=1) == [new.id]
    assert await unchecked(store, "g1") == []
    await store.set_checked([new.id, old.id], "g2")
    assert (await unchecked(store), await unchecked(store, "g1")) == ([], [new.id, old.id])


async def test_a_lost_sentence_is_kept_with_its_citation_until_it_is_back(store: DatabaseStore) -> None:
    first, second = a_citation(1), a_citation(2)
    answer = an_answer(Claim("It opened.", 0.9, (first, second)), Claim("It did.", 0.9, (second,)))
    record = await store.add(answer, asked())
    await store.set_posted(record.id, POSTED)
    await store.set_statuses(record.id, {1: CitationStatus.HOLDS, 2: CitationStatus.GONE}, "g2")
    lost = await store.get(record.id)
    assert lost.citations == (first, replace(second, status=CitationStatus.GONE))
    assert [citation.status for citation in lost.claims[1].citations] == [CitationStatus.GONE]
    assert (lost.lost, lost.round, lost.changes) == (1, 2, 1)
    await store.set_statuses(record.id, {1: CitationStatus.HOLDS, 2: CitationStatus.HOLDS}, "g3")
    assert (await store.get(record.id)).citations == (first, second)
    assert await unchecked(store, "g3") == []


async def test_what_was_found_already_is_no_change(store: DatabaseStore) -> None:
    record = await a_posted_answer(store, asked())
    for generation in ("g2", "g3"):
        await store.set_statuses(record.id, LOST, generation)
    assert ((await store.get(record.id)).round, (await store.get(record.id)).changes) == (2, 1)


async def test_an_answer_is_outdated_until_the_last_change_is_shown(store: DatabaseStore) -> None:
    old, new = [await a_posted_answer(store, asked(at=NOON + timedelta(days=days))) for days in range(2)]
    for record in (old, new):
        await decide(store, a_verdict(record.id))
        await store.set_statuses(record.id, LOST, "g2")
    assert await store.outdated() == [new.id, old.id]
    assert await store.unshown() == []
    await store.set_shown(new.id, None, changes=2)
    await store.set_statuses(old.id, {1: CitationStatus.GONE}, "g3")
    await store.set_shown(old.id, None, changes=2)
    assert await store.outdated() == [old.id]


async def test_a_lost_sentence_opens_an_answer_for_another_verdict_and_the_first_stays_on_record(
    store: DatabaseStore, url: str
) -> None:
    record = await a_posted_answer(store, asked())
    first = await decide(store, a_verdict(record.id, moderator_id=1))
    await store.set_statuses(record.id, LOST, "g2")
    again = await store.get(record.id)
    assert (again.verdict, again.earlier, again.round) == (None, first, 2)
    with pytest.raises(SourcesChanged, match=r"Read its card again, then decide\."):
        await decide(store, a_verdict(record.id, moderator_id=2))
    other_process = DatabaseStore(open_engine(url))
    verdicts = [replace(a_verdict(record.id, moderator_id=moderator_id), round=2) for moderator_id in range(20)]
    told = await asyncio.gather(
        *(decide(store if verdict.moderator_id % 2 else other_process, verdict) for verdict in verdicts)
    )
    await other_process.close()
    assert len(set(told)) == 1
    decided = await store.get(record.id)
    assert (decided.verdict, decided.earlier) == (told[0], first)


async def test_an_answer_that_was_rejected_meanwhile_stays_so(store: DatabaseStore) -> None:
    record = await a_posted_answer(store, asked())
    verdict = await decide(store, a_verdict(record.id, decision=Decision.REJECTED))
    await store.set_statuses(record.id, LOST, "g2")
    assert await store.get(record.id) == replace(record, verdict=verdict, changes=1)


async def test_the_verdict_on_sentences_that_are_back_stands_again(store: DatabaseStore) -> None:
    record = await a_posted_answer(store, asked())
    verdict = await decide(store, a_verdict(record.id))
    await store.set_statuses(record.id, LOST, "g2")
    await store.set_statuses(record.id, HOLD, "g1")
    back = await store.get(record.id)
    assert (back.verdict, back.earlier, back.round) == (verdict, None, 1)


async def test_a_verdict_given_on_lost_sentences_outlasts_their_return(store: DatabaseStore) -> None:
    record = await a_posted_answer(store, asked())
    await decide(store, a_verdict(record.id))
    await store.set_statuses(record.id, LOST, "g2")
    second = await decide(store, replace(a_verdict(record.id, moderator_id=2), round=2))
    await store.set_statuses(record.id, HOLD, "g1")
    assert (await store.get(record.id)).verdict == second


async def test_an_older_answer_that_has_lost_a_source_gets_a_card(store: DatabaseStore) -> None:
    before_review = await a_posted_answer(store, asked())
    later = NOON + timedelta(days=1)
    assert await store.without_card(5, since=later, limit=9) == []
    await store.set_statuses(before_review.id, LOST, "g2")
    assert [record.id for record in await store.without_card(5, since=later, limit=9)] == [before_review.id]


# --- replies that are not done


def a_reply(question_id: int = 1, *, begun_at: datetime = NOON) -> Reply:
    return Reply(question_id, channel_id=2, begun_at=begun_at)


async def replies(store: AnswerStore) -> list[Reply]:
    return list(await store.replies(begun_before=NOON + timedelta(days=1)))


async def test_a_reply_is_known_from_its_beginning_until_its_answer_is_posted(store: DatabaseStore) -> None:
    reply = a_reply(SNOWFLAKE)
    await store.put_reply(reply)
    assert await replies(store) == [reply]
    await store.put_reply(replace(reply, begun_at=NOON + timedelta(seconds=1), message_id=SNOWFLAKE))
    assert await replies(store) == [replace(reply, message_id=SNOWFLAKE)]
    record = await store.add(an_answer(), replace(asked(), question_id=SNOWFLAKE))
    assert await replies(store) == [replace(reply, message_id=SNOWFLAKE, answer_id=record.id)]
    await store.set_posted(record.id, POSTED)
    assert await replies(store) == []


async def test_answers_concern_the_reply_to_their_own_question_only(store: DatabaseStore) -> None:
    await store.put_reply(a_reply())
    for about in (asked(), replace(asked(), question_id=2)):
        await store.set_posted((await store.add(an_answer(), about)).id, POSTED)
    assert await replies(store) == [a_reply()]


async def test_replies_are_found_by_their_age_and_forgotten_one_by_one(store: DatabaseStore) -> None:
    old, older, new = a_reply(1), a_reply(2, begun_at=NOON - timedelta(seconds=1)), a_reply(3, begun_at=NOON)
    old = replace(old, begun_at=NOON - timedelta(microseconds=1))
    for reply in (old, older, new):
        await store.put_reply(reply)
    assert await store.replies(begun_before=NOON) == [older, old]
    await store.forget_reply(older.question_id)
    assert await replies(store) == [old, new]


# --- what is left to do


async def test_unshown_finds_posted_answers_whose_status_differs_from_their_verdict(store: DatabaseStore) -> None:
    late, early, shown, reshown, undecided = [
        await a_posted_answer(store, asked(at=NOON - timedelta(minutes=minute))) for minute in range(5)
    ]
    unposted = await store.add(an_answer(), asked())
    for record in (late, early, shown, reshown, unposted):
        await decide(store, a_verdict(record.id))
    await store.set_shown(shown.id, Decision.APPROVED)
    await store.set_shown(reshown.id, Decision.REJECTED)
    found = await store.unshown()
    assert [record.id for record in found] == [reshown.id, early.id, late.id]
    assert found[1] == await store.get(early.id)
    assert undecided not in found


async def test_without_card_finds_a_guilds_posted_answers_since_then(store: DatabaseStore) -> None:
    late, first = [await a_posted_answer(store, asked(at=at)) for at in (NOON + timedelta(microseconds=1), NOON)]
    with_card = await a_posted_answer(store, asked())
    await store.set_card(with_card.id, POSTED)
    await a_posted_answer(store, asked(at=NOON - timedelta(microseconds=1)))
    await a_posted_answer(store, asked(guild_id=6))
    await a_posted_answer(store, asked(guild_id=None))
    await store.add(an_answer(), asked())
    in_tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    assert await store.without_card(5, since=in_tokyo, limit=9) == [first, late]
    assert await store.without_card(5, since=in_tokyo, limit=1) == [first]


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (
            "posted_message_id IS NOT NULL AND card_message_id IS NULL AND guild_id = 5 AND asked_at >= '2026-01-01'",
            "ix_answers_without_card",
        ),
        ("posted_message_id = 5", "ix_answers_posted_message_id"),
        ("asked_at >= '2026-01-01' AND checked_generation <> 'g1' AND answered", "ix_answers_asked_at"),
        ("changes <> shown_changes", "ix_answers_outdated"),
    ],
)
async def test_what_is_looked_for_often_has_an_index(url: str, condition: str, index: str) -> None:
    engine = open_engine(url)
    explain = "EXPLAIN QUERY PLAN"
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            explain = "EXPLAIN"
            await connection.execute(text("SET enable_seqscan = off"))  # it reads all of an empty table otherwise
        plan = (await connection.execute(text(f"{explain} SELECT * FROM answers WHERE {condition}"))).all()  # noqa: S608
    await engine.dispose()
    assert index in str(plan)


# --- guilds and commands


async def test_a_review_channel_is_set_moved_and_switched_off(store: DatabaseStore) -> None:
    assert await store.review_channel(SNOWFLAKE) is None
    await store.set_review_channel(SNOWFLAKE, 1, NOON)
    await store.set_review_channel(6, 3, NOON)
    assert await store.review_channel(SNOWFLAKE) == (1, NOON)
    await store.set_review_channel(SNOWFLAKE, 2, NOON + timedelta(days=1))
    assert await store.review_channel(SNOWFLAKE) == (2, NOON + timedelta(days=1))
    await store.set_review_channel(SNOWFLAKE, None, NOON)
    assert await store.review_channel(SNOWFLAKE) is None
    assert await store.review_channel(6) == (3, NOON)


async def test_each_scope_remembers_its_last_commands(store: DatabaseStore) -> None:
    assert await store.command_hash(0) is None
    await store.set_command_hash(0, "old")
    await store.set_command_hash(0, "new")
    await store.set_command_hash(SNOWFLAKE, "guild")
    assert (await store.command_hash(0), await store.command_hash(SNOWFLAKE)) == ("new", "guild")
    assert sorted(await store.synced_scopes()) == [0, SNOWFLAKE]


async def test_a_scope_is_forgotten(store: DatabaseStore) -> None:
    await store.set_command_hash(0, "everywhere")
    await store.set_command_hash(5, "guild")
    await store.set_command_hash(5, None)
    await store.set_command_hash(6, None)
    assert await store.command_hash(5) is None
    assert await store.synced_scopes() == [0]


# --- the database itself


async def test_an_error_of_the_database_names_no_question(store: DatabaseStore, url: str) -> None:
    await execute(url, "ALTER TABLE answers RENAME TO lost")
    with pytest.raises(DBAPIError, match=r'no such table: answers|relation "answers" does not exist') as failed:
        await store.add(an_answer(question="Where do I live?"), asked())
    assert "Where do I live?" not in str(failed.value)


async def test_sqlite_is_set_to_lose_nothing(sqlite: SQLiteDatabases) -> None:
    engine = open_engine(sqlite.migrated())
    async with engine.connect() as connection:
        pragmas = [
            await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    await engine.dispose()
    assert pragmas == ["wal", 2, 1, 5000]


async def test_tables_and_migrations_agree(url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        expected = MetaData()
        for table in [*Base.metadata.tables.values(), *SHARED_INDEX.tables.values()]:
            table.to_metadata(expected)
        return list(compare_metadata(MigrationContext.configure(connection), expected))

    engine = open_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()
    assert found == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_a_database_of_any_version_keeps_answers_and_verdicts_and_takes_more(
    databases: Databases, revision: str
) -> None:
    url = databases.empty()
    await make_old_tables(url, revision)
    await asyncio.to_thread(upgrade, url)
    store = DatabaseStore(open_engine(url))
    kept = await store.find_posted(4)
    assert kept
    assert (kept.question, kept.posted, kept.asked_at) == ("When?", MessageRef(3, 4), NOON.replace(microsecond=0))
    assert (kept.understood, kept.misattributed, kept.unsupported) == (None, 0, 0)
    assert kept.verdict == Verdict(kept.id, Decision.APPROVED, 9, NOON.replace(microsecond=0), round=1)
    assert kept.citations[0].status is CitationStatus.HOLDS
    assert (await store.unshown(), await store.outdated()) == ([], [])
    assert await unchecked(store, "g2") == [kept.id]
    await store.set_statuses(kept.id, LOST, "g2")
    second = await decide(store, replace(a_verdict(kept.id), round=2))
    aged, added = await store.get(kept.id), await store.add(an_answer(), asked())
    await store.close()
    assert (aged.verdict, aged.earlier) == (second, kept.verdict)
    assert added.id == kept.id + 1


def test_migrations_are_known_by_the_names_of_their_files() -> None:
    assert is_known(*REVISIONS)
    assert is_current((REVISIONS[-1],))
    assert not is_current((REVISIONS[-2],))
    assert not is_known("9999")


def test_upgrading_a_current_database_changes_nothing(sqlite: SQLiteDatabases) -> None:
    url = sqlite.migrated()
    file = Path(str(make_url(url).database))
    before = file.read_bytes()
    upgrade(url)
    assert file.read_bytes() == before


async def test_processes_that_start_together_upgrade_once(databases: Databases) -> None:
    url = databases.empty()
    await asyncio.gather(*(asyncio.to_thread(upgrade, url) for _ in range(4)))
    store = DatabaseStore(open_engine(url))
    record = await store.add(an_answer(), asked())
    await store.close()
    assert record.id == 1


async def test_an_upgrade_that_fails_leaves_nothing_behind(databases: Databases) -> None:
    url = databases.empty()
    await execute(url, "CREATE TABLE verdicts (of_somebody_else INTEGER)")
    with pytest.raises(SettingsError, match=r'cannot be used: (table|relation) "?verdicts"? already exists\. Check'):
        await asyncio.to_thread(upgrade, url)
    engine = open_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda connection: inspect(connection).get_table_names())
    await engine.dispose()
    assert names == ["verdicts"]


async def test_a_newer_database_is_refused(url: str) -> None:
    await execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SettingsError, match=r"is from a newer Footnote. Update this one, or point"):
        await asyncio.to_thread(upgrade, url)


async def execute(url: str, statement: str) -> None:
    engine = open_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def test_missing_folders_are_made(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/not/yet/there/footnote.db")
    assert (tmp_path / "not" / "yet" / "there" / "footnote.db").is_file()


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be read as one\n" * 100)
    with pytest.raises(SettingsError) as refusal:
        upgrade(f"sqlite:///{tmp_path / 'notes.txt'}")
    assert str(refusal.value) == (
        f"The database {tmp_path / 'notes.txt'} cannot be used: file is not a database. "
        "Check that Footnote may write there, or set DATABASE_URL to another database."
    )


def test_a_database_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot be used: unable to open database file\. Check"):
        upgrade(f"sqlite:///{tmp_path}")


async def test_a_server_that_ends_all_connections_and_is_back_is_not_noticed(
    postgresql: PostgreSQLDatabases,
) -> None:
    url = postgresql.migrated()
    store = DatabaseStore(open_engine(url))
    record = await store.add(an_answer(), asked())
    postgresql.end_connections()
    assert await store.get(record.id) == record
    await store.close()


def test_an_unreachable_server_is_reported_in_one_line_without_the_password(unused_tcp_port: int) -> None:
    with pytest.raises(
        SettingsError, match=r"^The database footnote at 127\.0\.0\.1 cannot be used: .* Check that the server runs"
    ) as refusal:
        upgrade(f"postgresql://user:secret@127.0.0.1:{unused_tcp_port}/footnote")
    assert "secret" not in str(refusal.value)
    assert not re.search(r"[\n?]|accepting TCP", str(refusal.value)), "it asks nobody whether the server runs"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"file/footnote\.db cannot be made: .* Set DATABASE_URL to a place"):
        open_engine(f"sqlite:///{tmp_path}/file/footnote.db")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("footnote.db", "cannot be read"),
        ("postgresql://user:secret@host:port/footnote", "cannot be read"),
        ("mysql://user:secret@host/footnote", "must start with"),
        ("postgresql+unheard://user:secret@host/footnote", "needs the driver unheard"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_that_cannot_work_is_refused_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason) as refusal:
        open_engine(url)
    assert "secret" not in str(refusal.value)
