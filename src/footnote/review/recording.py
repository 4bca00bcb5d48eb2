"""Answers on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from footnote.models import Abstention, Answer
from footnote.records.answers import HERE, NOBODY, AnswerRecord
from footnote.records.replies import Reply
from footnote.stores import AT_ONCE, AnswerStore, Asked, Triage

ABANDONED_AFTER = timedelta(minutes=2)
"""An older reply that is not done belongs to a process that has ended: answering takes well under a minute."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Review:
    """Records answers, and where they are reviewed."""

    def __init__(self, store: AnswerStore, *, clock: Callable[[], datetime] = utc_now) -> None:
        self.store = store
        self._clock = clock

    def now(self) -> datetime:
        return self._clock()

    async def record(
        self,
        outcome: Answer | Abstention,
        *,
        asker_id: int,
        guild_id: int | None,
        channel_id: int,
        question_id: int | None = None,
        triage: Triage = AT_ONCE,
        since: datetime | None = None,
        follows: int | None = None,
        is_private: bool = False,
        suggestions: tuple[str, ...] = (),
        calls_people: bool = False,
    ) -> AnswerRecord:
        """Puts an answer on record before it is posted, so that its buttons can carry the record's number.

        `since`: when answering it began.
        """
        now = self._clock()
        asked = Asked(
            asker_id, guild_id, channel_id, now, question_id, since, follows, is_private, suggestions, calls_people
        )
        return await self.store.add(outcome, asked, triage)

    async def record_here(self, outcome: Answer | Abstention) -> AnswerRecord:
        """Records a question from the terminal or a page of this machine: without an asker, and not reviewed."""
        asked = Asked(NOBODY, None, HERE, self._clock())
        return await self.store.add(outcome, asked, Triage(is_for_review=False))

    async def begin_reply(
        self, question_id: int, channel_id: int, *, message_id: int | None = None, asker_id: int | None = None
    ) -> None:
        """Records a reply before it is posted, and again when its message is known, so that a killed process leaves no
        unknown reply behind. `asker_id`: as in `Reply`.
        """
        await self.store.put_reply(Reply(question_id, channel_id, self._clock(), message_id, asker_id=asker_id))

    async def abandoned_replies(self) -> Sequence[Reply]:
        """Judged by age, not by who began them: two processes may share one database."""
        return await self.store.replies(begun_before=self._clock() - ABANDONED_AFTER)

    async def claim_reply(self, reply: Reply) -> bool:
        """Whether this process, and not another one, should finish an abandoned reply. It has that long to do so."""
        now = self._clock()
        return await self.store.claim_reply(reply.question_id, begun_before=now - ABANDONED_AFTER, at=now)

    async def release_reply(self, reply: Reply) -> None:
        """After a try that failed, so that the next one need not wait."""
        await self.store.release_reply(reply.question_id)

    async def unchecked(self, generation: str, *, within: timedelta, limit: int) -> Sequence[AnswerRecord]:
        """Posted answers of that time whose citations were last checked in another generation, newest first."""
        return await self.store.unchecked(generation, since=self._clock() - within, limit=limit)

    async def set_review_channel(self, guild_id: int, channel_id: int | None) -> None:
        """From now on, cards go to that channel; None switches review off. Choosing the same channel again changes
        nothing, so answers that still wait for their card are not forgotten.
        """
        current = await self.store.review_channel(guild_id)
        if current and current[0] == channel_id:
            return
        await self.store.set_review_channel(guild_id, channel_id, self._clock())

    async def drop_review_channel(self, guild_id: int, channel_id: int) -> bool:
        """Whether cards went to that channel until now."""
        return await self.store.drop_review_channel(guild_id, channel_id, self._clock())
