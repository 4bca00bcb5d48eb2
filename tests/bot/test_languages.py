"""Who reads which language in Discord."""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import replace
from typing import Any

import discord
import pytest
from examples import a_record
from small_discord import ALICE, BOB, SmallDiscord, channel
from small_policies import SmallPolicies

from footnote_bot.access.languages import Languages
from footnote_bot.translations.language import in_public, present, speaking

GERMAN, ENGLISH, UNKNOWN = 1, 2, 404


class World:
    """A German server and an English one, and what is heard and said."""

    def __init__(self) -> None:
        self.discord = SmallDiscord()
        self.german = self.discord.server(channel(10), number=GERMAN, locale="de")
        self.english = self.discord.server(channel(20), number=ENGLISH, locale="en-GB")
        self.languages = Languages(self.discord.client)

    def spoken_after(self, guild: discord.Guild | None, locale: str, **fields: Any) -> tuple[str, str]:
        """In private and in public, in a task that has heard such an interaction."""
        interaction = self.discord.interaction(guild=guild, locale=locale, **fields)

        def heard() -> tuple[str, str]:
            self.languages.hear(interaction)
            with in_public():
                public = present()
            return present(), public

        return copy_context().run(heard)

    def read(self, message: discord.Message) -> str:
        def spoken() -> str:
            self.languages.read(message)
            return present()

        return copy_context().run(spoken)


@pytest.mark.parametrize(("locale", "spoken"), [("de", "de"), ("en-US", "en"), ("fr", "en"), ("pt-BR", "en")])
def test_a_member_reads_their_own_language_and_the_server_its_own(locale: str, spoken: str) -> None:
    assert World().spoken_after(World().german, locale) == (spoken, "de")
    assert World().spoken_after(World().english, locale) == (spoken, "en")


def test_in_direct_messages_everything_is_in_the_members_language() -> None:
    assert World().spoken_after(None, "de") == ("de", "de")


def test_what_a_server_has_chosen_counts_more_than_its_language_in_discord() -> None:
    world = World()
    world.languages.choose(GERMAN, "en")
    assert world.spoken_after(world.german, "de") == ("de", "en")
    world.languages.choose(GERMAN, None)
    assert world.languages.of_server(GERMAN) == "de"


async def test_choices_are_loaded_and_a_language_that_is_gone_counts_as_none() -> None:
    world = World()
    await world.languages.load(SmallPolicies(spoken={GERMAN: "en", ENGLISH: "tlh"}))
    assert (world.languages.chosen(GERMAN), world.languages.chosen(ENGLISH)) == ("en", None)
    assert world.languages.of_server(ENGLISH) == "en"


def test_an_unknown_server_has_the_language_that_discord_reports_or_english() -> None:
    languages = World().languages
    assert languages.of_server(UNKNOWN, discord.Locale.german) == "de"
    assert languages.of_server(UNKNOWN) == "en"
    assert languages.of_server(GERMAN, discord.Locale.american_english) == "de", "the known language counts more"


def test_a_message_is_answered_in_the_language_of_those_who_read_it() -> None:
    world = World()
    world.spoken_after(world.german, "en-US")
    world.spoken_after(world.english, "de", person=BOB)
    assert world.read(world.discord.message(world.german.get_channel(10))) == "de"
    assert world.read(world.discord.message(world.discord.direct(), by=ALICE)) == "en"
    assert world.read(world.discord.message(world.discord.direct(), by=BOB)) == "de"


def test_a_members_language_is_remembered_for_direct_messages() -> None:
    world = World()
    world.spoken_after(world.english, "de")
    assert (world.languages.of_member(ALICE), world.languages.of_member(BOB)) == ("de", "en")


def test_somebody_who_has_pressed_nothing_gets_the_language_of_the_place_in_private() -> None:
    world = World()
    world.spoken_after(world.english, "en-US")
    with speaking("de"):
        with world.languages.privately(BOB):
            assert present() == "de"
        with world.languages.privately(ALICE):
            assert present() == "en"


def test_a_channel_is_its_servers_or_the_askers_direct_messages() -> None:
    world = World()
    world.spoken_after(None, "de")
    found = [world.languages.of_channel(10), world.languages.of_channel(20), world.languages.of_channel(77, ALICE)]
    assert found == ["de", "en", "de"]
    assert world.languages.of_channel(77) == "en"


def test_the_readers_of_an_answer_are_the_server_or_the_asker() -> None:
    world = World()
    world.spoken_after(world.german, "de")
    record = replace(a_record(), asker_id=ALICE, guild_id=ENGLISH)
    assert world.languages.of_readers(record) == "en"
    assert world.languages.of_readers(replace(record, guild_id=None)) == "de"
    with speaking("de"):
        assert world.languages.of_readers(replace(record, is_private=True)) == "de"
