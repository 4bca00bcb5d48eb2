"""Buttons, forms and refusals in German: private ones by the member's language, public ones by the server's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import discord
import pytest
from discord_stage import Stage, line, until
from fake_discord import Message, Person
from fake_services import REPORT

from footnote.errors import BuildRunning
from footnote_index.building.difference import FolderDifference

UP, DOWN = "👍", "👎"


@pytest.fixture
async def german(empty: Stage) -> AsyncIterator[Stage]:
    """In a German server, whose people read English."""
    empty.guild.locale = "de"
    await empty.set_up_review()
    async with empty.running():
        yield empty


def greta(stage: Stage, **permissions: bool) -> Person:
    granted = discord.Permissions(**permissions)
    return stage.fake.add_member(stage.guild, "greta", locale="de", permissions=granted)


def labels(message: Message) -> list[str]:
    return [str(button.get("label")) for button in message.buttons]


def options(message: Message) -> list[str]:
    return [option["label"] for menu in message.selects for option in menu.get("options") or []]


async def posted(stage: Stage) -> Message:
    answer = await stage.slash_ask()
    await until(lambda: all(record.posted for record in stage.store.records.values()))
    return answer


def texts(form: Any) -> list[str]:
    """The texts of a form around its fields."""
    return [str(part[key]) for part in form.components for key in ("label", "description") if part.get(key)]


async def test_a_german_member_presses_a_button_and_fills_in_a_form(stage: Stage) -> None:
    reader, answer = greta(stage), await posted(stage)
    assert await line(await reader.click(answer, UP)) == (
        "Danke, dein 👍 ist gezählt. Drück noch einmal darauf, um es zurückzunehmen."
    )
    form = await (await reader.click(answer, DOWN)).modal()
    assert form.title == "Deine Stimme ist gezählt"
    assert texts(form) == [
        "Wähle aus, was zutrifft",
        "Was stimmt an der Antwort nicht?",
        "Moderatoren lesen das, ohne deinen Namen. Du kannst es leer lassen.",
    ]
    sent = await reader.submit(form, {"Wähle aus, was zutrifft": ["Das ist veraltet"]})
    assert await line(sent) == "Danke, dein 👎 ist gezählt. Drück noch einmal darauf, um es zurückzunehmen."
    [record] = stage.store.records.values()
    assert (await stage.store.get(record.id)).votes.comments == ("It is out of date",), "the server reads English"
    further = await (await reader.click(answer, "Ask further")).modal()
    assert (further.title, texts(further)[0]) == ("Weiterfragen", "Deine Frage")


async def test_what_an_english_member_reads_in_a_german_server(german: Stage) -> None:
    answer = await posted(german)
    assert {"Quellen", "Weiterfragen", "Melden"} <= {*labels(answer)}
    assert (await line(await german.alice.click(answer, "Melden"))).startswith("Thanks, the moderators will see it.")
    form = await (await german.alice.click(answer, DOWN)).modal()
    assert form.title == "Your vote is counted"
    await line(await german.alice.submit(form, {"Choose what applies": ["It is out of date"]}))
    [record] = german.store.records.values()
    assert (await german.store.get(record.id)).votes.comments == ("Das ist veraltet",)


async def test_the_review_card_of_a_german_server_is_german(german: Stage) -> None:
    await german.slash_ask()
    card = await german.card()
    assert {"Bestätigen", "Ablehnen", "Bearbeiten", "Quellen"} <= {*labels(card)}
    await (await german.mod.click(card, "Bestätigen")).outcome()
    await german.shown()
    assert "Rückgängig" in labels(card)
    fields = {field["name"]: field["value"] for field in card.embeds[0]["fields"]}
    assert fields["Entscheidung"].startswith(f"Bestätigt von {german.mod.mention}")


async def test_a_moderator_of_a_german_server_may_read_english(german: Stage) -> None:
    await german.slash_ask()
    form = await (await german.mod.click(await german.card(), "Bearbeiten")).modal()
    assert (form.title, texts(form)[0]) == ("Edit answer 1", "One claim per line, sentences as [1][2]")
    assert await line(await german.alice.click(await german.card(), "Bestätigen")) == (
        "You need the permission Manage Messages to review answers."
    )


async def test_the_setup_panel_is_german(german: Stage) -> None:
    manager = greta(german, manage_guild=True)
    opened = await (await manager.slash(german.channel, "einrichten")).response()
    assert opened.content.startswith("Die Prüfung ist an: jede Antwort bekommt eine Prüfkarte in")
    assert "`/einrichten aus:True`" in opened.content
    assert labels(opened) == ["Wie Antworten geprüft werden", "Threads, Foren, Menschen", "Sammlungen"]
    assert [menu.get("placeholder") for menu in opened.selects][:3] == [
        "Prüfkanal (keiner: keine Prüfkarten)",
        "Rolle der Moderatoren (zusätzlich zu „Nachrichten verwalten“)",
        "Kanäle für Fragen (keiner: überall)",
    ]
    await (await manager.click(opened, "Wie Antworten geprüft werden")).response()
    assert options(opened)[:2] == [
        "Antworten sofort zeigen, später prüfen",
        "Antworten zurückhalten, bis ein Moderator sie bestätigt",
    ]
    assert "Eine Prüfkarte für 25\N{NO-BREAK SPACE}% der Antworten" in options(opened)
    assert "Zurückhalten für eine Stunde" in options(opened)
    await (await manager.click(opened, "Zurück")).response()
    await (await manager.click(opened, "Threads, Foren, Menschen")).response()
    assert options(opened)[0] == "Antworten stehen im Kanal"


async def test_refusals_are_in_the_language_of_the_person_refused(stage: Stage) -> None:
    reader = greta(stage)
    stage.offer_commands_to_everybody()
    for path in ("einrichten", "index neu-aufbauen"):
        refused = await line(await reader.slash(stage.channel, path))
        assert refused == "Dafür brauchst du die Berechtigung „Server verwalten“."


async def test_a_rebuild_is_shown_in_the_servers_language(german: Stage) -> None:
    german.index.may_end.clear()
    assert (
        await line(await german.admin.slash(german.channel, "index rebuild")) == "Rebuilding; see the progress below."
    )
    [progress] = german.channel.messages
    assert labels(progress) == ["Abbrechen"]
    assert await line(await german.admin.click(progress, "Abbrechen")) == "Stopping the rebuild."
    german.index.may_end.set()
    await german.fake.wait_for(lambda: "hat den Aufbau abgebrochen" in progress.text)


async def test_each_server_reads_of_the_watch_in_its_language(empty: Stage) -> None:
    other = empty.fake.add_guild("Bücherei")
    other.locale, desk = "de", empty.fake.add_channel(other, "prüfung")
    await empty.set_up_review()
    await empty.review.set_review_channel(other.id, desk.id)
    empty.index.report = replace(
        REPORT, difference=FolderDifference(added=("New.md",), changed=(), removed=("old.md",))
    )
    async with empty.running(guild_ids=(empty.guild.id, other.id), seconds_between_looks=0.01):
        await empty.fake.wait_for(lambda: empty.desk.messages and desk.messages)
    assert empty.desk.messages[0].content.replace("\\", "") == (
        "The index was updated from the articles. Added: New.md; removed: old.md."
    )
    assert desk.messages[0].content.replace("\\", "") == (
        "Der Index ist wieder auf dem Stand der Artikel. Neu: New.md; entfernt: old.md."
    )


async def test_the_audit_stays_english(german: Stage) -> None:
    manager = greta(german, manage_guild=True, manage_messages=True)
    await (await manager.slash(german.channel, "prüfung export")).response()
    await (await manager.slash(german.channel, "einrichten", aus=True)).response()
    acts = [act.detail for act in await german.stores.audit.acts(german.guild.id, action=None, user_id=None, limit=5)]
    assert acts == [f"review channel: {german.desk.id} -> none", "the last 30 days, as jsonl"]
    told = await (await manager.slash(german.channel, "protokoll")).response()
    assert told.embeds[0]["title"] == "Protokoll"


async def test_why_a_build_cannot_start_is_said_with_who_runs_one(german: Stage) -> None:
    origin = "The article watcher started a rebuild at 10:20 UTC"
    german.index.build_error = BuildRunning(f"{origin}, and it is still running. Wait for it, then try again.")
    manager = greta(german, manage_guild=True)
    assert await line(await manager.slash(german.channel, "index neu-aufbauen")) == (
        "Die Überwachung der Artikel hat um 10:20 UTC einen Aufbau gestartet, und das läuft noch. Warte, bis es fertig "
        "ist, und versuch es dann noch einmal."
    )


async def test_what_is_stored_about_members_is_said_in_their_language(stage: Stage) -> None:
    reader = greta(stage)
    told = await line(await reader.slash(stage.channel, "datenschutz"))
    assert told.startswith("**Was ich speichere**")
    assert "`/vergiss-mich`" in told
    opened = await (await reader.slash(stage.channel, "vergiss-mich")).response()
    await (await reader.click(opened, "Vergiss mich")).response()
    assert opened.content.startswith("Ich habe dich vergessen, zusammen mit 0 Fragen.")
