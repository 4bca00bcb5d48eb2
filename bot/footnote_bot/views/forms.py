"""Forms that work after a restart: submissions are found by their custom id (see cogs/forms.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import discord


def typed_into(interaction: discord.Interaction[Any], field: str) -> str:
    """The content of the field with that custom id."""
    return next((str(found.get("value") or "") for found in _found(interaction.data or {}, field)), "")


def chosen_in(interaction: discord.Interaction[Any], field: str) -> list[str]:
    """The values chosen in the menu with that custom id."""
    return [str(value) for found in _found(interaction.data or {}, field) for value in found.get("values") or ()]


def _found(data: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    """Finds it anywhere in the form."""
    if data.get("custom_id") == field:
        yield data
    for part in [*data.get("components", ()), data.get("component")]:
        if part:
            yield from _found(part, field)
