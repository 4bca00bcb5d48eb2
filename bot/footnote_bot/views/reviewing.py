"""What all controls of moderators have in common: who may use them, on which answer, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

import discord

from footnote.errors import ReviewError, UnknownAnswer
from footnote.records import AnswerKey, AnswerRecord
from footnote.review import Review
from footnote.revisions import NotGrounded, Revisions
from footnote.stores import Stores
from footnote.verdicts import Verdicts
from footnote_bot.access.own_messages import require_own_card
from footnote_bot.access.permissions import require_moderator
from footnote_bot.access.privacy import Privacy
from footnote_bot.render.cards import refusal
from footnote_bot.services import IndexService
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import tell


class ShowsVerdicts(Protocol):
    """Whoever keeps the messages in step with the verdicts."""

    async def show_verdict(self, record: AnswerRecord, /) -> None: ...


class ReviewHost(Protocol):
    """What the controls need of the client."""

    @property
    def review(self) -> Review: ...

    @property
    def stores(self) -> Stores: ...

    @property
    def verdicts(self) -> Verdicts: ...

    @property
    def revisions(self) -> Revisions: ...

    @property
    def posting(self) -> ShowsVerdicts: ...

    @property
    def index(self) -> IndexService: ...

    @property
    def privacy(self) -> Privacy: ...

    @property
    def in_flight(self) -> InFlight: ...


async def own_record(interaction: discord.Interaction[Any], host: ReviewHost, answer: AnswerKey) -> AnswerRecord:
    """The answer, if what was pressed belongs to it, and this member may review it.

    Raises NotAllowed, UnknownAnswer.
    """
    record = await host.review.store.get(answer.id)
    require_own_card(interaction, record, answer)
    await require_moderator(interaction, host.stores.policies, asked_in=record.channel_id)
    await host.privacy.require_sight(interaction, record)
    return record


async def carried_out(
    interaction: discord.Interaction[Any], host: ReviewHost, answer_id: int, work: Awaitable[AnswerRecord]
) -> AnswerRecord:
    """The record after the work. If it is refused, the moderator reads why, and who was first. Lines that are not
    grounded are left to the caller, which says more about them.
    """
    try:
        return await work
    except (UnknownAnswer, NotGrounded):
        raise
    except ReviewError as refused:
        record = await host.review.store.get(answer_id)
        await tell(interaction, refusal(record, refused))
        return record
