"""Names and descriptions of commands in the languages of the bot."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from footnote_bot.translations.commands import CommandTranslator, texts_of, translations_of


@app_commands.command(name="ask", description="The next rebuild adds them to the index.")
@app_commands.describe(state="Nobody has translated this.")
@app_commands.rename(state="private")
@app_commands.choices(
    state=[app_commands.Choice(name="open", value="open"), app_commands.Choice(name="all", value="all")]
)
async def ask(interaction: discord.Interaction, state: str, question: str = "") -> None:
    """Does nothing."""
    del interaction, state, question


async def on_message(interaction: discord.Interaction, message: discord.Message) -> None:
    del interaction, message


MENU = app_commands.ContextMenu(name="Answer from the articles", callback=on_message)
GROUP = app_commands.Group(name="index", description="Nobody has translated this.")
BELOW = app_commands.Group(name="audit", description="Nor this.", parent=GROUP)
BELOW.add_command(ask)


async def translated(
    text: str, location: Location, *, data: Any = ask, locale: discord.Locale = discord.Locale.german
) -> str | None:
    context: Any = app_commands.TranslationContext(location, data)  # type: ignore[call-overload]
    return await CommandTranslator().translate(app_commands.locale_str(text), locale, context)


@pytest.mark.parametrize(
    ("text", "location", "german"),
    [
        ("ask", Location.command_name, "fragen"),
        ("rebuild", Location.group_name, "neu-aufbauen"),
        ("question", Location.parameter_name, "frage"),
        ("open", Location.choice_name, "offen"),
        ("The next rebuild adds them to the index.", Location.command_description, "Beim nächsten Aufbau"),
        ("The next rebuild adds them to the index.", Location.parameter_description, "Beim nächsten Aufbau"),
    ],
)
async def test_each_kind_of_text_is_translated_as_what_it_is(text: str, location: Location, german: str) -> None:
    found = await translated(text, location)
    assert found
    assert found.startswith(german)


@pytest.mark.parametrize(
    ("text", "location"),
    [("ask", Location.parameter_name), ("question", Location.command_name), ("open", Location.command_name)],
)
async def test_a_word_of_another_kind_is_not_taken_for_it(text: str, location: Location) -> None:
    assert await translated(text, location) is None


async def test_an_entry_of_a_menu_is_a_text_like_any_other() -> None:
    assert await translated(MENU.name, Location.command_name, data=MENU) == "Aus den Artikeln beantworten"
    assert await translated(MENU.name, Location.command_name) is None


@pytest.mark.parametrize(
    "locale", [discord.Locale.american_english, discord.Locale.british_english, discord.Locale.french]
)
async def test_languages_without_a_catalogue_show_english(locale: discord.Locale) -> None:
    assert await translated("ask", Location.command_name, locale=locale) is None


async def test_what_is_the_same_or_unknown_is_left_to_discord() -> None:
    assert await translated("status", Location.command_name) is None
    assert await translated("nobody-knows-this", Location.command_name) is None


def test_all_texts_of_a_command_are_found_with_their_kind() -> None:
    assert [*texts_of(ask)] == [
        ("command", "ask"),
        (None, "The next rebuild adds them to the index."),
        ("option", "private"),
        (None, "Nobody has translated this."),
        ("choice", "open"),
        ("choice", "all"),
        ("option", "question"),
        (None, "…"),
    ]


def test_the_texts_of_a_group_include_all_below_it() -> None:
    assert [*texts_of(GROUP)][:6] == [
        ("command", "index"),
        (None, "Nobody has translated this."),
        ("command", "audit"),
        (None, "Nor this."),
        *[*texts_of(ask)][:2],
    ]


def test_translations_come_in_the_same_order() -> None:
    assert translations_of(ask, "de")[2:7] == ["privat", "Nobody has translated this.", "offen", "alle", "frage"]
    assert translations_of(ask, "en") == [text for _kind, text in texts_of(ask)]
    assert translations_of(MENU, "de") == ["Aus den Artikeln beantworten"]
