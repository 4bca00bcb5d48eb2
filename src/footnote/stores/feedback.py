"""What readers say of answers."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from footnote.records import Thumb


class Feedback(Protocol):
    """Keeps what readers say of answers: one thumb and one flag of each person.

    A thumb down and a flag send the answer to review. `at` is when they clicked: the same click told twice counts once.
    Each method is one transaction, and raises UnknownAnswer when there is no such record.
    """

    async def vote(self, answer_id: int, user_id: int, thumb: Thumb, at: datetime) -> Thumb:
        """The person's thumb as it stands now: the same one again takes it back, with its comment."""
        ...

    async def comment(self, answer_id: int, user_id: int, comment: str) -> None:
        """What is wrong, says whoever has a thumb down; from anybody else it is dropped."""
        ...

    async def flag(self, answer_id: int, user_id: int, at: datetime) -> bool:
        """Whether the person's flag stands now: the second one takes it back."""
        ...

    async def ask_person(self, answer_id: int, user_id: int, at: datetime) -> None:
        """The person's flag stands, however often that is asked for."""
        ...

    async def call_person(self, answer_id: int, at: datetime) -> bool:
        """Whether this is the first call for a person because of that answer: two people may press at once."""
        ...

    async def take_back_call(self, answer_id: int) -> None:
        """Nobody has heard of it."""
        ...
