"""The real store, with a view of its records for tests that wait for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, insert
from sqlalchemy.orm import Session

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine
from footnote.adapters.database.engine import open_blocking_engine
from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.tables import AnswerRow, Base, IdentityRow
from footnote.models import Abstention, Answer, CitationStatus
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, MessageRef, Verdict
from footnote.records.replies import Reply
from footnote.stores import AT_ONCE, Asked, Revision, Triage


class Killed(BaseException):
    """Nothing in memory survives it, as when the process is killed."""


class Records(Mapping[int, AnswerRecord]):
    """The content of the database, read on access after a change. Most changes are never read."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._read: dict[int, AnswerRecord] = {}
        self._stale: set[int] = set()

    def __getitem__(self, answer_id: int) -> AnswerRecord:
        return self._present()[answer_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._present())

    def __len__(self) -> int:
        return len(self._present())

    def changed(self, answer_id: int) -> None:
        self._stale.add(answer_id)

    def clear(self) -> None:
        self._read.clear()
        self._stale.clear()

    def close(self) -> None:
        if self._engine:
            self._engine.dispose()

    def _present(self) -> Mapping[int, AnswerRecord]:
        if self._stale:
            self._engine = self._engine or open_blocking_engine(self._url)
            with Session(self._engine) as session:
                for answer_id in sorted(self._stale):
                    self._read[answer_id] = record_of(session.get_one(AnswerRow, answer_id))
            self._stale.clear()
        return self._read


class WatchedStore(DatabaseStore):
    """`records` shows the content of the database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.engine = open_engine(url)
        super().__init__(self.engine)
        self.records = Records(url)
        self.places_fail = False
        self.killed_when: str | None = None
        self.passes = 0  # of catching up: each begins with `unshown`

    async def add(self, outcome: Answer | Abstention, asked: Asked, triage: Triage = AT_ONCE) -> AnswerRecord:
        record = await super().add(outcome, asked, triage)
        self.records.changed(record.id)
        self._die("recorded")
        return record

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None:
        self._die("shown")
        if self.places_fail:
            raise OSError("the disk is full")
        await super().set_posted(answer_id, posted)
        self.records.changed(answer_id)

    async def put_reply(self, reply: Reply) -> None:
        self._die("expected" if reply.message_id is None else "begun")
        await super().put_reply(reply)

    async def set_card(self, answer_id: int, card: MessageRef | None) -> None:
        """None also simulates a crash between posting a card and recording where."""
        await super().set_card(answer_id, card)
        self.records.changed(answer_id)

    async def set_shown(self, answer_id: int, shown: Decision | None, *, changes: int = 0) -> None:
        await super().set_shown(answer_id, shown, changes=changes)
        self.records.changed(answer_id)

    async def set_told(self, answer_id: int, told: str) -> None:
        self._die("told")
        await super().set_told(answer_id, told)
        self.records.changed(answer_id)

    async def set_statuses(
        self, answer_id: int, statuses: Mapping[int, CitationStatus], generation: str, *, revision: int = 0
    ) -> None:
        await super().set_statuses(answer_id, statuses, generation, revision=revision)
        self.records.changed(answer_id)
        self._die("aged")

    async def unshown(self) -> Sequence[AnswerRecord]:
        self.passes += 1
        return await super().unshown()

    async def forget_everything(self) -> None:
        """As if the file were lost: the numbers start again from 1."""
        async with self._engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                await connection.execute(delete(table))
            await connection.execute(insert(IdentityRow).values(id=1, mark=secrets.token_hex(4)))
            await connection.exec_driver_sql("DELETE FROM sqlite_sequence")
        self.records.clear()

    async def left(self) -> Sequence[Reply]:
        """The replies that are not done."""
        return await self.replies(begun_before=datetime.max.replace(tzinfo=UTC))

    def _die(self, when: str) -> None:
        if self.killed_when == when:
            self.killed_when = None
            raise Killed

    async def close(self) -> None:
        self.records.close()
        await super().close()


class WatchedVerdicts(DatabaseVerdicts):
    """Verdicts in the database of a watched store, whose view of the records they keep up to date."""

    def __init__(self, store: WatchedStore) -> None:
        super().__init__(store.engine)
        self._store = store

    async def decide(self, verdict: Verdict) -> AnswerRecord:
        return self._watched(await super().decide(verdict))

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> AnswerRecord:
        return self._watched(await super().rule(answer_id, ruling, made_on=made_on))

    async def revise(self, revision: Revision) -> AnswerRecord:
        return self._watched(await super().revise(revision))

    async def edit(self, revision: Revision, *, in_round: int) -> AnswerRecord:
        return self._watched(await super().edit(revision, in_round=in_round))

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> AnswerRecord:
        return self._watched(await super().undo(verdict, moderator_id=moderator_id, at=at, within=within))

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> AnswerRecord:
        record = await super().take_back(answer_id, number, moderator_id=moderator_id, at=at, within=within)
        return self._watched(record)

    def _watched(self, record: AnswerRecord) -> AnswerRecord:
        self._store.records.changed(record.id)
        return record
