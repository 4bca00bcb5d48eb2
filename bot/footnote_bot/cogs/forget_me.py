"""/forget-me: removes a person's questions and name from everything on record."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.forgetting import ForgetButton
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, offer

EXPLANATION = N_("""\
**This removes you from everything that Footnote has stored, in every server. It cannot be undone.**
- Your questions are removed, also from the posted answers and the moderators' cards. The answers stay.
- Your votes, comments and flags are removed, and you no longer wait for any answer.
- Your verdicts as a moderator stay, without your name, and so do records of what you did to the index.
- What the language model cost for you today is kept until midnight UTC, under a different ID, because your daily \
limit needs it.
- Other members' follow-up questions stay, without your words.
- Footnote does not delete your own messages in Discord.
You can ask again afterwards, like a new member.""")


class ForgetMeCog(commands.Cog):
    """Explains first: nothing happens until the button is pressed."""

    def __init__(self, in_flight: InFlight) -> None:
        self._in_flight = in_flight

    @app_commands.command(
        name="forget-me", description="Remove your questions and your name from everything that is stored"
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def forget_me(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        if await acknowledge(interaction, ephemeral=True):
            await offer(interaction, _(EXPLANATION), ui.View(timeout=None).add_item(ForgetButton()))
