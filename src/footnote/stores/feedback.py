"""What readers say about answers."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from footnote.records.answers import Thumb


class Feedback(Protocol):
    """Stores what readers say about answers: one thumb and one flag per person.

    A thumb down and a flag send the answer to review. `at` is when they clicked: the same click reported twice counts
    once. Each method is one transaction, and raises UnknownAnswer when there is no such record.
    """

    async def vote(self, answer_id: int, user_id: int, thumb: Thumb, at: datetime) -> Thumb:
        """Returns the person's thumb after the click: the same one again removes it, with its comment."""
        ...

    async def comment(self, answer_id: int, user_id: int, comment: str) -> None:
        """Stores what is wrong, for a person with a thumb down; from anybody else it is ignored."""
        ...

    async def flag(self, answer_id: int, user_id: int, at: datetime) -> bool:
        """Returns whether the person's flag is set now: a second one removes it."""
        ...

    async def ask_person(self, answer_id: int, user_id: int, at: datetime) -> None:
        """Sets the person's flag, no matter how often it is called."""
        ...

    async def call_person(self, answer_id: int, at: datetime) -> bool:
        """Whether this is the first call for a person because of that answer: two people may press at once."""
        ...

    async def take_back_call(self, answer_id: int) -> None:
        """Undoes it: nobody was notified."""
        ...
