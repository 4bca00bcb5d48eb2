"""The messages that asked what is on record."""

from __future__ import annotations

from typing import Protocol

from footnote.records import AnswerRecord


class QuestionStore(Protocol):
    """Keeps what becomes of questions after their answer. Each method is one transaction."""

    async def find(self, question_id: int) -> AnswerRecord | None:
        """The newest answer to the message of that number that stands in Discord."""
        ...

    async def set_deleted(self, question_id: int) -> AnswerRecord | None:
        """The message is deleted. The answer that stands has to show that; None when there is none."""
        ...

    async def withdraw(self, answer_id: int) -> None:
        """The answer does not stand in Discord any more, and nobody has to review it. Nobody waits for it either."""
        ...
