"""Which buttons stand under an answer."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from discord import ui
from examples import NOON, a_citation, a_claim, a_record

from footnote.records.answers import AnswerRecord
from footnote_bot.views.answer import answer_view

ANSWER = replace(a_record(a_claim(a_citation())), mark="0123abcd")
ABSTENTION = replace(a_record(), mark="0123abcd")
PUBLIC = ["sources", "ask-further", "thumb:UP", "thumb:DOWN", "flag"]


def buttons(record: AnswerRecord) -> list[ui.Button[ui.View]]:
    found = [one.item if isinstance(one, ui.DynamicItem) else one for one in answer_view(record).children]
    return [one for one in found if isinstance(one, ui.Button)]


def kinds(record: AnswerRecord) -> list[str]:
    return [str(one.custom_id).removesuffix(f":{record.key}") for one in buttons(record)]


async def test_a_public_answer_can_be_read_followed_up_and_judged() -> None:
    assert kinds(ANSWER) == PUBLIC


async def test_every_button_names_the_answer_and_the_mark_of_its_database() -> None:
    full = replace(ABSTENTION, calls_people=True, is_question_deleted=True, suggestions=("Why?", "When?"))
    assert all(str(one.custom_id).endswith(":42-0123abcd") for one in buttons(full))


async def test_a_private_answer_has_no_button_that_would_reveal_it() -> None:
    assert kinds(replace(ANSWER, is_private=True)) == ["sources", "ask-further"]
    assert kinds(replace(ABSTENTION, is_private=True)) == ["sources", "ask-further"]


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({}, ["tell-me", "ask-person"]),
        ({"has_reviewers": False}, ["tell-me"]),
        ({"guild_id": None}, ["tell-me"]),
    ],
)
async def test_who_gets_no_answer_can_wait_and_ask_a_person_if_there_is_one(
    change: dict[str, object], more: list[str]
) -> None:
    assert kinds(replace(ABSTENTION, **change)) == PUBLIC + more  # type: ignore[arg-type]


async def test_moderators_can_be_called_once() -> None:
    [*_, before] = buttons(replace(ANSWER, calls_people=True))
    [*_, after] = buttons(replace(ANSWER, calls_people=True, person_called_at=NOON))
    assert (before.disabled, after.disabled) == (False, True)
    assert (before.label, after.label) == ("Needs a person", "Moderators notified")


async def test_an_answer_to_a_deleted_question_can_be_deleted() -> None:
    assert kinds(replace(ANSWER, is_question_deleted=True)) == [*PUBLIC, "delete"]


async def test_suggestions_have_a_row_of_their_own() -> None:
    found = buttons(replace(ANSWER, suggestions=("Who built it?", "How long is it?")))[len(PUBLIC) :]
    assert [(one.label, one.row) for one in found] == [("Who built it?", 2), ("How long is it?", 2)]
    assert [str(one.custom_id) for one in found] == ["suggestion:0:42-0123abcd", "suggestion:1:42-0123abcd"]


async def test_as_many_buttons_as_there_can_be_fit_into_a_message() -> None:
    full = replace(ABSTENTION, calls_people=True, is_question_deleted=True, suggestions=("Why?",) * 3)
    rows = answer_view(full).to_components()
    assert all(len(row["components"]) <= 5 for row in rows)
    assert len(rows) == 3
    assert answer_view(full).timeout is None
    assert all(one.style is not discord.ButtonStyle.link for one in buttons(full))
