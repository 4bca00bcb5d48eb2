"""Replies in Discord that are in progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in Discord that is not done: it shows drafts, or nothing yet.

    `question_id` is the message or interaction that it replies to, `message_id` its own message once it is known to
    exist, `answer_id` the answer to show, `asker_id` the person who waits for the reply to an interaction.
    """

    question_id: int
    channel_id: int
    begun_at: datetime
    message_id: int | None = None
    answer_id: int | None = None
    asker_id: int | None = None
