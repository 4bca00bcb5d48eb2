"""Answers, and what shows them: replies, posted messages, cards and the channel for those, synced commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from footnote.models import Abstention, Answer, CitationStatus
from footnote.records.answers import AnswerRecord, Decision, Hold, MessageRef
from footnote.records.replies import Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked where in Discord, and when (with time zone). `question_id`: the message or interaction that asked;
    `since`: when answering it began; `follows` and those after it: as in `AnswerRecord`.
    """

    asker_id: int
    guild_id: int | None
    channel_id: int
    asked_at: datetime
    question_id: int | None = None
    since: datetime | None = None
    follows: int | None = None
    is_private: bool = False
    suggestions: tuple[str, ...] = ()
    calls_people: bool = False


@dataclass(frozen=True, slots=True)
class Triage:
    """How to treat an answer from the start; see `AnswerRecord`."""

    is_for_review: bool = True
    hold: Hold | None = None
    held_until: datetime | None = None


AT_ONCE = Triage()
"""Shown at once, and reviewed where there is review."""


class AnswerStore(Protocol):
    """Stores answers and verdicts. Each method is one transaction.

    Methods that take an `answer_id` raise UnknownAnswer when there is no such record.
    """

    async def add(self, outcome: Answer | Abstention, asked: Asked, triage: Triage = AT_ONCE) -> AnswerRecord:
        """A reply in progress to the question will show this answer.

        The question and its asker are left out if they were forgotten while it was answered; so are other people's
        words in how it was understood.
        """
        ...

    async def get(self, answer_id: int) -> AnswerRecord: ...

    async def find_posted(self, message_id: int) -> AnswerRecord | None:
        """The record whose answer is this Discord message."""
        ...

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None:
        """The reply that showed it is done, and its record is deleted."""
        ...

    async def set_card(self, answer_id: int, card: MessageRef | None) -> None:
        """None: it is deleted."""
        ...

    async def set_shown(self, answer_id: int, shown: Decision | None, *, changes: int = 0) -> None:
        """The message shows this decision, and the citations as they were after that many changes."""
        ...

    async def set_told(self, answer_id: int, told: str) -> None:
        """The last notice that its asker got."""
        ...

    async def unchecked(self, generation: str, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """Posted answers asked since then, whose citations were last checked in another generation, newest first.

        Neither abstentions, which claim nothing, nor rejected answers, which are withdrawn.
        """
        ...

    async def set_checked(self, answer_ids: Sequence[int], generation: str) -> None:
        """They were checked in this generation; nothing has changed."""
        ...

    async def set_statuses(
        self, answer_id: int, statuses: Mapping[int, CitationStatus], generation: str, *, revision: int = 0
    ) -> None:
        """Stores the status of each citation, by its number, in this generation. Nothing is stored if the answer has
        another revision by now: it is checked again.

        Begins a new round of review when a sentence is lost that was there before, and was not ruled wrong. When all
        are back and nobody has decided meanwhile, the round of the last verdict continues.
        """
        ...

    async def outdated(self) -> Sequence[int]:
        """The numbers of answers whose messages do not show the status of their citations yet, newest first."""
        ...

    async def put_reply(self, reply: Reply) -> None:
        """Records a reply in progress, with its message if that is already known."""
        ...

    async def forget_reply(self, question_id: int) -> None: ...

    async def replies(self, *, begun_before: datetime) -> Sequence[Reply]:
        """Replies that are not done, and that nobody has claimed since then; oldest first."""
        ...

    async def claim_reply(self, question_id: int, *, begun_before: datetime, at: datetime) -> bool:
        """Whether this process should finish it: only one of several that ask at the same time gets True."""
        ...

    async def release_reply(self, question_id: int) -> None:
        """Lets the next process that looks try again."""
        ...

    async def unshown(self) -> Sequence[AnswerRecord]:
        """Posted answers whose status line does not show their verdict yet, oldest first."""
        ...

    async def without_card(self, guild_id: int, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """A guild's posted answers asked since then that have no card, oldest first, at most `limit`; also older ones
        that have lost a source, or that a reader complains about.
        """
        ...

    async def review_channel(self, guild_id: int) -> tuple[int, datetime] | None:
        """The channel that gets the guild's cards, and since when; None when review is not set up."""
        ...

    async def set_review_channel(self, guild_id: int, channel_id: int | None, at: datetime) -> None:
        """Answers that wait for a moderator have to show whether there is a review channel."""
        ...

    async def drop_review_channel(self, guild_id: int, channel_id: int, at: datetime) -> bool:
        """Whether cards went to that channel until now."""
        ...

    async def command_hash(self, scope: int) -> str | None:
        """The hash of the commands last synced to a guild (0: globally)."""
        ...

    async def set_command_hash(self, scope: int, value: str | None) -> None:
        """None: no commands are synced there."""
        ...

    async def synced_scopes(self) -> Sequence[int]:
        """All scopes that have a hash."""
        ...
