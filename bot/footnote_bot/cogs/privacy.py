"""/privacy: what is stored about people, in short."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote_bot.translations.catalogue import N_, _, plural
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, offer

_KEPT = N_("""\
**What I store**
- Your question with your user ID, the channel, the time and the answer, so that moderators can review it{how_long}.
- Your 👍, 👎, comments and flags, the answers that you wait for, and what you decided as a moderator.
- What the language model cost for you each day, under your user ID until midnight UTC.
- If you attach a file to a question, the sentences that the answer quotes from it. The file is not kept.
- No other messages. {reading}In threads, replies and direct messages I read what was said before your question, but \
store only the words that a follow-up refers to.
**Who else sees it**
- Everybody who can read the channel, moderators included, and my operator. A private answer: you and my operator.
- {model}
**What you can do**
- `/forget-me` removes your questions and your user ID from all servers at once.""")


class PrivacyCog(commands.Cog):
    """`keep` is how long questions are stored (zero: forever); `model_host` is who else receives them, if anybody."""

    def __init__(self, in_flight: InFlight, *, keep: timedelta, model_host: str | None) -> None:
        self._in_flight = in_flight
        self._keep = keep
        self._model_host = model_host

    @app_commands.command(name="privacy", description="What is stored about you, who sees it, and how to remove it")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def privacy(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        if await acknowledge(interaction, ephemeral=True):
            reads_all = interaction.client.intents.message_content
            text = short_form(keep=self._keep, model_host=self._model_host, reads_messages=reads_all)
            await offer(interaction, text, None)


def short_form(*, keep: timedelta, model_host: str | None, reads_messages: bool = False) -> str:
    reading = _("I receive every message in channels that I can see, and look for questions. ")
    model = _("A language model at {host} gets your question, without your user ID, and the sentences found for it.")
    no_model = _("No language model is used: nothing leaves the machine that I run on.")
    return _(_KEPT).format(
        how_long=plural(", for {n} day", ", for {n} days", keep.days) if keep else "",
        model=model.format(host=model_host) if model_host else no_model,
        reading=reading if reads_messages else "",
    )
