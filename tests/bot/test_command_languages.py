"""Commands in the languages of their users: what is sent to Discord, and what members with another language use."""

from __future__ import annotations

from collections.abc import Iterator

import discord
import pytest
from discord_stage import Stage
from fake_discord import Person
from fake_discord.payloads import Payload

SUB_COMMANDS = (1, 2)
ALIKE = {"Deutsch", "csv", "export", "format", "generation", "index", "jsonl", "link", "status", "7", "30", "90"}
"""What has the same name in German."""


def named(offered: list[Payload]) -> Iterator[Payload]:
    """Commands, their sub-commands and options, and choices."""
    for one in offered:
        yield one
        yield from named(one.get("options") or [])
        yield from one.get("choices") or []


def german(thing: Payload, key: str = "name") -> str:
    return str((thing.get(f"{key}_localizations") or {}).get("de") or thing[key])


def paths(offered: list[Payload]) -> Iterator[str]:
    """Commands as they are typed in German."""
    for one in offered:
        below = [option for option in one.get("options") or [] if option["type"] in SUB_COMMANDS]
        yield from (f"{german(one)} {german(option)}" for option in below)
        if not below:
            yield german(one)


@pytest.fixture
def greta(stage: Stage) -> Person:
    return stage.fake.add_member(stage.guild, "greta", locale="de", permissions=discord.Permissions(manage_guild=True))


async def test_commands_have_german_names(stage: Stage) -> None:
    assert {*paths(stage.fake.commands.of(stage.guild))} == {
        *("fragen", "hilfe", "info", "status", "protokoll", "datenschutz", "vergiss-mich", "einrichten", "warum"),
        *("index neu-aufbauen", "index status", "index vorschau", "index quellen", "index zurückgehen"),
        *("index hinzufügen", "index entfernen"),
        *("prüfung warteschlange", "prüfung statistik", "prüfung export", "prüfung rückgängig"),
        *("Aus den Artikeln beantworten", "Das überprüfen", "Zu den Artikeln hinzufügen"),
    }


async def test_everything_about_commands_is_translated(stage: Stage) -> None:
    """The fake Discord refuses names that are not valid, or not unique among their siblings."""
    offered = [*named(stage.fake.commands.of(stage.guild))]
    assert {one["name"] for one in offered if german(one) == one["name"]} == ALIKE
    descriptions = [one for one in offered if one.get("description")]
    assert len(descriptions) > 40
    assert [one["description"] for one in descriptions if german(one, "description") == one["description"]] == []


async def test_languages_without_a_catalogue_have_the_english_names(stage: Stage) -> None:
    languages = {
        locale
        for one in named(stage.fake.commands.of(stage.guild))
        for key in ("name_localizations", "description_localizations")
        for locale in one.get(key) or {}
    }
    assert languages == {"de"}


async def test_a_command_works_under_its_german_name(stage: Stage, greta: Person) -> None:
    answer = await (await greta.slash(stage.channel, "fragen", frage="Wann wurde die Brücke eröffnet?")).response()
    assert answer.embeds
    assert stage.ask.questions[-1] == "Wann wurde die Brücke eröffnet?"
    status = await (await greta.slash(stage.channel, "index status")).response()
    assert status.embeds
    hidden = await (await greta.slash(stage.channel, "fragen", frage="Wann?", privat=True)).response()
    assert hidden.is_ephemeral


async def test_commands_are_synced_again_only_when_a_translation_has_changed(
    empty: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("footnote_bot.translations.commands._", lambda text: text)
        before.setattr("footnote_bot.translations.commands.pgettext", lambda _context, text: text)
        async with empty.running():
            pass
    for _ in range(2):
        async with empty.running():
            assert "fragen" in {*paths(empty.fake.commands.of(empty.guild))}
    assert len(empty.fake.requests_to("PUT", r"/commands$")) == 2
