"""What all moderators' controls have in common: who may use them, on which answer, and how results are shown."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import discord
from discord import ui

from footnote.errors import ReviewError, UnknownAnswer
from footnote.records.answers import AnswerKey, AnswerRecord, Decision, Ruling
from footnote.review.revisions import NotGrounded
from footnote_bot.access.gate import Gated
from footnote_bot.access.own_messages import answer_of, require_own_card
from footnote_bot.access.permissions import require_moderator
from footnote_bot.render.cards import refusal
from footnote_bot.views.host import Host, pressed
from footnote_bot.wire.interactions import acknowledge, tell

NUMBER = r":(?P<number>[0-9]{1,4})"
REVISION = r":(?P<revision>[0-9]{1,9})"
ROUND = r":(?P<in_round>[0-9]{1,9})"
"""Parts of custom ids, after the answer: the citation, revision and round of review."""

_READ: Mapping[str, Callable[[str], object]] = {
    "decision": Decision,
    "ruling": Ruling,
    "number": int,
    "revision": int,
    "in_round": int,
}


@dataclass(frozen=True, slots=True)
class Press:
    """One use of a control by a moderator who may review the answer; `record` is the answer as it was then."""

    interaction: discord.Interaction[Any]
    host: Host
    record: AnswerRecord

    @property
    def moderator_id(self) -> int:
        return self.interaction.user.id

    async def done(self, work: Awaitable[AnswerRecord]) -> AnswerRecord:
        """The record after the work. If it is refused, the moderator sees why, and who was first. Lines that are not
        grounded are handled by the caller.
        """
        try:
            return await work
        except (UnknownAnswer, NotGrounded):
            raise
        except ReviewError as refused:
            record = await self.host.core.review.store.get(self.record.id)
            await tell(self.interaction, refusal(record, refused))
            return record


class ReviewControl(Gated):
    """A button or menu for moderators. It comes before discord.py's class among the bases.

    The named groups of its template are the parameters of its constructor.
    """

    answer: AnswerKey

    is_private: ClassVar[bool] = False
    """Whether it shows a new message that only the moderator sees. Otherwise it changes its own message."""

    @abstractmethod
    async def act(self, press: Press) -> None: ...

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        make: Callable[..., Self] = cls
        given = {name: value for name, value in match.groupdict().items() if name in _READ and value is not None}
        return make(answer_of(match), **{name: _READ[name](value) for name, value in given.items()})

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if await self.acknowledged(interaction):
                await self.act(await pressed_by_moderator(interaction, host, self.answer))

    async def acknowledged(self, interaction: discord.Interaction[Any]) -> bool:
        """False when the interaction can no longer be answered."""
        return await acknowledge(interaction, ephemeral=self.is_private, thinking=self.is_private)


async def pressed_by_moderator(interaction: discord.Interaction[Any], host: Host, answer: AnswerKey) -> Press:
    """Checks that the control belongs to the answer, and that this member may review it. Raises NotAllowed,
    UnknownAnswer.
    """
    record = await host.core.review.store.get(answer.id)
    require_own_card(interaction, record, answer)
    await require_moderator(interaction, host.core.stores.policies, asked_in=record.channel_id)
    await host.privacy.require_sight(interaction, record)
    return Press(interaction, host, record)
