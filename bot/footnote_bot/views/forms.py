"""Forms that work after a restart: what comes back is found by its custom id (see cogs/forms.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import discord


def typed_into(interaction: discord.Interaction[Any], field: str) -> str:
    """What stands in the field of that custom id."""
    data: Mapping[str, Any] = interaction.data or {}
    return next(_typed(data, field), "")


def _typed(data: Mapping[str, Any], field: str) -> Iterator[str]:
    """Wherever in the form it is."""
    if data.get("custom_id") == field:
        yield str(data.get("value") or "")
    for part in [*data.get("components", ()), data.get("component")]:
        if part:
            yield from _typed(part, field)
