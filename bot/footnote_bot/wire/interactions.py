"""Answers interactions: in time, in one line, also when something went wrong."""

from __future__ import annotations

import asyncio
import io
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from footnote.errors import FootnoteError
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.from_below import told
from footnote_bot.wire.retrying import UNREACHABLE, Retry, code_of, failure_in_words, is_passing

log = logging.getLogger(__name__)

_ALREADY_ACKNOWLEDGED = 40060
_LONGEST_LINE = 2000
_AT_ONCE = Retry(attempts=4, first_pause=0.05)
_SECONDS_PER_TRY = 0.8  # discord.py would wait for whole seconds after a 5xx
_SECONDS_TO_ACKNOWLEDGE = 2.5  # Discord waits for three
_PATIENTLY = Retry()


async def acknowledge(
    interaction: discord.Interaction[Any], *, ephemeral: bool = False, thinking: bool = False
) -> bool:
    """Defers the answer; False when there is nothing to answer: it is too late, or another process was first.

    `thinking` matters for buttons only: with it the answer is a new message, without it the button's message.
    """
    return await _responded(interaction, lambda: interaction.response.defer(ephemeral=ephemeral, thinking=thinking))


async def open_form(interaction: discord.Interaction[Any], form: discord.ui.Modal) -> bool:
    """Opens a form, which must be the first response; False as in `acknowledge`."""
    return await _responded(interaction, lambda: interaction.response.send_modal(form))


async def _responded(interaction: discord.Interaction[Any], respond: Callable[[], Awaitable[object]]) -> bool:
    """Responds in time, for the first time."""
    tries = 0

    async def once() -> None:
        nonlocal tries
        tries += 1
        async with asyncio.timeout(_SECONDS_PER_TRY):
            await respond()

    try:
        async with asyncio.timeout(_SECONDS_TO_ACKNOWLEDGE):
            await _AT_ONCE(once)
    except Exception as error:
        is_acknowledged = code_of(error) == _ALREADY_ACKNOWLEDGED
        if isinstance(error, discord.NotFound) or (is_acknowledged and tries == 1):
            log.info("interaction %d is left unanswered: %s", interaction.id, failure_in_words(error))
            return False
        if not (is_acknowledged or is_passing(error)):
            raise
        # One of the tries may have arrived, and only its response was lost: nobody should see "thinking" forever.
    return True


async def tell(interaction: discord.Interaction[Any], line: str) -> None:
    """One ephemeral line. If a command already shows "thinking", the line replaces it, and is as public as that."""
    line = line[:_LONGEST_LINE]
    if not interaction.response.is_done() and await _is_first_response(interaction, line):
        return
    if interaction.type is discord.InteractionType.application_command:
        await _PATIENTLY(lambda: interaction.edit_original_response(content=line, embeds=[], view=None))
    else:
        await interaction.followup.send(line, ephemeral=True)


async def offer(interaction: discord.Interaction[Any], line: str, view: discord.ui.View | None) -> None:
    """A line with buttons that replaces "thinking", or the message that was clicked."""
    await _PATIENTLY(lambda: interaction.edit_original_response(content=line[:_LONGEST_LINE], embeds=[], view=view))


async def show(
    interaction: discord.Interaction[Any],
    *embeds: discord.Embed,
    view: discord.ui.View | None = None,
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Replaces "thinking", or the message that was clicked, with embeds; with files, by their names."""

    def edit() -> Awaitable[object]:  # each try reads the files from their beginning
        attachments = [discord.File(io.BytesIO(content), name) for name, content in (files or {}).items()]
        return interaction.edit_original_response(embeds=embeds, view=view, attachments=attachments)

    await _PATIENTLY(edit)


async def report_error(interaction: discord.Interaction[Any], error: Exception) -> None:
    """The one handler for everything that goes wrong while an interaction is answered."""
    line = error_line(error)
    try:
        await tell(interaction, line)
    except UNREACHABLE as silence:
        log.info("interaction %d: the error message could not be sent: %s", interaction.id, type(silence).__name__)


@asynccontextmanager
async def errors_reported(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """For views, whose errors discord.py would only log."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - `report_error` logs unknown errors
        await report_error(interaction, error)


def error_line(error: Exception) -> str:
    """The message for a person. Unexpected errors are logged with an id, and the person gets the id."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, FootnoteError):
        return told(str(error))
    if isinstance(error, app_commands.TransformerError):
        return _("I cannot see that channel. Give me View Channel there, then try again.")
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return _("This command has just changed. Reload Discord, then try again.")
    error_id = secrets.token_hex(4)
    log.error("error %s", error_id, exc_info=error)
    return _(
        "Something went wrong (error id {error_id}). The operator can find the reason in the log under this id."
    ).format(error_id=error_id)


async def _is_first_response(interaction: discord.Interaction[Any], line: str) -> bool:
    """Tries to answer with the line; False when Discord already has an answer that discord.py does not know about."""
    try:
        await interaction.response.send_message(line, ephemeral=True)
    except discord.HTTPException as error:
        if error.code != _ALREADY_ACKNOWLEDGED:
            raise
        return False
    return True
