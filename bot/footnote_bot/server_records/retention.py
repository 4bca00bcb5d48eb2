"""Limits how long it is recorded who asked what: a pass over the oldest answers each day."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from footnote.review.recording import Review
from footnote.stores import Forgetting

log = logging.getLogger(__name__)

ANSWERS_AT_ONCE = 200
"""How many in one pass, since the message of each is edited; the next pass continues."""


class Retention:
    """Removes askers and questions after `keep`; zero: never. Who spent what is only known for the day."""

    def __init__(self, forgetting: Forgetting, review: Review, *, keep: timedelta) -> None:
        self._forgetting = forgetting
        self._review = review
        self._keep = keep
        self._done_on: date | None = None

    async def run_once(self) -> None:
        now = self._review.now()
        if self._done_on == now.date():
            return
        await self._forgetting.expire_spending(before=now.date())
        if not self._keep or await self._expire() < ANSWERS_AT_ONCE:
            self._done_on = now.date()

    async def _expire(self) -> int:
        now = self._review.now()
        expired = await self._forgetting.expire(asked_before=now - self._keep, limit=ANSWERS_AT_ONCE, now=now)
        if expired:
            log.info("the questions of %d answers are removed: they are older than %d days", expired, self._keep.days)
        return expired
