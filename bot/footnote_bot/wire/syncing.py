"""Syncs the commands with Discord, only when they have changed."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from footnote.stores import AnswerStore
from footnote_bot.translations.commands import CommandTranslator, translations_of
from footnote_bot.translations.language import languages
from footnote_bot.wire.retrying import Retry

log = logging.getLogger(__name__)

_EVERYWHERE = 0


async def sync_commands(
    tree: app_commands.CommandTree[Any], store: AnswerStore, guild_ids: Sequence[int], retry: Retry
) -> None:
    """To each guild at once, or globally if none is named, with their names in all languages of the bot. Discord allows
    200 creations per guild and day.
    """
    await tree.set_translator(CommandTranslator())
    scopes = tuple(guild_ids) or (_EVERYWHERE,)
    for scope in scopes:
        await _sync(tree, store, scope, retry)
    for scope in sorted({*await store.synced_scopes()} - {*scopes}):
        await _withdraw(tree, store, scope, retry)


async def _sync(tree: app_commands.CommandTree[Any], store: AnswerStore, scope: int, retry: Retry) -> None:
    guild = _guild(scope)
    if guild is not None:
        tree.copy_global_to(guild=guild)
    commands_hash = _hash(tree, guild)
    if await store.command_hash(scope) == commands_hash:
        return
    try:
        await retry(lambda: tree.sync(guild=guild))
    except discord.Forbidden:
        log.warning("guild %d: no commands; invite the bot there with the scope applications.commands", scope)
        return
    await store.set_command_hash(scope, commands_hash)
    log.info("commands synced to %s", _name(scope))


async def _withdraw(tree: app_commands.CommandTree[Any], store: AnswerStore, scope: int, retry: Retry) -> None:
    """Commands synced to a scope that is no longer named would go stale there, or appear twice."""
    guild = _guild(scope)
    tree.clear_commands(guild=guild)
    try:
        await retry(lambda: tree.sync(guild=guild))
    except (discord.Forbidden, discord.NotFound):
        log.info("commands are not withdrawn from %s: the bot is no longer there", _name(scope))
    else:
        log.info("commands withdrawn from %s", _name(scope))
    await store.set_command_hash(scope, None)


def _guild(scope: int) -> discord.Object | None:
    return None if scope == _EVERYWHERE else discord.Object(scope)


def _name(scope: int) -> str:
    return f"guild {scope}" if scope else "all guilds"


def _hash(tree: app_commands.CommandTree[Any], guild: discord.Object | None) -> str:
    """The hash of everything that is sent, with the texts in every language of the bot: discord.py requests those of
    all of Discord's languages, which takes ten times as long. It includes the application: another bot on the same
    database has no commands in Discord yet.
    """
    commands = sorted(tree.get_commands(guild=guild), key=lambda command: command.name)
    texts = [[translations_of(command, language) for command in commands] for language in sorted(languages())]
    sent = [command.to_dict(tree) for command in commands]
    stated = json.dumps([tree.client.application_id, sent, texts], sort_keys=True)
    return hashlib.sha256(stated.encode()).hexdigest()
