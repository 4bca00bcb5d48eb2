"""Verdicts, rulings and revisions on a real SQLite file: who was first, what it changes, and how it is undone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from examples import a_citation, a_claim, an_abstention, an_answer, hits_in
from sqlalchemy import event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry
from word_reader import WordReader

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine, upgrade
from footnote.adapters.database.tables import AuditRow
from footnote.errors import ReviewError, SourcesChanged, UnknownAnswer
from footnote.models import Article, CitationStatus, Claim
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Retrieved
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Hold, MessageRef, Ruling, Verdict
from footnote.records.refusals import (
    AlreadyDecided,
    AlreadyRevised,
    AlreadyRuled,
    ChangedSince,
    NoCitation,
    NothingToApprove,
    NothingToUndo,
    TooLateToUndo,
)
from footnote.review.recording import Review
from footnote.review.revisions import NotGrounded, Revisions, SentenceGone, sentence_key
from footnote.review.verdicts import Verdicts
from footnote.stores import Triage

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
OPENED = "The bridge opened in 1932."
RED = "The bridge is red."
BUILT = "Smith Brothers built the bridge for 5 million dollars."
ARTICLE = Article(
    "history.md",
    "History of the bridge",
    "Before it there was a ferry. The old bridge of 1932 opened in March. The bridge fell in 1940. Was it red?",
)


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Library:
    """The live generation: a few articles, all of which match."""

    def __init__(self) -> None:
        self.articles = [ARTICLE]

    async def retrieve(
        self,
        _question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        del top_k, since, until, articles
        return Retrieved(hits_in([one for one in self.articles if readable.allows(one.id)]), "g1")


def _be_quick(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """There are no power cuts here, and these tests would mostly wait for the disk."""
    connection.cursor().execute("PRAGMA synchronous = OFF")


class Desk:
    """All that moderators work with, on one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        if engine.dialect.name == "sqlite":
            event.listen(engine.sync_engine, "connect", _be_quick)
        self.clock = Clock()
        self.library = Library()
        self.answers = DatabaseStore(engine)
        store = DatabaseVerdicts(engine)
        self.review = Review(self.answers, clock=self.clock)
        self.verdicts = Verdicts(self.answers, store, clock=self.clock)
        self.revisions = Revisions(self.answers, store, self.library, WordReader(), clock=self.clock)

    async def an_answer(self, *claims: Claim, hold: Hold | None = None) -> AnswerRecord:
        """Cites OPENED as 1, RED as 2 and BUILT as 3, unless it has other claims."""
        default = [a_claim(a_citation(number, quote)) for number, quote in enumerate((OPENED, RED, BUILT), 1)]
        held = Triage(hold=hold, held_until=NOON + timedelta(hours=1)) if hold else Triage()
        outcome = an_answer("When?", *(claims or default))
        return await self.review.record(outcome, asker_id=7, guild_id=1, channel_id=2, triage=held)

    async def an_abstention(self) -> AnswerRecord:
        return await self.review.record(
            an_abstention("When?", a_citation(1, OPENED)), asker_id=7, guild_id=1, channel_id=2
        )

    async def acts(self, record: AnswerRecord) -> list[AuditRow]:
        async with self.engine.connect() as connection:
            of_answer = select(AuditRow.__table__).where(AuditRow.answer_id == record.id).order_by(AuditRow.id)
            return list((await connection.execute(of_answer)).all())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One for all tests: each puts its own answers on record."""
    url = f"sqlite:///{tmp_path_factory.mktemp('verdicts') / 'footnote.db'}"
    upgrade(url)
    return url


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    desk = Desk(open_engine(database))
    yield desk
    await desk.answers.close()


@pytest.fixture
async def other_process(database: str) -> AsyncIterator[Desk]:
    desk = Desk(open_engine(database))
    yield desk
    await desk.answers.close()


def texts(claims: Sequence[Claim]) -> list[str]:
    return [claim.text for claim in claims]


def lines(*claims: str) -> str:
    return "\n".join(claims)


# Verdicts


@pytest.mark.parametrize("decision", list(Decision))
async def test_a_verdict_comes_back_with_its_record_and_the_clock_s_time(desk: Desk, decision: Decision) -> None:
    record = await desk.an_answer()
    desk.clock.now += timedelta(minutes=5)
    decided = await desk.verdicts.decide(record.id, decision, moderator_id=9)
    assert decided.verdict == Verdict(record.id, decision, 9, NOON + timedelta(minutes=5))
    assert decided == await desk.answers.get(record.id)


async def test_a_verdict_and_a_ruling_read_the_answer_once(desk: Desk) -> None:
    record = await desk.an_answer()
    reads: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM answers \nWHERE answers.id = " in statement:
            reads.append(statement)

    event.listen(desk.engine.sync_engine, "before_cursor_execute", note)
    ruled = await desk.verdicts.rule(record.id, 3, Ruling.RIGHT, moderator_id=9, revision=0)
    assert len(reads) == 1
    again = await desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=9, revision=0)
    decided = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    assert len(reads) == 3
    event.remove(desk.engine.sync_engine, "before_cursor_execute", note)
    assert [one.number for one in again.rulings] == [1, 3]
    assert (ruled.changes, again.changes, decided.changes) == (1, 2, 3)
    assert decided == await desk.answers.get(record.id)


@pytest.mark.parametrize(
    ("second", "moderator_id"), [(Decision.APPROVED, 9), (Decision.APPROVED, 10), (Decision.REJECTED, 10)]
)
async def test_the_first_verdict_stands(desk: Desk, second: Decision, moderator_id: int) -> None:
    record = await desk.an_answer()
    await desk.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)
    desk.clock.now += timedelta(seconds=1)
    with pytest.raises(AlreadyDecided, match="is already rejected") as refused:
        await desk.verdicts.decide(record.id, second, moderator_id=moderator_id)
    first = Verdict(record.id, Decision.REJECTED, 9, NOON)
    assert refused.value.verdict == first
    assert (await desk.answers.get(record.id)).verdict == first


async def test_the_same_verdict_by_the_same_moderator_again_changes_nothing(desk: Desk) -> None:
    record = await desk.an_answer()
    first = await desk.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)
    desk.clock.now += timedelta(seconds=1)
    assert await desk.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9) == first


async def test_a_verdict_on_one_answer_leaves_the_others_undecided(desk: Desk) -> None:
    one, other = await desk.an_answer(), await desk.an_answer()
    await desk.verdicts.decide(one.id, Decision.APPROVED, moderator_id=9)
    assert (await desk.answers.get(other.id)).verdict is None


async def test_an_answer_that_is_not_on_record_cannot_be_decided(desk: Desk) -> None:
    with pytest.raises(UnknownAnswer, match="Answer 4711 does not exist"):
        await desk.verdicts.decide(4711, Decision.APPROVED, moderator_id=9)


async def test_a_verdict_has_to_be_shown_and_is_on_record_as_an_act(desk: Desk) -> None:
    record = await desk.an_answer()
    decided = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    again = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    assert (decided.changes, again.changes) == (1, 1)
    [act] = await desk.acts(record)
    assert (act.action, act.detail, act.user_id, act.guild_id, act.at) == ("verdict", "approved", 9, 1, NOON)
    assert (act.before, act.after) == (None, None)


@pytest.mark.parametrize(
    ("hold", "decision", "after"),
    [
        (Hold.WAITING, Decision.APPROVED, Hold.SHOWN),
        (Hold.OVERDUE, Decision.APPROVED, Hold.SHOWN),
        (Hold.CLOSED, Decision.APPROVED, Hold.SHOWN),
        (Hold.WAITING, Decision.REJECTED, Hold.CLOSED),
        (Hold.CLOSED, Decision.REJECTED, Hold.CLOSED),
        (Hold.SHOWN, Decision.REJECTED, Hold.SHOWN),
        (Hold.OVERDUE, Decision.REJECTED, Hold.OVERDUE),
    ],
)
async def test_a_verdict_lets_a_held_answer_out_or_closes_it(
    desk: Desk, hold: Hold, decision: Decision, after: Hold
) -> None:
    record = await desk.an_answer(hold=hold)
    assert (await desk.verdicts.decide(record.id, decision, moderator_id=9)).hold is after


async def test_an_answer_of_which_nothing_is_left_cannot_be_approved(desk: Desk) -> None:
    record = await desk.an_answer(a_claim(a_citation(1, OPENED)))
    await desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=9, revision=0)
    with pytest.raises(NothingToApprove, match="Reject it, or edit it"):
        await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    assert (await desk.answers.get(record.id)).verdict is None
    assert [act.action for act in await desk.acts(record)] == ["ruling"]


# Rulings


async def test_a_wrong_citation_leaves_the_answer_with_the_claim_that_only_it_carried(desk: Desk) -> None:
    record = await desk.an_answer(a_claim(a_citation(1, OPENED), a_citation(2, RED)), a_claim(a_citation(2, RED)))
    ruled = await desk.verdicts.rule(record.id, 2, Ruling.WRONG, moderator_id=9, revision=0)
    assert ruled.rulings == (CitationRuling(2, Ruling.WRONG, 9, NOON),)
    assert (texts(ruled.shown_claims), [one.number for one in ruled.shown_citations]) == ([OPENED], [1])
    assert (ruled.claims, ruled.changes) == (record.claims, 1)
    [act] = await desk.acts(record)
    assert (act.action, act.detail) == ("ruling", "citation 2: wrong")
    assert (act.before, act.after) == (f"{OPENED} {RED}", OPENED)


async def test_of_two_rulings_at_once_the_first_stands_and_the_other_moderator_sees_whose_it_was(
    desk: Desk, other_process: Desk
) -> None:
    record = await desk.an_answer()
    told = await asyncio.gather(
        *(
            [desk, other_process][moderator % 2].verdicts.rule(
                record.id, 1, list(Ruling)[moderator % 2], moderator_id=moderator, revision=0
            )
            for moderator in range(10)
        ),
        return_exceptions=True,
    )
    [stands] = (await desk.answers.get(record.id)).rulings
    refused = [one for one in told if isinstance(one, AlreadyRuled)]
    assert len(refused) == 9
    assert {one.ruling for one in refused} == {stands}
    assert len(await desk.acts(record)) == 1


async def test_a_citation_that_is_not_there_is_not_ruled(desk: Desk) -> None:
    answer, abstention = await desk.an_answer(), await desk.an_abstention()
    for record, number in [(answer, 4), (abstention, 1)]:
        with pytest.raises(NoCitation, match=rf"Answer {record.id} no longer has citation {number}"):
            await desk.verdicts.rule(record.id, number, Ruling.RIGHT, moderator_id=9, revision=0)


async def test_after_the_verdict_nothing_changes(desk: Desk) -> None:
    record = await desk.an_answer()
    key = sentence_key((await desk.revisions.nearest(record, 1, readable=EVERYTHING))[0])
    await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    for late in (
        desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=10, revision=0),
        desk.revisions.replace(record.id, 1, key, moderator_id=10, revision=0, readable=EVERYTHING),
        desk.revisions.edit(record.id, f"{OPENED} [1]", moderator_id=10, revision=0),
        desk.verdicts.take_back(record.id, 1, moderator_id=10),
    ):
        with pytest.raises(AlreadyDecided) as refused:
            await late
        assert refused.value.verdict.moderator_id == 9


# Better sentences


async def test_the_nearest_sentences_are_those_that_pass_the_checks_and_then_the_best_supported(desk: Desk) -> None:
    record = await desk.an_answer()
    nearest = await desk.revisions.nearest(record, 1, readable=EVERYTHING)
    assert [candidate.quote for candidate in nearest] == [
        "The old bridge of 1932 opened in March.",
        "The bridge fell in 1940.",
        "Before it there was a ferry.",
    ]
    assert all(one.article.text[one.sentence.start : one.sentence.end] == one.quote for one in nearest)


async def test_no_more_than_ten_are_offered_and_none_that_the_claim_cites_already(desk: Desk) -> None:
    desk.library.articles = [Article("many.md", "Many", " ".join(f"The bridge has {n} arches." for n in range(2, 22)))]
    first = (await desk.revisions.nearest(await desk.an_answer(), 1, readable=EVERYTHING))[0]
    cited = replace(a_citation(1), article_id="many.md", version=first.article.version, start=first.sentence.start)
    nearest = await desk.revisions.nearest(await desk.an_answer(a_claim(cited)), 1, readable=EVERYTHING)
    assert len(nearest) == 10
    assert first.sentence not in [one.sentence for one in nearest]


async def test_a_better_sentence_takes_the_number_and_is_ruled_right(desk: Desk) -> None:
    record = await desk.an_answer()
    await desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=9, revision=0)
    better = (await desk.revisions.nearest(record, 1, readable=EVERYTHING))[0]
    desk.clock.now += timedelta(minutes=1)
    revised = await desk.revisions.replace(
        record.id, 1, sentence_key(better), moderator_id=10, revision=0, readable=EVERYTHING
    )
    cited = revised.citations[0]
    assert (cited.number, cited.article_id, cited.version) == (1, "history.md", ARTICLE.version)
    assert ARTICLE.text[cited.start : cited.end] == cited.quote == better.quote
    assert (revised.revision, revised.revised_by) == (1, 10)
    assert revised.rulings == (CitationRuling(1, Ruling.RIGHT, 10, desk.clock.now),)
    assert texts(revised.shown_claims) == [OPENED, RED, BUILT]
    assert revised.claims[0].support == 1.0
    approved = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    assert approved.is_corrected


async def test_of_two_better_sentences_at_once_one_stands_and_the_other_moderator_sees_whose_it_was(
    desk: Desk, other_process: Desk
) -> None:
    record = await desk.an_answer()
    keys = [sentence_key(candidate) for candidate in (await desk.revisions.nearest(record, 1, readable=EVERYTHING))[:2]]
    told = await asyncio.gather(
        desk.revisions.replace(record.id, 1, keys[0], moderator_id=1, revision=0, readable=EVERYTHING),
        other_process.revisions.replace(record.id, 1, keys[1], moderator_id=2, revision=0, readable=EVERYTHING),
        return_exceptions=True,
    )
    [refused] = [one for one in told if isinstance(one, AlreadyRevised)]
    kept = await desk.answers.get(record.id)
    assert (kept.revision, kept.revised_by) == (1, refused.moderator_id)


async def test_what_was_read_before_a_change_is_neither_ruled_nor_changed(desk: Desk) -> None:
    record = await desk.an_answer()
    key = sentence_key((await desk.revisions.nearest(record, 1, readable=EVERYTHING))[0])
    await desk.revisions.replace(record.id, 1, key, moderator_id=10, revision=0, readable=EVERYTHING)
    for late in (
        desk.verdicts.rule(record.id, 2, Ruling.WRONG, moderator_id=9, revision=0),
        desk.revisions.replace(record.id, 2, key, moderator_id=9, revision=0, readable=EVERYTHING),
        desk.revisions.edit(record.id, f"{OPENED} [1]", moderator_id=9, revision=0),
    ):
        with pytest.raises(AlreadyRevised, match=r"changed in the meantime\. Read its card again") as refused:
            await late
        assert refused.value.moderator_id == 10


async def test_a_sentence_that_the_index_has_lost_meanwhile_is_not_cited(desk: Desk) -> None:
    record = await desk.an_answer()
    key = sentence_key((await desk.revisions.nearest(record, 1, readable=EVERYTHING))[0])
    desk.library.articles = [Article("history.md", "History", "It opened in 1932, in March.")]
    with pytest.raises(SentenceGone):
        await desk.revisions.replace(record.id, 1, key, moderator_id=9, revision=0, readable=EVERYTHING)


# Edits


async def test_an_edited_answer_says_what_was_written_and_is_approved(desk: Desk) -> None:
    record = await desk.an_answer()
    edited = await desk.revisions.edit(
        record.id, f"The bridge is  red and opened in 1932. [1][2]\n\n{BUILT} [3]\n", moderator_id=9, revision=0
    )
    assert texts(edited.claims) == ["The bridge is red and opened in 1932.", BUILT]
    assert [[one.number for one in claim.citations] for claim in edited.claims] == [[1, 2], [3]]
    assert edited.claims[1] == record.claims[2]
    assert edited.verdict == Verdict(record.id, Decision.APPROVED, 9, NOON)
    assert edited.is_corrected
    [act] = await desk.acts(record)
    assert (act.action, act.before) == ("edit", f"{OPENED} {RED} {BUILT}")
    assert act.after == f"The bridge is red and opened in 1932. {BUILT}"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("The bridge opened.", "it cites no sentence: choose one, or end the line with its number, such as [1]"),
        ("The bridge opened. [4]", "there is no sentence [4], or it was ruled wrong"),
        ("The bridge is red. [2]", "there is no sentence [2], or it was ruled wrong"),
        ("The bridge opened in 1933. [1]", "it has a number that its sentences do not have"),
        ("Smith Brothers opened the bridge. [1]", "it has a name that its sentences do not have"),
        ("The bridge never opened in 1932. [1]", "it says the opposite of its sentences"),
        ("Ferries carried sheep, cattle and grain. [1]", "its sentences do not support it enough (support 0%)"),
    ],
)
async def test_a_line_that_its_sentences_do_not_carry_is_not_shown_as_if_they_did(
    desk: Desk, line: str, reason: str
) -> None:
    record = await desk.an_answer()
    await desk.verdicts.rule(record.id, 2, Ruling.WRONG, moderator_id=9, revision=0)
    with pytest.raises(NotGrounded) as refused:
        await desk.revisions.edit(record.id, lines(f"{OPENED} [1]", line), moderator_id=9, revision=0)
    [failure] = refused.value.failures
    assert (failure.line, failure.reason) == (line.partition(" [")[0], reason)
    assert (await desk.answers.get(record.id)).claims == record.claims


async def test_a_moderator_can_state_such_a_line_in_their_own_name(desk: Desk) -> None:
    record = await desk.an_answer()
    text = lines(f"{OPENED} [1]", "It is my favourite. [2]")
    edited = await desk.revisions.edit(record.id, text, moderator_id=9, revision=0, in_own_name=True)
    assert edited.claims == (record.claims[0], Claim("It is my favourite.", 0.0, (), stated_by=9))
    assert edited.shown_claims == edited.claims


async def test_an_abstention_can_be_answered_from_the_nearest_sentences(desk: Desk) -> None:
    record = await desk.an_abstention()
    edited = await desk.revisions.edit(record.id, "It opened in 1932. [1]", moderator_id=9, revision=0)
    assert (edited.answered, texts(edited.claims)) == (True, ["It opened in 1932."])
    assert edited.citations == record.citations
    assert edited.is_corrected
    undone = await desk.verdicts.undo(record.id, Decision.APPROVED, moderator_id=9)
    assert (undone.answered, undone.claims, undone.citations) == (False, (), record.citations)


async def test_an_edit_that_changes_nothing_is_an_approval(desk: Desk) -> None:
    record = await desk.an_answer()
    text = lines(f"{OPENED} [1]", f"{RED} [2]", f"{BUILT} [3]")
    edited = await desk.revisions.edit(record.id, text, moderator_id=9, revision=0)
    assert (edited.revision, edited.is_corrected) == (0, False)
    assert edited.verdict is not None


async def test_an_edit_that_leaves_nothing_is_refused(desk: Desk) -> None:
    record = await desk.an_answer()
    with pytest.raises(ReviewError, match="Nothing is left"):
        await desk.revisions.edit(record.id, " \n[1]\n", moderator_id=9, revision=0)


async def test_of_an_edit_and_verdicts_at_once_one_stands_and_nothing_is_mixed(desk: Desk, other_process: Desk) -> None:
    for first, second in [(desk, other_process), (other_process, desk)]:
        record = await desk.an_answer()
        told = await asyncio.gather(
            first.revisions.edit(record.id, f"{RED} [2]", moderator_id=1, revision=0),
            second.verdicts.decide(record.id, Decision.REJECTED, moderator_id=2),
            second.revisions.edit(record.id, f"{BUILT} [3]", moderator_id=3, revision=0),
            return_exceptions=True,
        )
        kept = await desk.answers.get(record.id)
        assert kept.verdict is not None
        said = {1: [RED], 2: [OPENED, RED, BUILT], 3: [BUILT]}
        assert texts(kept.claims) == said[kept.verdict.moderator_id]
        assert sum(isinstance(one, AnswerRecord) for one in told) == 1
        assert {type(one) for one in told} <= {AnswerRecord, AlreadyDecided}
        assert len(await desk.acts(record)) == 1


async def test_an_edit_of_an_answer_whose_sources_have_changed_is_refused(desk: Desk) -> None:
    record = await desk.an_answer()
    await desk.answers.set_posted(record.id, MessageRef(2, 3))
    await desk.answers.set_statuses(record.id, dict.fromkeys((1, 2, 3), CitationStatus.GONE), "g2")
    with pytest.raises(SourcesChanged):
        await desk.revisions.edit(record.id, f"{RED} [2]", moderator_id=9, revision=0)
    assert (await desk.answers.get(record.id)).claims[0].text == OPENED


async def test_a_citation_that_changed_while_it_was_looked_at_is_looked_at_again(desk: Desk) -> None:
    record = await desk.an_answer()
    await desk.answers.set_posted(record.id, MessageRef(2, 3))
    key = sentence_key((await desk.revisions.nearest(record, 1, readable=EVERYTHING))[0])
    await desk.revisions.replace(record.id, 1, key, moderator_id=9, revision=0, readable=EVERYTHING)
    await desk.answers.set_statuses(record.id, dict.fromkeys((1, 2, 3), CitationStatus.GONE), "g2", revision=0)
    assert (await desk.answers.get(record.id)).lost == 0
    due = await desk.answers.unchecked("g2", since=NOON - timedelta(days=1), limit=99)
    assert record.id in [one.id for one in due]


async def test_a_lost_sentence_that_was_ruled_wrong_opens_nothing_again(desk: Desk) -> None:
    record = await desk.an_answer()
    await desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=9, revision=0)
    decided = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    found = {1: CitationStatus.GONE, 2: CitationStatus.HOLDS, 3: CitationStatus.HOLDS}
    await desk.answers.set_statuses(record.id, found, "g2")
    kept = await desk.answers.get(record.id)
    assert (kept.verdict, kept.round, kept.lost) == (decided.verdict, 1, 0)
    await desk.answers.set_statuses(record.id, found | {2: CitationStatus.GONE}, "g3")
    assert (await desk.answers.get(record.id)).round == 2


# Taking back


@pytest.mark.parametrize("decision", Decision)
async def test_anyone_can_take_a_verdict_back_and_the_next_one_stands(desk: Desk, decision: Decision) -> None:
    record = await desk.an_answer()
    await desk.verdicts.decide(record.id, decision, moderator_id=9)
    desk.clock.now += timedelta(minutes=10)
    undone = await desk.verdicts.undo(record.id, decision, moderator_id=10)
    assert (undone.verdict, undone.changes) == (None, 2)
    decided = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=11)
    assert decided.verdict is not None
    assert decided.verdict.moderator_id == 11
    assert [act.action for act in await desk.acts(record)] == ["verdict", "undo", "verdict"]


async def test_after_the_window_a_verdict_stays(desk: Desk) -> None:
    record = await desk.an_answer()
    await desk.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)
    desk.clock.now += timedelta(minutes=10, seconds=1)
    with pytest.raises(TooLateToUndo, match="A verdict can be undone for 10 minutes; that time has passed"):
        await desk.verdicts.undo(record.id, Decision.REJECTED, moderator_id=9)
    assert (await desk.answers.get(record.id)).verdict is not None


async def test_only_the_verdict_that_was_read_is_undone_and_only_once(desk: Desk, other_process: Desk) -> None:
    record = await desk.an_answer()
    await desk.verdicts.decide(record.id, Decision.REJECTED, moderator_id=9)
    for late in (
        desk.verdicts.undo(record.id, Decision.APPROVED, moderator_id=9),
        desk.verdicts.undo(record.id, Decision.REJECTED, moderator_id=9, in_round=2),
    ):
        with pytest.raises(NothingToUndo):
            await late
    told = await asyncio.gather(
        *(one.verdicts.undo(record.id, Decision.REJECTED, moderator_id=10) for one in (desk, other_process)),
        return_exceptions=True,
    )
    assert {type(one) for one in told} == {AnswerRecord, NothingToUndo}


async def test_an_edit_goes_with_its_verdict(desk: Desk) -> None:
    record = await desk.an_answer()
    key = sentence_key((await desk.revisions.nearest(record, 1, readable=EVERYTHING))[0])
    replaced = await desk.revisions.replace(record.id, 1, key, moderator_id=8, revision=0, readable=EVERYTHING)
    await desk.revisions.edit(record.id, f"{RED} [2]", moderator_id=9, revision=1)
    undone = await desk.verdicts.undo(record.id, Decision.APPROVED, moderator_id=10)
    assert (undone.claims, undone.verdict, undone.revised_by) == (replaced.claims, None, 8)
    assert undone.revision == 3, "a number never means two texts"
    act = (await desk.acts(record))[-1]
    assert (act.action, act.before, act.after) == ("undo", RED, f"{OPENED} {RED} {BUILT}")
    approved = await desk.verdicts.decide(record.id, Decision.APPROVED, moderator_id=9)
    assert approved.is_corrected


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize(("hold", "is_held_again"), [(Hold.WAITING, True), (Hold.OVERDUE, False)])
async def test_a_held_answer_is_held_again_if_its_verdict_came_in_time(
    desk: Desk, hold: Hold, is_held_again: bool, decision: Decision
) -> None:
    record = await desk.an_answer(hold=hold)
    desk.clock.now += timedelta(minutes=59) if is_held_again else timedelta(minutes=61)
    decided = await desk.verdicts.decide(record.id, decision, moderator_id=9)
    undone = await desk.verdicts.undo(record.id, decision, moderator_id=9)
    assert undone.hold is (Hold.WAITING if is_held_again else decided.hold)


async def test_a_ruling_can_be_undone(desk: Desk) -> None:
    record = await desk.an_answer()
    await desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=9, revision=0)
    undone = await desk.verdicts.take_back(record.id, 1, moderator_id=10)
    assert (undone.rulings, undone.shown_claims) == ((), record.claims)
    with pytest.raises(NothingToUndo, match="ruling on citation 1 can no longer be undone"):
        await desk.verdicts.take_back(record.id, 1, moderator_id=10)
    again = await desk.verdicts.rule(record.id, 1, Ruling.RIGHT, moderator_id=10, revision=0)
    assert again.rulings[0].moderator_id == 10
    desk.clock.now += timedelta(minutes=11)
    with pytest.raises(TooLateToUndo, match="A ruling can be undone for 10 minutes"):
        await desk.verdicts.take_back(record.id, 1, moderator_id=10)


async def test_a_better_sentence_can_be_undone_with_its_ruling_while_it_is_the_last_change(desk: Desk) -> None:
    record = await desk.an_answer()
    wrong = (await desk.verdicts.rule(record.id, 1, Ruling.WRONG, moderator_id=9, revision=0)).rulings
    keys = [sentence_key((await desk.revisions.nearest(record, number, readable=EVERYTHING))[0]) for number in (1, 2)]
    await desk.revisions.replace(record.id, 1, keys[0], moderator_id=10, revision=0, readable=EVERYTHING)
    desk.clock.now += timedelta(seconds=1)
    await desk.revisions.replace(record.id, 2, keys[1], moderator_id=10, revision=1, readable=EVERYTHING)
    with pytest.raises(ChangedSince):
        await desk.verdicts.take_back(record.id, 1, moderator_id=10)
    await desk.verdicts.take_back(record.id, 2, moderator_id=10)
    undone = await desk.verdicts.take_back(record.id, 1, moderator_id=10)
    assert (undone.claims, undone.rulings, undone.revised_by) == (record.claims, wrong, None)
    assert undone.revision == 4
    assert texts(undone.shown_claims) == [RED, BUILT]
