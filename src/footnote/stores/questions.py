"""The messages that asked the recorded questions."""

from __future__ import annotations

from typing import Protocol

from footnote.records.answers import AnswerRecord


class QuestionStore(Protocol):
    """Stores what happens to questions after they were answered. Each method is one transaction."""

    async def find(self, question_id: int) -> AnswerRecord | None:
        """The newest answer in Discord to the message of that number."""
        ...

    async def set_deleted(self, question_id: int) -> AnswerRecord | None:
        """Records that the message is deleted. Returns the answer that has to show that; None when there is none."""
        ...

    async def withdraw(self, answer_id: int) -> None:
        """Records that the answer is no longer in Discord: nobody has to review it, and nobody waits for it."""
        ...
