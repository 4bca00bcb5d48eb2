"""Messages that mention people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from footnote.records.answers import MessageRef


@dataclass(frozen=True, slots=True)
class Notice:
    """A message about an answer, and what it should say."""

    message: MessageRef
    answer_id: int
    text: str


class NoticeStore(Protocol):
    """Stores messages that mention people, so that they can be changed when somebody is forgotten. Each method is one
    transaction.
    """

    async def add(self, notice: Notice) -> None: ...

    async def outdated(self) -> Sequence[Notice]:
        """Messages that still mention somebody who is forgotten."""
        ...

    async def set_shown(self, notice: Notice) -> None:
        """It says what it should."""
        ...
