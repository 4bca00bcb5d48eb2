"""Posted answers whose sources change: found in each new generation, marked, and sent to review again.

The database comes first, the message second. Whatever a message does not show yet is found again by `show`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from footnote.errors import EmptyIndex, FootnoteError
from footnote.records.answers import AnswerRecord
from footnote.review.recording import Review
from footnote_bot.discord_services import IndexService
from footnote_bot.posts.posting import Posting

log = logging.getLogger(__name__)

ANSWERS_AT_ONCE = 200


class Ageing:
    """Compares posted answers with the live generation: those asked `within` that time; zero: none.

    `seconds_between` edits of answers: each edits the answer and its card, and Discord allows a few edits per second.
    """

    def __init__(
        self, index: IndexService, review: Review, posting: Posting, *, within: timedelta, seconds_between: float
    ) -> None:
        self._index = index
        self._review = review
        self._store = review.store
        self._posting = posting
        self._within = within
        self._seconds_between = seconds_between
        self._showing = asyncio.Lock()
        self._is_due = False
        self._is_stopped = False

    def stop(self) -> None:
        """Stops after the current edit: the rest is shown after the next start."""
        self._is_stopped = True

    async def run_once(self) -> None:
        """Records the status of citations for answers that were not checked in the live generation yet."""
        if not self._within:
            return
        try:
            live = (await self._index.status()).generation
            while records := await self._review.unchecked(live, within=self._within, limit=ANSWERS_AT_ONCE):
                live = await self._look_at(records)
        except EmptyIndex:
            return
        except FootnoteError as error:
            log.warning("posted answers could not be compared with the index: %s", error)

    async def show(self) -> None:
        """Edits the messages of outdated answers, one by one. If it is called again meanwhile, it looks for more at the
        end.
        """
        self._is_due = True
        if self._showing.locked():
            return
        async with self._showing:
            while self._is_due:
                self._is_due = False
                await self._show_all()

    async def _look_at(self, records: Sequence[AnswerRecord]) -> str:
        """The generation that they were checked in: another one may have gone live meanwhile."""
        found = await self._index.statuses_of([citation for record in records for citation in record.citations])
        left = iter(found.statuses)
        unchanged = []
        for record in records:
            statuses = dict(zip(_numbers(record), islice(left, len(record.citations)), strict=True))
            if all(statuses[citation.number] is citation.status for citation in record.citations):
                unchanged.append(record.id)
                continue
            await self._store.set_statuses(record.id, statuses, found.generation, revision=record.revision)
        await self._store.set_checked(unchanged, found.generation)
        log.info("posted answers: %d looked at, %d changed", len(records), len(records) - len(unchanged))
        return found.generation

    async def _show_all(self) -> None:
        for answer_id in await self._store.outdated():
            if self._is_stopped:
                return
            await self._posting.show_verdict(await self._store.get(answer_id))
            await asyncio.sleep(self._seconds_between)


def _numbers(record: AnswerRecord) -> list[int]:
    return [citation.number for citation in record.citations]
