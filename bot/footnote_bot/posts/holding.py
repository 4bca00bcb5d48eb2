"""The deadline of answers that wait for a moderator.

The database comes first, the message second. What a message does not show yet is found again by `Ageing.show`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import discord

from footnote.records.answers import AnswerRecord, Hold
from footnote.records.policies import AtDeadline
from footnote.stores import AnswerStore, HoldStore, PolicyStore
from footnote_bot.access.ask_channels import parent_channel_of
from footnote_bot.posts.posting import Posting
from footnote_bot.wire.retrying import failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)


class Holding:
    """Ends holds that nobody has reviewed in time, as the channel's policy says at that time."""

    def __init__(
        self,
        client: discord.Client,
        answers: AnswerStore,
        holds: HoldStore,
        policies: PolicyStore,
        posting: Posting,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._answers = answers
        self._holds = holds
        self._policies = policies
        self._posting = posting
        self._clock = clock

    async def run(self, *, seconds: float) -> None:
        """Checks at intervals, forever. The first check is for what expired while no bot was running."""
        await self._client.wait_until_ready()
        while True:
            try:
                await self.run_once()
            except Exception:
                log.exception("held answers could not be checked")
            await asyncio.sleep(seconds)

    async def run_once(self) -> None:
        """Ends all holds before the first message is edited: Discord may be slow or unavailable."""
        now = self._clock()
        ended = [record.id for record in await self._holds.overdue(now) if await self._end(record, now)]
        await self._show(ended)

    async def _end(self, record: AnswerRecord, now: datetime) -> bool:
        hold = await self._hold_after(record)
        if hold is None or not await self._holds.end(record.id, hold, now):
            return False
        log.info("answer %d: no verdict in time, it is %s", record.id, hold.value)
        return True

    async def _hold_after(self, record: AnswerRecord) -> Hold | None:
        """None when it is unknown right now whose policy applies, because Discord does not answer."""
        if record.guild_id is None:
            return Hold.CLOSED
        try:
            channel_id = await self._parent_channel_of(record.channel_id)
        except Exception as error:
            if not (is_discords(error) or isinstance(error, discord.InvalidData)):
                raise
            if is_passing(error):
                log.info("answer %d: its channel is not known yet: %s", record.id, failure_in_words(error))
                return None
            channel_id = record.channel_id
        policy = await self._policies.policy_of(record.guild_id, channel_id)
        return Hold.OVERDUE if policy.at_deadline is AtDeadline.POST else Hold.CLOSED

    async def _parent_channel_of(self, channel_id: int) -> int:
        return parent_channel_of(
            self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id), channel_id
        )

    async def _show(self, answer_ids: Sequence[int]) -> None:
        """Skips what is being posted right now: it is marked as outdated once it is posted."""
        for answer_id in answer_ids:
            record = await self._answers.get(answer_id)
            if record.posted:
                await self._posting.show_verdict(record)
