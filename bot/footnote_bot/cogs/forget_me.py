"""/forget-me: a person's questions and name go from what is on record."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from footnote_bot.views.forgetting import ForgetButton
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, offer

EXPLANATION = """\
**This removes you from what Footnote has on record, in every server, and cannot be undone.**
- Your questions go, from the answers to them and from the moderators' cards as well. The answers stay.
- Your votes, your comments and your flags go; so does your wish to be told of answers.
- Verdicts that you gave as a moderator stay, as somebody's; so does what is on record of what you did to the index.
- What language models cost for you today keeps a number in the place of yours until midnight UTC; your limit needs it.
- What others asked after you stays, without the words of yours that it was understood by.
- Your own messages in Discord are yours to delete.
You can ask again afterwards, like anybody new."""


class ForgetMeCog(commands.Cog):
    """Explains first: nothing happens before the button is pressed."""

    def __init__(self, in_flight: InFlight) -> None:
        self._in_flight = in_flight

    @app_commands.command(name="forget-me", description="Remove your questions and your name from what is on record")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def forget_me(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        if await acknowledge(interaction, ephemeral=True):
            await offer(interaction, EXPLANATION, ui.View(timeout=None).add_item(ForgetButton()))
