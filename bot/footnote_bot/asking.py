"""The use case of a question in Discord: policy, answer, triage, record. /ask, messages and "tell me when" share it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime

import discord

from footnote.models import Abstention, Answer
from footnote.policies import DEFAULT, Mode, Policy
from footnote.ports import Asker, OnDrafting, Turn
from footnote.records import AnswerRecord
from footnote.review import Review
from footnote.stores import PolicyStore
from footnote.triage import cast, triage
from footnote_bot.access.ask_channels import parent_channel_of, require_ask_channel
from footnote_bot.access.audiences import Askers
from footnote_bot.log_format import begin_question
from footnote_bot.services import AskService

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to an answer. `origin` is the message, interaction or abstention that it comes from, and
    `question_id` the same, unless the answer replies to nothing. `began`: whoever is forgotten since is left out.
    """

    text: str
    asker: Asker
    channel_id: int
    policy: Policy
    began: datetime
    origin: int
    question_id: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether a moderator sees the answer before everybody else does."""
        return self.policy.mode is Mode.HOLD


class Asking:
    """Implements the use case. It shows nothing: what is asked and recorded is posted by whoever calls."""

    def __init__(
        self, ask: AskService, review: Review, policies: PolicyStore, askers: Askers, *, time_limit: float
    ) -> None:
        self._ask = ask
        self._review = review
        self.store = review.store
        self._policies = policies
        self._askers = askers
        self._time_limit = time_limit

    async def require_channel(self, channel: object, channel_id: int, user: discord.User | discord.Member) -> None:
        """Raises NotAllowed where questions are not answered."""
        await require_ask_channel(self._policies, channel, channel_id, user)

    async def asker(self, user_id: int, guild_id: int | None, channel_id: int) -> Asker:
        """Without a guild it is asked in direct messages. Raises NotInDirectMessages."""
        return await self._askers.asker(user_id, guild_id, channel_id)

    async def policy(self, asker: Asker, channel: object, channel_id: int) -> Policy:
        """The one that counts in a channel. No policy holds in direct messages."""
        if asker.guild_id is None or asker.is_direct:
            return DEFAULT
        return await self._policies.policy_of(asker.guild_id, parent_channel_of(channel, channel_id))

    async def begin_reply(self, inquiry: Inquiry) -> None:
        """Puts the reply on record, so that none is left thinking where answers are held."""
        await self._review.begin_reply(inquiry.origin, inquiry.channel_id)

    def inquiry(
        self, text: str, asker: Asker, policy: Policy, *, channel_id: int, origin: int, is_reply: bool = True
    ) -> Inquiry:
        """A question that begins now, in this task."""
        begin_question(origin)
        question_id = origin if is_reply else None
        return Inquiry(text, asker, channel_id, policy, self._review.now(), origin, question_id)

    async def outcome(
        self,
        inquiry: Inquiry,
        *,
        conversation: Awaitable[Sequence[Turn]] | None = None,
        on_drafting: OnDrafting | None = None,
    ) -> Answer | Abstention:
        """Raises TimeoutError when it takes too long, and FootnoteError."""
        async with asyncio.timeout(self._time_limit):
            before = await conversation if conversation else ()
            return await self._ask(inquiry.text, conversation=before, asker=inquiry.asker, on_drafting=on_drafting)

    async def record(self, inquiry: Inquiry, outcome: Answer | Abstention) -> AnswerRecord:
        """Puts an outcome on record before anybody sees it, with what its policy says about review."""
        asker = inquiry.asker
        record = await self._review.record(
            outcome,
            asker_id=asker.user_id,
            guild_id=None if asker.is_direct else asker.guild_id,
            channel_id=inquiry.channel_id,
            question_id=inquiry.question_id,
            triage=triage(inquiry.policy, outcome, now=self._review.now(), dice=cast(inquiry.origin)),
            since=inquiry.began,
        )
        log.info("answer %d: recorded in channel %d", record.id, record.channel_id)
        return record
