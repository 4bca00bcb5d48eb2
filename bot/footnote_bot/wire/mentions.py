"""Mentions that the bot writes, and mentions in what people type: whether the bot is meant, and names for other
people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import in_public

_MENTION = re.compile(r"<(?P<kind>@[!&]?|#)(?P<id>[0-9]{15,20})>")
_EMOJI = re.compile(r"<a?:\w{2,32}:[0-9]{15,20}>")
_COMMAND = re.compile(r"<(/[^:<>]{1,100}):[0-9]{15,20}>")
_SOMEONE, _A_ROLE, _A_CHANNEL = N_("someone"), N_("a-role"), N_("a-channel")
_TYPED_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)


def mention(user_id: int) -> str:
    """A forgotten person has the number 0."""
    return f"<@{user_id}>" if user_id else _("somebody")


def is_by_a_person(message: discord.Message) -> bool:
    """Whether a person wrote it: not a bot, a webhook, or Discord itself."""
    return not message.author.bot and message.webhook_id is None and message.type in _TYPED_BY_PEOPLE


def is_typed(message: discord.Message, bot: discord.abc.User) -> bool:
    """Whether the author wrote the bot's name, or that of its own role, which looks the same in Discord's menu.

    A reply that pings the author of the message before is not a typed mention, although Discord counts it as one.
    """
    return bot.id in message.raw_mentions or mentions_own_role(message)


def mentions_own_role(message: discord.Message) -> bool:
    return message.guild is not None and message.guild.self_role in message.role_mentions


@dataclass(frozen=True, slots=True)
class MentionNames:
    """Replaces the numbers in Discord's mentions with names, as `asker` sees them.

    `known` are the people that Discord has sent; without the members intent there are few others.
    """

    asker: discord.Member | discord.User
    bot: discord.abc.User
    known: Sequence[discord.Member | discord.User] = ()

    def __call__(self, text: str) -> str:
        return _MENTION.sub(self._name, _COMMAND.sub(r"\1", _EMOJI.sub(" ", text)))

    def _name(self, mention: re.Match[str]) -> str:
        mentioned_id = int(mention["id"])
        if mention["kind"] == "#":
            return self._channel(mentioned_id)
        if mention["kind"] == "@&":
            return self._role(mentioned_id)
        return self._user(mentioned_id)

    def _user(self, user_id: int) -> str:
        if user_id == self.bot.id:
            return " "
        names = {user.id: user.display_name for user in (self.asker, *self.known)}
        return f"@{names.get(user_id) or _in_public(_SOMEONE)}"

    def _role(self, role_id: int) -> str:
        role = self.asker.guild.get_role(role_id) if isinstance(self.asker, discord.Member) else None
        if role is None:
            return f"@{_in_public(_A_ROLE)}"
        return " " if role.tags and role.tags.bot_id == self.bot.id else f"@{role.name.removeprefix('@')}"

    def _channel(self, channel_id: int) -> str:
        """Numbers can be guessed: only people who see the channel get names."""
        channel = self.asker.guild.get_channel(channel_id) if isinstance(self.asker, discord.Member) else None
        if channel is None or not channel.permissions_for(self.asker).view_channel:  # type: ignore[arg-type]
            return f"#{_in_public(_A_CHANNEL)}"
        return f"#{channel.name}"


def _in_public(name: str) -> str:
    """A question is read where its answer is, no matter who has asked it."""
    with in_public():
        return _(name)
