"""Where and when a channel is answered, in words, with what keeps it from working."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from footnote.records.policies import EVERYWHERE, Ways
from footnote_bot.access.permissions import may_mention, missing_for_threads, missing_to_post, own_permissions
from footnote_bot.render.markdown import fit
from footnote_bot.render.setup import lacking
from footnote_bot.server_records.server_setup import Chosen
from footnote_bot.translations.catalogue import N_, _

_READS_ALL = N_(
    "I see every message (the Message Content intent is on). In my threads, follow-up questions need no mention; "
    "in channels for questions, messages that look like questions are answered."
)
_READS_MENTIONS = N_(
    "I only see messages that mention me. In my threads, follow-up questions need a mention, a reply, or *Ask "
    "further*; for forum posts, I only see the title. My operator can change that with FOOTNOTE_MESSAGE_CONTENT."
)
_STAYS_SILENT = N_(
    "I do not write on my own in a thread or post after a moderator has written there, or when it is solved, locked "
    "or closed."
)


def ways_page(chosen: Chosen, guild: discord.Guild, channel_id: int) -> str:
    """For one channel, or for all channels without their own settings."""
    ways, channel = chosen.ways_in(channel_id), guild.get_channel(channel_id)
    line = _("In {channel} (as everywhere else): {ways}.")
    if channel_id == EVERYWHERE:
        line = _("Everywhere: {ways}.")
    elif channel_id in chosen.ways:
        line = _("In {channel}: {ways}.")
    lines = [line.format(channel=f"<#{channel_id}>", ways="; ".join(_in_words(ways, channel)))]
    lines += [_(_READS_ALL) if chosen.reads_messages else _(_READS_MENTIONS), _(_STAYS_SILENT)]
    return "\n".join([*lines, *_warnings(chosen, guild, ways, channel)])


def _in_words(ways: Ways, channel: object) -> Iterator[str]:
    if isinstance(channel, discord.ForumChannel):
        yield _posts(ways, channel)
    else:
        yield _("answers appear in threads") if ways.in_threads else _("answers appear in the channel")
    yield _("members can ask for a person") if ways.calls_people else _("members cannot ask for a person")


def _posts(ways: Ways, forum: discord.ForumChannel) -> str:
    if not ways.answers_posts:
        return _("new posts are not answered")
    if not ways.tags:
        return _("each new post is answered once")
    return _("each new post with the tag {tags} is answered once").format(tags=_named(forum, ways.tags))


def _named(forum: discord.ForumChannel, tags: Sequence[int]) -> str:
    names = [fit(tag.name, 40) for tag in forum.available_tags if tag.id in tags]
    return _(" or ").join(names) or _("(deleted)")


def _warnings(chosen: Chosen, guild: discord.Guild, ways: Ways, channel: object) -> Iterator[str]:
    if isinstance(channel, discord.TextChannel) and ways.in_threads:
        yield from _missing(channel, missing_for_threads(own_permissions(channel)))
    if isinstance(channel, discord.ForumChannel) and ways.answers_posts:
        granted = channel.permissions_for(guild.me)
        missing = missing_to_post(granted, in_thread=True)
        yield from _missing(channel, missing + ([] if granted.read_message_history else [N_("Read Message History")]))
        if chosen.ask_channels and channel.id not in chosen.ask_channels:
            yield _(
                "⚠️ This is not one of the channels for questions, so its posts are not answered. Add it with /setup."
            )
    if ways.calls_people:
        yield from _calling(chosen, guild, channel)


def _calling(chosen: Chosen, guild: discord.Guild, channel: object) -> Iterator[str]:
    role = guild.get_role(chosen.moderator_role or 0)
    granted = guild.me.guild_permissions
    if isinstance(channel, discord.abc.GuildChannel):
        granted = channel.permissions_for(guild.me)
    if role is None:
        yield _("⚠️ Without a moderators' role there is nobody to mention. Choose one with /setup.")
    elif not may_mention(role, granted):
        yield _(
            "⚠️ I am not allowed to mention {role}: let everybody mention that role, or give me the permission Mention "
            "@everyone, @here, and All Roles."
        ).format(role=f"<@&{role.id}>")


def _missing(channel: discord.abc.GuildChannel, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield lacking(channel.id, names)
