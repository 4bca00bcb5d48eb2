"""Shows an answer while it is being made: always the newest draft, and never more edits than Discord allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from footnote.ports import Drafting, OnDrafting
from footnote_bot.posts.places import Place
from footnote_bot.posts.replies import Replies
from footnote_bot.render import answers as render
from footnote_bot.wire.retrying import failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DraftPace:
    """In seconds. An answer that is ready before the `first` draft is posted at once; Discord allows 5 edits in 5 s."""

    first: float = 0.8
    between: float = 1.2


@asynccontextmanager
async def shown_drafts(
    replies: Replies, place: Place, question: str, pace: DraftPace | None
) -> AsyncIterator[OnDrafting | None]:
    """Shows drafts inside the block. After it, no draft is being sent that could overtake the answer.

    No drafts without a pace, or if a reply could not be edited after a crash: then nothing may be shown that must not
    stay. No drafts either while other questions are waiting in front.
    """
    if pace is None or place.is_private or not (place.is_reachable and place.is_next):
        yield None
        return
    drafts = _Drafts(replies, place, question)
    showing = asyncio.create_task(drafts.show_all(pace))
    try:
        yield drafts.tell
    finally:
        try:
            await drafts.none_on_its_way()
        finally:
            showing.cancel()


class _Drafts:
    def __init__(self, replies: Replies, place: Place, question: str) -> None:
        self._replies = replies
        self._place = place
        self._question = question
        self._newest: Drafting | None = None
        self._shown: Drafting | None = None
        self._is_told = asyncio.Event()
        self._on_its_way = asyncio.Lock()

    def tell(self, newest: Drafting) -> None:
        self._newest = newest
        self._is_told.set()

    async def none_on_its_way(self) -> None:
        async with self._on_its_way:
            pass

    async def show_all(self, pace: DraftPace) -> None:
        pause = pace.first
        is_of_use = True
        while is_of_use:
            await asyncio.sleep(pause)
            is_of_use = await self._show_next()
            pause = pace.between

    async def _show_next(self) -> bool:
        """Whether another one makes sense. A failure here must not affect the answer."""
        await self._is_told.wait()
        self._is_told.clear()
        newest = self._newest
        if newest is None or newest == self._shown:
            return True
        try:
            async with self._on_its_way:
                await self._replies.draft(self._place, render.drafting(self._question, newest))
        except Exception as error:
            if not is_discords(error):
                log.exception("question %d: no draft is shown", self._place.question_id)
                return False
            log.info("question %d: a draft is not shown: %s", self._place.question_id, failure_in_words(error))
            self._is_told.set()
            return is_passing(error)
        self._shown = newest
        return True
