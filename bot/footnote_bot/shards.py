"""DISCORD_SHARDS: how many connections to Discord's gateway, and which of them this process has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from footnote.records.sharing import WHOLE, Share

_RANGE = re.compile(r"(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?/(?P<count>[0-9]{1,5})")
_COUNT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Shards:
    """`share` is None if Discord decides how many there are, all of them in this process."""

    share: Share | None = None


def read_shards(text: str) -> Shards:
    """`auto`, `8` or `0-3/8`. Raises ValueError."""
    if text == "auto":
        return Shards()
    if _COUNT.fullmatch(text) and int(text):
        return Shards(Share(frozenset(range(int(text))), int(text)))
    if found := _RANGE.fullmatch(text):
        first, count = int(found["first"]), int(found["count"])
        last = first if found["last"] is None else int(found["last"])
        if first <= last < count:
            return Shards(Share(frozenset(range(first, last + 1)), count))
    raise ValueError("write auto, a number of shards such as 8, or the shards of this process such as 0-3/8")


def _given(value: object) -> object:
    return read_shards(value.strip()) if isinstance(value, str) else value


GivenShards = Annotated[Shards | None, NoDecode, BeforeValidator(_given)]
"""As read from the environment."""


def share_of(shards: Shards | None) -> Share:
    return shards.share if shards and shards.share else WHOLE
