"""Where questions are answered."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from footnote.errors import FootnoteError
from footnote.stores import PolicyStore
from footnote_bot.access.permissions import may_view
from footnote_bot.translations.catalogue import _

_NAMED = 5


class AskElsewhere(FootnoteError):
    """Questions are not answered in this channel."""


def parent_channel_of(channel: object, channel_id: int) -> int:
    """The channel whose settings apply: for a thread, its parent. `channel_id` is for unknown channels; it may also be
    that of the thread with the answer, below a question in `channel`.
    """
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return channel.id if isinstance(channel, discord.abc.GuildChannel) else channel_id


async def require_ask_channel(
    policies: PolicyStore, channel: object, channel_id: int, asker: discord.Member | discord.User
) -> None:
    """Raises AskElsewhere, naming channels for questions that the asker can read."""
    if not isinstance(asker, discord.Member):
        return
    chosen = await policies.ask_channels(asker.guild.id)
    if chosen and parent_channel_of(channel, channel_id) not in chosen:
        raise AskElsewhere(_elsewhere([one for one in chosen if may_view(asker, asker.guild.get_channel(one))]))


def _elsewhere(readable: Sequence[int]) -> str:
    if not readable:
        return _("I do not answer questions in this channel. A member with Manage Server can change that with /setup.")
    names = ", ".join(f"<#{channel_id}>" for channel_id in readable[:_NAMED])
    return _("I do not answer questions in this channel. Please ask in {channels}.").format(channels=names)
