"""Telling Discord which commands there are, only when they have changed."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from footnote.ports import AnswerStore
from footnote_bot.retrying import Retry

log = logging.getLogger(__name__)

_EVERYWHERE = 0


async def sync_commands(
    tree: app_commands.CommandTree[Any], store: AnswerStore, guild_ids: Sequence[int], retry: Retry
) -> None:
    """To each guild at once, or everywhere when none is named. Discord allows 200 creations per guild and day."""
    for scope in guild_ids or (_EVERYWHERE,):
        guild = None if scope == _EVERYWHERE else discord.Object(scope)
        if guild is not None:
            tree.copy_global_to(guild=guild)
        commands_hash = _hash(tree, guild)
        if await store.command_hash(scope) == commands_hash:
            continue
        try:
            await retry(lambda guild=guild: tree.sync(guild=guild))  # type: ignore[misc]
        except discord.Forbidden:
            log.warning("guild %d: no commands; invite the bot there with the scope applications.commands", scope)
            continue
        await store.set_command_hash(scope, commands_hash)
        log.info("commands synced to %s", f"guild {scope}" if guild else "all guilds")
    if guild_ids and await store.command_hash(_EVERYWHERE):
        # Synced everywhere once, they would show twice in the guilds named now.
        tree.clear_commands(guild=None)
        await retry(tree.sync)
        await store.set_command_hash(_EVERYWHERE, "")


def _hash(tree: app_commands.CommandTree[Any], guild: discord.Object | None) -> str:
    """Names the application too: another bot on the same database has not been told anything yet."""
    commands = sorted(
        (command.to_dict(tree) for command in tree.get_commands(guild=guild)), key=lambda one: one["name"]
    )
    stated = json.dumps([tree.client.application_id, commands], sort_keys=True)
    return hashlib.sha256(stated.encode()).hexdigest()
