"""The real store, with a view of its records for tests that wait for them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine
from footnote.adapters.database.tables import Base, IdentityRow
from footnote.models import Abstention, Answer, CitationStatus
from footnote.records import AnswerRecord, CitationRuling, Decision, MessageRef, Verdict
from footnote.replies import Reply
from footnote.stores import AT_ONCE, Asked, Revision, Triage


class Killed(BaseException):
    """Nothing of ours survives it, as when the process is killed."""


class WatchedStore(DatabaseStore):
    """`records` holds what the database does, read back after each change."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.engine = open_engine(url)
        super().__init__(self.engine)
        self.records: dict[int, AnswerRecord] = {}
        self.places_fail = False
        self.killed_when: str | None = None
        self.passes = 0  # of catching up: each begins with `unshown`

    async def add(self, outcome: Answer | Abstention, asked: Asked, triage: Triage = AT_ONCE) -> AnswerRecord:
        record = await self.watch((await super().add(outcome, asked, triage)).id)
        self._die("recorded")
        return record

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None:
        self._die("shown")
        if self.places_fail:
            raise OSError("the disk is full")
        await super().set_posted(answer_id, posted)
        await self.watch(answer_id)

    async def put_reply(self, reply: Reply) -> None:
        self._die("expected" if reply.message_id is None else "begun")
        await super().put_reply(reply)

    async def set_card(self, answer_id: int, card: MessageRef | None) -> None:
        """None also as after a crash between posting a card and writing down where."""
        await super().set_card(answer_id, card)
        await self.watch(answer_id)

    async def set_shown(self, answer_id: int, shown: Decision | None, *, changes: int = 0) -> None:
        await super().set_shown(answer_id, shown, changes=changes)
        await self.watch(answer_id)

    async def set_told(self, answer_id: int, told: str) -> None:
        self._die("told")
        await super().set_told(answer_id, told)
        await self.watch(answer_id)

    async def set_standings(
        self, answer_id: int, standings: Mapping[int, CitationStatus], generation: str, *, revision: int = 0
    ) -> None:
        await super().set_standings(answer_id, standings, generation, revision=revision)
        await self.watch(answer_id)
        self._die("aged")

    async def unshown(self) -> Sequence[AnswerRecord]:
        self.passes += 1
        return await super().unshown()

    async def forget_everything(self) -> None:
        """As when the file is lost: the numbers start again from 1."""
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

    async def watch(self, answer_id: int) -> AnswerRecord:
        self.records[answer_id] = await self.get(answer_id)
        return self.records[answer_id]


class WatchedVerdicts(DatabaseVerdicts):
    """Verdicts in the database of a watched store, whose view of the records they keep up to date."""

    def __init__(self, store: WatchedStore) -> None:
        super().__init__(store.engine)
        self._store = store

    async def decide(self, verdict: Verdict) -> AnswerRecord:
        return await self._watched(await super().decide(verdict))

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> AnswerRecord:
        return await self._watched(await super().rule(answer_id, ruling, made_on=made_on))

    async def revise(self, revision: Revision) -> AnswerRecord:
        return await self._watched(await super().revise(revision))

    async def edit(self, revision: Revision, *, in_round: int) -> AnswerRecord:
        return await self._watched(await super().edit(revision, in_round=in_round))

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> AnswerRecord:
        return await self._watched(await super().undo(verdict, moderator_id=moderator_id, at=at, within=within))

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> AnswerRecord:
        record = await super().take_back(answer_id, number, moderator_id=moderator_id, at=at, within=within)
        return await self._watched(record)

    async def _watched(self, record: AnswerRecord) -> AnswerRecord:
        await self._store.watch(record.id)
        return record
