"""The permissions that the bot asks for when it is invited: those it uses, and never Administrator."""

from __future__ import annotations

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""View Channels, Send Messages, Send Messages in Threads, Embed Links, Attach Files, Read Message History."""


def invite_url(application_id: int | str) -> str:
    """The address that invites the bot with its commands."""
    return (
        f"https://discord.com/oauth2/authorize?client_id={application_id}&scope=bot+applications.commands"
        f"&permissions={PERMISSIONS.value}"
    )
