"""What all controls of moderators have in common: who may use them, on which answer, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

import discord

from footnote.errors import ReviewError, UnknownAnswer
from footnote.records import AnswerRecord, MessageRef
from footnote.review import Review
from footnote.revisions import NotGrounded, Revisions
from footnote.stores import Stores
from footnote.verdicts import Verdicts
from footnote_bot.access.permissions import NotAllowed, require_moderator
from footnote_bot.access.privacy import Privacy
from footnote_bot.render.cards import refusal
from footnote_bot.services import IndexService
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import tell


class ShowsVerdicts(Protocol):
    """Whoever keeps the messages in step with the verdicts."""

    async def show_verdict(self, record: AnswerRecord, /, *, clicked: MessageRef | None = None) -> None: ...


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


async def own_record(interaction: discord.Interaction[Any], host: ReviewHost, answer_id: int) -> AnswerRecord:
    """The answer, if it is reviewed here, and by this member: a card from before the database was lost carries the
    number of another one.

    Raises NotAllowed, UnknownAnswer.
    """
    record = await host.review.store.get(answer_id)
    is_own_channel = record.card is None or record.card.channel_id == interaction.channel_id
    if record.guild_id is None or record.guild_id != interaction.guild_id or not is_own_channel:
        raise NotAllowed("This answer was given elsewhere; it can only be reviewed there.")
    await require_moderator(interaction, host.stores.policies, asked_in=record.channel_id)
    await host.privacy.require_sight(interaction, record)
    return record


async def carried_out(
    interaction: discord.Interaction[Any], host: ReviewHost, answer_id: int, work: Awaitable[AnswerRecord]
) -> AnswerRecord:
    """The record after the work. Where that is refused the moderator is told why, and who was first; but for lines that
    are not grounded, about which there is more to say.
    """
    try:
        return await work
    except (UnknownAnswer, NotGrounded):
        raise
    except ReviewError as refused:
        record = await host.review.store.get(answer_id)
        await tell(interaction, refusal(record, refused))
        return record
