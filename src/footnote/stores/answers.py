"""Answers, and what shows them: replies, posted messages, cards and the channel for those, synced commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from footnote.models import Abstention, Answer, CitationStatus
from footnote.records import AnswerRecord, Decision, Hold, MessageRef
from footnote.replies import Reply


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
    """How an answer is to be treated from the start; see `AnswerRecord`."""

    is_for_review: bool = True
    hold: Hold | None = None
    held_until: datetime | None = None


AT_ONCE = Triage()
"""Shown at once, and reviewed where there is review."""


class AnswerStore(Protocol):
    """Keeps answers and verdicts over restarts. Each method is one transaction.

    Methods that take an `answer_id` raise UnknownAnswer when there is no such record.
    """

    async def add(self, outcome: Answer | Abstention, asked: Asked, triage: Triage = AT_ONCE) -> AnswerRecord:
        """A reply that is under way to the question is to show this answer from now on.

        Without the question and its asker, if they were forgotten while it was answered; the same goes for the words of
        others in how it was understood.
        """
        ...

    async def get(self, answer_id: int) -> AnswerRecord: ...

    async def find_posted(self, message_id: int) -> AnswerRecord | None:
        """The record whose answer is this Discord message."""
        ...

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None:
        """The reply that showed it is done with that, and forgotten."""
        ...

    async def set_card(self, answer_id: int, card: MessageRef | None) -> None:
        """None: it is deleted."""
        ...

    async def set_shown(self, answer_id: int, shown: Decision | None, *, changes: int = 0) -> None:
        """The message shows this decision, and the citations as they stood after so many changes."""
        ...

    async def set_told(self, answer_id: int, told: str) -> None:
        """The last notice that its asker got."""
        ...

    async def unchecked(self, generation: str, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """Posted answers asked since then, whose citations were last looked at in another generation, newest first.

        Neither abstentions, which claim nothing, nor rejected answers, which are withdrawn.
        """
        ...

    async def set_checked(self, answer_ids: Sequence[int], generation: str) -> None:
        """Looked at in this generation; nothing has changed."""
        ...

    async def set_statuses(
        self, answer_id: int, statuses: Mapping[int, CitationStatus], generation: str, *, revision: int = 0
    ) -> None:
        """Looked at in this generation: each citation, by its number, stands so. Nothing is put on record when the
        answer is at another revision by now: it is looked at again.

        Begins a new round of review when a sentence is lost that stood before, and was not ruled wrong. When all stand
        again and nobody has decided meanwhile, the round of the last verdict goes on.
        """
        ...

    async def outdated(self) -> Sequence[int]:
        """The numbers of answers whose messages do not show how their citations stand, newest first."""
        ...

    async def put_reply(self, reply: Reply) -> None:
        """A reply is under way; if that is known already, which message it is."""
        ...

    async def forget_reply(self, question_id: int) -> None: ...

    async def replies(self, *, begun_before: datetime) -> Sequence[Reply]:
        """Those that are not done, and that nobody has claimed since then; oldest first."""
        ...

    async def claim_reply(self, question_id: int, *, begun_before: datetime, at: datetime) -> bool:
        """Whether this process is to end it: of several that look at the same time, that is so for one."""
        ...

    async def release_reply(self, question_id: int) -> None:
        """Lets whoever looks next try again."""
        ...

    async def unshown(self) -> Sequence[AnswerRecord]:
        """Posted answers whose status line does not show their verdict yet, oldest first."""
        ...

    async def without_card(self, guild_id: int, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """A guild's posted answers asked since then that have no card, oldest first, not more than `limit`; also older
        ones that have lost a source, or that a reader complains of.
        """
        ...

    async def review_channel(self, guild_id: int) -> tuple[int, datetime] | None:
        """The channel that gets the guild's cards, and since when; None when review is not set up."""
        ...

    async def set_review_channel(self, guild_id: int, channel_id: int | None, at: datetime) -> None:
        """Answers that wait for a moderator have to show whether there is one."""
        ...

    async def drop_review_channel(self, guild_id: int, channel_id: int, at: datetime) -> bool:
        """Whether cards went to that channel until now."""
        ...

    async def command_hash(self, scope: int) -> str | None:
        """The hash of the commands last synced to a guild (0: globally)."""
        ...

    async def set_command_hash(self, scope: int, value: str | None) -> None:
        """None: no commands are synced there any more."""
        ...

    async def synced_scopes(self) -> Sequence[int]:
        """All scopes that have a hash."""
        ...
