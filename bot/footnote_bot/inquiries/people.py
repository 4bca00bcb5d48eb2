"""Asking for a person: mentions the moderators' role, if that is set up, and once for each answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import discord
from discord.ext.commands import Cooldown, CooldownMapping

from footnote.records.answers import AnswerRecord
from footnote.stores import Feedback, PolicyStore
from footnote_bot.access.ask_channels import parent_channel_of
from footnote_bot.access.permissions import NotAllowed, may_mention, require_writing
from footnote_bot.audit import Audit, actor_of
from footnote_bot.posts.posting import Posting
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import in_public
from footnote_bot.wire.retrying import Retry, is_discords

NEEDED = N_("somebody is asking for a person here.")
OFF = N_("There is nobody to mention here. A member with Manage Server can change that with /setup.")
CALLED_BEFORE = N_("The moderators have already been mentioned for this answer.")
TOO_OFTEN = N_("The moderators have been mentioned several times in the last few minutes. Please wait a little.")
NOT_MENTIONABLE = N_(
    "I am not allowed to mention <@&{}>. A member with Manage Server can let everybody mention that role, or give me "
    "the permission Mention @everyone, @here, and All Roles."
)
FAILED = N_("Discord did not accept the message. Try again in a moment.")

MEMBER_CALLS, SERVER_CALLS, WITHIN = 2, 10, 600.0
"""How many calls in how many seconds: nobody can make the bot ping a role all day."""


class People:
    """Checks everything when it is pressed: showing a button is not a check."""

    def __init__(
        self,
        policies: PolicyStore,
        feedback: Feedback,
        audit: Audit,
        posting: Posting,
        retry: Retry,
        *,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.time,
    ) -> None:
        self._policies = policies
        self._feedback = feedback
        self._audit = audit
        self._posting = posting
        self._retry = retry
        self._clock = clock
        self._seconds = seconds
        self._members = _limit(MEMBER_CALLS, lambda one: one.user.id)
        self._servers = _limit(SERVER_CALLS, lambda one: one.guild_id or 0)

    async def call(self, interaction: discord.Interaction[Any], record: AnswerRecord) -> None:
        """Raises NotAllowed."""
        role_id = await self._role_of(interaction, record)
        require_writing(interaction)
        _require_mentionable(interaction, role_id)
        if record.person_called_at is not None:
            raise NotAllowed(CALLED_BEFORE)
        if any(limit.update_rate_limit(interaction, self._seconds()) for limit in (self._members, self._servers)):
            raise NotAllowed(TOO_OFTEN)
        if not await self._feedback.call_person(record.id, self._clock()):
            raise NotAllowed(CALLED_BEFORE)
        try:
            await self._retry(lambda: _mention(interaction, record, role_id))
        except Exception as error:
            if not is_discords(error):
                raise
            await self._feedback.take_back_call(record.id)
            raise NotAllowed(FAILED) from error
        await self._audit.note(actor_of(interaction), "call", f"a person for answer #{record.id}")
        await self._posting.show_verdict(record)

    async def _role_of(self, interaction: discord.Interaction[Any], record: AnswerRecord) -> int:
        """Raises NotAllowed if it is not set up, or no longer."""
        guild_id = interaction.guild_id
        if guild_id is None or record.is_private or record.posted is None:
            raise NotAllowed(OFF)
        channel_id = parent_channel_of(interaction.channel, record.channel_id)
        role_id = await self._policies.moderator_role(guild_id)
        if role_id is None or not (await self._policies.ways_of(guild_id, channel_id)).calls_people:
            raise NotAllowed(OFF)
        return role_id


def _require_mentionable(interaction: discord.Interaction[Any], role_id: int) -> None:
    role = interaction.guild.get_role(role_id) if interaction.guild else None
    if not may_mention(role, interaction.app_permissions):
        raise NotAllowed(_(NOT_MENTIONABLE).format(role_id))


async def _mention(interaction: discord.Interaction[Any], record: AnswerRecord, role_id: int) -> None:
    """As a reply if the bot may read the history: otherwise Discord refuses replies. It does not name who pressed."""
    channel = interaction.client.get_partial_messageable(record.channel_id, guild_id=record.guild_id)
    options: dict[str, Any] = {}
    if record.posted and interaction.app_permissions.read_message_history:
        options["reference"] = discord.MessageReference(
            message_id=record.posted.message_id, channel_id=record.channel_id, fail_if_not_exists=False
        )
    with in_public():
        line = f"<@&{role_id}>, {_(NEEDED)}"
    await channel.send(
        line,
        nonce=f"person-{record.id}-{int(record.asked_at.timestamp()):x}"[:25],
        allowed_mentions=discord.AllowedMentions(
            everyone=False, users=False, roles=[discord.Object(role_id)], replied_user=False
        ),
        **options,
    )


def _limit(number: int, key: Callable[[discord.Interaction[Any]], int]) -> CooldownMapping[discord.Interaction[Any]]:
    return CooldownMapping(Cooldown(number, WITHIN), key)
