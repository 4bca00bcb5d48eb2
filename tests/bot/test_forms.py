"""What somebody typed into a form, or chose in it."""

from __future__ import annotations

from typing import Any

import pytest
from small_discord import SmallDiscord

from footnote_bot.views.forms import chosen_in, typed_into

Part = dict[str, Any]
OTHER: Part = {"custom_id": "other", "value": "x"}


def row(*parts: Part) -> Part:
    return {"type": 1, "components": [*parts]}


def label(part: Part) -> Part:
    return {"type": 18, "component": part}


def typed(*parts: Part | None, field: str = "why") -> str:
    interaction = SmallDiscord().interaction(data={"custom_id": "flagged:42", "components": [*parts]})
    return typed_into(interaction, field)


@pytest.mark.parametrize(
    "parts",
    [
        [row({"custom_id": "why", "value": "Wrong."})],
        [label({"custom_id": "why", "value": "Wrong."})],
        [{"type": 10, "content": "Why?"}, row(OTHER, {"custom_id": "why", "value": "Wrong."})],
    ],
    ids=["in a row", "below a label", "next to others"],
)
def test_a_field_is_found_anywhere_in_the_form(parts: list[Part]) -> None:
    assert typed(*parts) == "Wrong."


@pytest.mark.parametrize("part", [{"custom_id": "why"}, {"custom_id": "why", "value": None}, {"custom_id": "whys"}])
def test_a_field_without_a_value_or_that_is_not_there_is_empty(part: Part) -> None:
    assert typed(row(part)) == ""
    assert typed() == ""


def test_an_interaction_without_data_has_no_fields() -> None:
    interaction = SmallDiscord().interaction()
    assert typed_into(interaction, "why") == ""
    assert chosen_in(interaction, "why") == []


def test_of_two_fields_of_that_name_the_first_counts() -> None:
    assert typed(row({"custom_id": "why", "value": "a"}), label({"custom_id": "why", "value": "b"})) == "a"


def test_text_is_taken_as_it_is() -> None:
    assert typed(row({"custom_id": "why", "value": " two\n lines "})) == " two\n lines "


@pytest.mark.parametrize(
    ("menu", "chosen"),
    [
        ({"custom_id": "who", "values": ["5", "6"]}, ["5", "6"]),
        ({"custom_id": "who", "values": [5]}, ["5"]),
        ({"custom_id": "who", "values": []}, []),
        ({"custom_id": "who", "values": None}, []),
        ({"custom_id": "who"}, []),
    ],
)
def test_the_choices_of_a_menu_are_texts(menu: Part, chosen: list[str]) -> None:
    data = {"custom_id": "form", "components": [label(menu), label({"custom_id": "other", "values": ["7"]})]}
    assert chosen_in(SmallDiscord().interaction(data=data), "who") == chosen
