"""The "thinking" that a command shows until its reply is there."""

from __future__ import annotations

import asyncio
from typing import Any

import discord

from footnote_bot.posts.places import InThinking
from footnote_bot.posts.replies import Replies
from footnote_bot.wire.interactions import acknowledge

_SECONDS_TO_RECORD = 0.5


async def show_thinking(interaction: discord.Interaction[Any], place: InThinking, replies: Replies) -> bool:
    """Returns whether it is shown. It is recorded first, so that nobody looks at it forever after the process is
    killed; but Discord only waits three seconds, however slow the database is.
    """
    recording = asyncio.create_task(replies.expect(place))
    await asyncio.wait({recording}, timeout=_SECONDS_TO_RECORD)
    if recording.done():
        recording.result()
    is_shown = await acknowledge(interaction, ephemeral=place.is_private, thinking=True)
    await recording
    if not is_shown:
        await replies.drop(place)
    return is_shown
