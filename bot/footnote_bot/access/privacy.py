"""Whether a card may repeat what was asked: not everybody who can read the review channel can read where it was asked.

A bot knows the roles of only a few members, so this looks at roles and overwrites, and at the members who have their
own overwrite. In case of doubt, the channel counts as private. A channel that everybody can read is not made private by
a role that it shuts out and the review channel does not let in: such roles are for muting people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import discord

from footnote.records.answers import AnswerRecord
from footnote_bot.access.permissions import NotAllowed, may_view
from footnote_bot.translations.catalogue import _
from footnote_bot.wire.retrying import is_discords


@dataclass(frozen=True, slots=True)
class Role:
    """A role, but not one of administrators, who see everything; `sees`: whether it can read channels without an
    overwrite for it.
    """

    id: int
    sees: bool


@dataclass(frozen=True, slots=True)
class ChannelAccess:
    """Who may enter a channel (True) or not (False) by overwrites, by the number of the role or member."""

    roles: dict[int, bool]
    members: dict[int, bool]

    def lets_in(self, everyone: Role, roles: Collection[Role]) -> bool:
        """For somebody with exactly these roles, in Discord's order: an overwrite that allows wins over one that
        denies.
        """
        said = {self.roles[role.id] for role in roles if role.id in self.roles and role != everyone}
        if said:
            return True in said
        if everyone.id in self.roles:
            return self.roles[everyone.id]
        return everyone.sees or any(role.sees for role in roles)


def some_read_only(review: ChannelAccess, asked: ChannelAccess, everyone: Role, roles: Collection[Role]) -> bool:
    """Whether somebody who may read `review` may not read `asked`. `roles` are all roles of the guild."""
    is_public = asked.lets_in(everyone, ())
    shut_out = [] if is_public else [role for role in roles if asked.roles.get(role.id) is False]
    for role in (everyone, *roles):
        for other in (role, *shut_out):
            if _reads_only(review, asked, everyone, (role, other)):
                return True
    return _some_member_reads_only(review, asked, everyone, roles)


def roles_that_read_only(
    review: ChannelAccess, asked: ChannelAccess, everyone: Role, roles: Iterable[Role]
) -> list[int]:
    """The roles that by themselves let somebody read `review` and not `asked`."""
    return [role.id for role in roles if _reads_only(review, asked, everyone, (role,))]


def _reads_only(review: ChannelAccess, asked: ChannelAccess, everyone: Role, roles: Collection[Role]) -> bool:
    return review.lets_in(everyone, roles) and not asked.lets_in(everyone, roles)


def _some_member_reads_only(
    review: ChannelAccess, asked: ChannelAccess, everyone: Role, roles: Collection[Role]
) -> bool:
    """Checks members with their own overwrite. Their roles are unknown: they may have any."""
    is_public = asked.lets_in(everyone, ())
    roles_alike = () if is_public else roles
    reads_anyhow = any(review.lets_in(everyone, (role,)) for role in (everyone, *roles_alike))
    return any(
        review.members.get(member_id, reads_anyhow) and not asked.members.get(member_id, is_public)
        for member_id in review.members.keys() | asked.members.keys()
    )


class Privacy:
    """Compares channels as they are now: a posted card is checked again when it is edited."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def hides(self, record: AnswerRecord, review_channel_id: int) -> bool:
        """Whether a card there must hide what was asked and answered."""
        return await self.hides_from(record.channel_id, review_channel_id)

    async def hides_from(self, channel_id: int, reading: int) -> bool:
        """Whether somebody who reads the channel `reading` cannot read the other one. True if it is unknown."""
        if channel_id == reading:
            return False
        hidden, read = await self._channel(channel_id), await self._channel(reading)
        return hidden is None or read is None or is_private_to(hidden, read)

    async def require_sight(self, interaction: discord.Interaction[Any], record: AnswerRecord) -> None:
        """For actions from a card. Raises NotAllowed when the card hides what the member may not read."""
        if interaction.channel_id is None or not await self.hides(record, interaction.channel_id):
            return
        member = interaction.user
        if not isinstance(member, discord.Member) or not may_view(member, await self._channel(record.channel_id)):
            raise NotAllowed(
                _("This was asked in a channel that you cannot read. A moderator who can read it has to review it.")
            )

    async def _channel(self, channel_id: int) -> object | None:
        """None when Discord does not say."""
        if known := self._client.get_channel(channel_id):
            return known
        try:
            return await self._client.fetch_channel(channel_id)
        except discord.InvalidData:
            return None
        except Exception as error:
            if not is_discords(error):
                raise
            return None


def is_private_to(asked: object, review: object) -> bool:
    """Whether somebody who reads the channel `review` cannot read `asked`, as far as Discord tells a bot."""
    if isinstance(asked, discord.Thread) and asked.is_private():
        return True
    asked, review = _home(asked), _home(review)
    if not isinstance(asked, discord.abc.GuildChannel) or not isinstance(review, discord.abc.GuildChannel):
        return True
    everyone, roles = _roles(asked.guild)
    return some_read_only(_sight(review), _sight(asked), everyone, roles)


def roles_kept_out(asked: discord.abc.GuildChannel, review: discord.abc.GuildChannel) -> list[int]:
    """The roles that make `is_private_to` true: they read `review` and not `asked`."""
    everyone, roles = _roles(asked.guild)
    return roles_that_read_only(_sight(review), _sight(asked), everyone, [everyone, *roles])


def _home(channel: object) -> object:
    return channel.parent if isinstance(channel, discord.Thread) else channel


def _roles(guild: discord.Guild) -> tuple[Role, list[Role]]:
    """The role of everyone, and the roles of people who do not see everything anyway."""
    people = [role for role in guild.roles if not (role.is_default() or role.is_bot_managed())]
    known = [role for role in people if not role.permissions.administrator]
    default = guild.default_role
    return Role(default.id, default.permissions.view_channel), [
        Role(role.id, role.permissions.view_channel) for role in known
    ]


def _sight(channel: discord.abc.GuildChannel) -> ChannelAccess:
    """Without the owner and the bot itself."""
    sight, own = ChannelAccess({}, {}), channel.guild.me
    not_asked = {channel.guild.owner_id, own.id if own else None}
    for target, overwrite in channel.overwrites.items():
        if overwrite.view_channel is not None and target.id not in not_asked:
            (sight.roles if _is_role(target) else sight.members)[target.id] = overwrite.view_channel
    return sight


def _is_role(target: discord.abc.Snowflake) -> bool:
    return isinstance(target, discord.Role) or (isinstance(target, discord.Object) and target.type is discord.Role)
