"""Who may do what: members by their Discord permissions, and the bot by its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from footnote.errors import FootnoteError
from footnote.records.answers import AnswerRecord
from footnote.stores import PolicyStore
from footnote_bot.translations.catalogue import N_, _

WRITES_NOTHING = N_("You cannot write in this channel. Please ask in another one.")


class NotAllowed(FootnoteError):
    """Somebody, or the bot, lacks a permission."""


def guild_permissions(interaction: discord.Interaction[Any]) -> discord.Permissions:
    """What somebody may do in the whole server. `interaction.permissions` are those of the channel where it happens,
    which a member may have been given for that channel alone.
    """
    guild, member = interaction.guild, interaction.user
    if guild is None or guild.unavailable or not isinstance(member, discord.Member):
        return discord.Permissions.none()
    return member.guild_permissions


def require_manage_guild(interaction: discord.Interaction[Any]) -> None:
    """Checked in every callback: hiding a command in a server's settings is not a check. Raises NotAllowed."""
    if not guild_permissions(interaction).manage_guild:
        raise NotAllowed(_("You need the permission Manage Server for this."))


async def is_moderator(
    interaction: discord.Interaction[Any], policies: PolicyStore, *, asked_in: int | None = None
) -> bool:
    """Somebody with Manage Messages in the whole server, or with its moderators' role, if there is one.

    `asked_in` is the channel of the answer that it is about: members with Manage Messages there count too.
    """
    if guild_permissions(interaction).manage_messages:
        return True
    if _has_role(interaction.user, await _role(interaction, policies)):
        return True
    return asked_in is not None and _permissions_in(interaction, asked_in).manage_messages


async def moderates(member: discord.Member, policies: PolicyStore) -> bool:
    """Whether a member is a moderator of the whole server, if no interaction has their permissions."""
    return member.guild_permissions.manage_messages or _has_role(member, await policies.moderator_role(member.guild.id))


async def require_moderator(
    interaction: discord.Interaction[Any], policies: PolicyStore, *, asked_in: int | None = None
) -> None:
    """Raises NotAllowed."""
    if await is_moderator(interaction, policies, asked_in=asked_in):
        return
    role_id = await _role(interaction, policies)
    if role_id is None:
        raise NotAllowed(_("You need the permission Manage Messages to review answers."))
    needed = _("You need the permission Manage Messages or the role <@&{role}> to review answers.")
    raise NotAllowed(needed.format(role=role_id))


def _permissions_in(interaction: discord.Interaction[Any], channel_id: int) -> discord.Permissions:
    """None in unknown channels and in direct messages."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return discord.Permissions.none()
    if channel_id == interaction.channel_id:
        return interaction.permissions
    channel = guild.get_channel_or_thread(channel_id)
    return member_permissions(member, channel) if channel else discord.Permissions.none()


async def _role(interaction: discord.Interaction[Any], policies: PolicyStore) -> int | None:
    return None if interaction.guild_id is None else await policies.moderator_role(interaction.guild_id)


def _has_role(user: discord.User | discord.Member, role_id: int | None) -> bool:
    return role_id is not None and isinstance(user, discord.Member) and user.get_role(role_id) is not None


def require_shown(record: AnswerRecord) -> None:
    """Raises NotAllowed while only moderators see the answer."""
    if record.is_withheld:
        raise NotAllowed(_("This answer is not shown: no moderator has approved it."))


def own_permissions(channel: discord.abc.MessageableChannel) -> discord.Permissions:
    """What the bot may do in a channel: everything in direct messages, and where it is unknown until it is tried."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
        return discord.Permissions.all()
    try:
        return channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose parent is not in discord.py's cache
        return discord.Permissions.all()


def may_view(member: discord.Member, channel: object) -> bool:
    """Whether a member sees a channel or thread. Unknown channels are seen by administrators only; a private thread is
    known to be seen only by those who manage threads.
    """
    if member.guild_permissions.administrator:
        return True
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    return member_permissions(member, channel).view_channel


def member_permissions(
    member: discord.Member, channel: discord.abc.GuildChannel | discord.Thread
) -> discord.Permissions:
    """What a member may do in a channel. Only added members read private threads, and Discord does not say who they
    are: nothing there, unless the member manages threads.
    """
    try:
        granted = channel.permissions_for(member)
    except discord.ClientException:  # a thread whose parent is not in discord.py's cache
        return discord.Permissions.none()
    is_private = isinstance(channel, discord.Thread) and channel.is_private()
    return discord.Permissions.none() if is_private and not granted.manage_threads else granted


def is_open_to_all(guild: discord.Guild | None, channel_id: int) -> bool:
    """Whether every member can read a channel or a thread that is not private, also what was written before they came,
    as far as is known.
    """
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if isinstance(channel, discord.Thread):
        return not channel.is_private() and is_open_to_all(guild, channel.parent_id)
    if guild is None or channel is None:
        return False
    granted = channel.permissions_for(guild.default_role)
    return granted.view_channel and granted.read_message_history


def require_posting(permissions: discord.Permissions, channel_id: int, *, in_thread: bool = False) -> None:
    """Raises NotAllowed, naming what the bot lacks to post embeds in that channel."""
    if missing := missing_to_post(permissions, in_thread=in_thread):
        needed = _("I cannot post in <#{channel}>. Give me these permissions there: {permissions}. Then try again.")
        raise NotAllowed(needed.format(channel=channel_id, permissions=", ".join(missing)))


def require_writing(interaction: discord.Interaction[Any], refusal: str = WRITES_NOTHING) -> None:
    """Both the person who makes the bot write and the bot must be allowed to write there. Raises NotAllowed."""
    require_writer(interaction, refusal)
    if interaction.guild_id is not None:
        is_thread = isinstance(interaction.channel, discord.Thread)
        require_posting(interaction.app_permissions, interaction.channel_id or 0, in_thread=is_thread)


def require_writer(interaction: discord.Interaction[Any], refusal: str = WRITES_NOTHING) -> None:
    """Somebody who makes the bot write must be allowed to write there: in direct messages they always are, where
    Discord sends no permissions. Raises NotAllowed.
    """
    if interaction.guild_id is None:
        return
    is_thread, own = isinstance(interaction.channel, discord.Thread), interaction.permissions
    if not (own.send_messages_in_threads if is_thread else own.send_messages):
        raise NotAllowed(_(refusal))


def missing_to_post(permissions: discord.Permissions, *, in_thread: bool = False) -> list[str]:
    """The names of what the bot lacks to post embeds."""
    needed = {
        N_("View Channel"): permissions.view_channel,
        N_("Send Messages"): permissions.send_messages or in_thread,
        N_("Embed Links"): permissions.embed_links,
        N_("Send Messages in Threads"): permissions.send_messages_in_threads or not in_thread,
    }
    return _missing(needed)


def missing_to_answer(channel: object, permissions: discord.Permissions) -> list[str]:
    """The names of what the bot lacks to post embeds where a channel is asked: in a forum, in its posts."""
    return missing_to_post(permissions, in_thread=isinstance(channel, discord.ForumChannel))


def missing_to_review(permissions: discord.Permissions) -> list[str]:
    """The names of what the bot lacks for cards and everything else that it posts there."""
    others = {
        N_("Read Message History"): permissions.read_message_history,
        N_("Attach Files"): permissions.attach_files,
    }
    return missing_to_post(permissions) + _missing(others)


def missing_for_threads(permissions: discord.Permissions) -> list[str]:
    """The names of what the bot lacks to answer in threads of its own."""
    return _missing(
        {
            N_("Create Public Threads"): permissions.create_public_threads,
            N_("Send Messages in Threads"): permissions.send_messages_in_threads,
        }
    )


def may_mention(role: discord.Role | None, permissions: discord.Permissions) -> bool:
    """Whether Discord notifies anybody when the bot, with these permissions, mentions the role."""
    return role is not None and (role.mentionable or permissions.mention_everyone)


def _missing(needed: Mapping[str, bool]) -> list[str]:
    """Permissions by the names that Discord gives them in the current language."""
    return [_(name) for name, is_granted in needed.items() if not is_granted]
