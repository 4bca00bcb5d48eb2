"""Noticing when another generation goes live."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from footnote.errors import DamagedIndex, EmptyIndex
from footnote_bot.building.switches import Switches


class _AnIndex:
    """Returns these one after the other: the live generation, or why there is none."""

    def __init__(self, found: Sequence[str | Exception]) -> None:
        self._found: Iterator[str | Exception] = iter(found)

    async def status(self) -> object:
        found = next(self._found, None)
        if found is None:
            raise asyncio.CancelledError
        if isinstance(found, Exception):
            raise found
        return SimpleNamespace(generation=found)


@pytest.mark.parametrize(
    ("found", "switches"),
    [
        (["a", "a", "a"], 0),
        (["a", "b", "b", "c"], 2),
        ([EmptyIndex(), EmptyIndex(), "a", "a"], 1),
        (["a", DamagedIndex("gone"), "a"], 0),
        (["a", DamagedIndex("gone"), "b"], 1),
        (["a", OSError("the disk is away"), "b"], 1),
    ],
)
async def test_each_other_generation_is_noticed_once(found: Sequence[str | Exception], switches: int) -> None:
    index: Any = _AnIndex(found)
    noticed: list[None] = []
    with pytest.raises(asyncio.CancelledError):
        await Switches(index, on_switch=lambda: noticed.append(None)).run(seconds=0)
    assert len(noticed) == switches
