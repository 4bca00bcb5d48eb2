"""Names and descriptions of commands in the languages of the bot; Discord shows each member those of theirs.

The same English word may be a command, an option and a choice, each with a different translation: the catalogues have
these with a context. Descriptions have no context, and neither do menu entries, which are marked where they are
created.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from footnote_bot.translations.catalogue import _, pgettext
from footnote_bot.translations.language import ENGLISH, speaking, spoken_for

Command = app_commands.Command[Any, ..., Any] | app_commands.Group

_COMMAND, _OPTION, _CHOICE = "command", "option", "choice"
_CONTEXTS = {
    Location.command_name: _COMMAND,
    Location.group_name: _COMMAND,
    Location.parameter_name: _OPTION,
    Location.choice_name: _CHOICE,
}


class CommandTranslator(app_commands.Translator):
    """Called by discord.py for each text in each of Discord's languages."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """None if the English text is shown."""
        language = spoken_for(locale.value)
        if language == ENGLISH:
            return None
        in_menu = isinstance(context.data, app_commands.ContextMenu)
        translated = _in(language, None if in_menu else _CONTEXTS.get(context.location), string.message)
        return None if translated == string.message else translated


def texts_of(command: Command) -> Iterator[tuple[str | None, str]]:
    """Everything of a command that is translated, each text with its context."""
    yield from ((_COMMAND, command.name), (None, command.description))
    if isinstance(command, app_commands.Group):
        for each in command.commands:
            yield from texts_of(each)
        return
    for option in command.parameters:
        yield from ((_OPTION, option.display_name), (None, str(option.description)))
        yield from ((_CHOICE, choice.name) for choice in option.choices)


def translations_of(command: Command | app_commands.ContextMenu, language: str) -> list[str]:
    """All its texts in a language."""
    texts = [(None, command.name)] if isinstance(command, app_commands.ContextMenu) else texts_of(command)
    return [_in(language, context, text) for context, text in texts]


def _in(language: str, context: str | None, text: str) -> str:
    with speaking(language):
        return pgettext(context, text) if context else _(text)
