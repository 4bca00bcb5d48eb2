"""Forms that work after a restart: what comes back is found by its custom id (see cogs/forms.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import discord


def typed_into(interaction: discord.Interaction[Any], field: str) -> str:
    """What stands in the field of that custom id."""
    return next((str(found.get("value") or "") for found in _found(interaction.data or {}, field)), "")


def chosen_in(interaction: discord.Interaction[Any], field: str) -> list[str]:
    """The values that are chosen in the menu of that custom id."""
    return [str(value) for found in _found(interaction.data or {}, field) for value in found.get("values") or ()]


def _found(data: Mapping[str, Any], field: str) -> Iterator[Mapping[str, Any]]:
    """Wherever in the form it is."""
    if data.get("custom_id") == field:
        yield data
    for part in [*data.get("components", ()), data.get("component")]:
        if part:
            yield from _found(part, field)
