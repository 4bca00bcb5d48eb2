"""Who reads which language: members read the language of their Discord, and everybody together reads the server's."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import discord

from footnote.records.answers import AnswerRecord
from footnote.stores import PolicyStore
from footnote_bot.translations.language import ENGLISH, begin, languages, present, speaking, spoken_for

_MOST_REMEMBERED = 10_000


class Languages:
    """Discord reports the language of a server, but a member's only with what they press or send: it is remembered for
    direct messages.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._members: dict[int, str] = {}
        self._chosen: dict[int, str] = {}

    async def load(self, policies: PolicyStore) -> None:
        """Loads what servers have chosen, before the bot says anything."""
        self._chosen.update(await policies.languages())

    def choose(self, guild_id: int, language: str | None) -> None:
        """Applies from now on; None: the server's language in Discord."""
        self._chosen.pop(guild_id, None)
        if language is not None:
            self._chosen[guild_id] = language

    def chosen(self, guild_id: int) -> str | None:
        """None if nobody has chosen an available language."""
        language = self._chosen.get(guild_id)
        return language if language in languages() else None

    def hear(self, interaction: discord.Interaction[Any]) -> None:
        """From now on, this task uses the member's language, and in public the server's."""
        members = spoken_for(interaction.locale.value)
        self._remember(interaction.user.id, members)
        if interaction.guild_id is None:
            begin(private=members, public=members)
            return
        begin(private=members, public=self.of_server(interaction.guild_id, interaction.guild_locale))

    def read(self, message: discord.Message) -> None:
        """From now on, this task uses the language that everybody reads where the message is."""
        language = self.of_server(message.guild.id) if message.guild else self.of_member(message.author.id)
        begin(private=language, public=language)

    def of_server(self, guild_id: int, locale: discord.Locale | None = None) -> str:
        """`locale`: as reported by Discord with an event, if the server is not known otherwise."""
        if chosen := self.chosen(guild_id):
            return chosen
        guild = self._client.get_guild(guild_id)
        locale = guild.preferred_locale if guild else locale
        return spoken_for(locale.value) if locale else ENGLISH

    def of_member(self, user_id: int) -> str:
        """For direct messages."""
        return self._members.get(user_id, ENGLISH)

    def privately(self, user_id: int) -> AbstractContextManager[None]:
        """For direct messages about what happened elsewhere: the language there, if the member has pressed
        nothing yet.
        """
        return speaking(self._members.get(user_id, present()))

    def of_channel(self, channel_id: int, asker_id: int | None = None) -> str:
        """For messages in a channel, which may be the asker's direct messages."""
        guild = getattr(self._client.get_channel(channel_id), "guild", None)
        return self.of_server(guild.id) if guild else self.of_member(asker_id or 0)

    def of_readers(self, record: AnswerRecord) -> str:
        """Who reads an answer: everybody where it was asked, or the asker alone."""
        if record.is_private:
            return present()  # it is shown to the person who asks right now, and never again
        return self.of_member(record.asker_id) if record.guild_id is None else self.of_server(record.guild_id)

    def _remember(self, user_id: int, language: str) -> None:
        if len(self._members) >= _MOST_REMEMBERED:
            self._members.clear()
        self._members[user_id] = language
