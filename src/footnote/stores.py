"""What the services need of a database, one Protocol for each subject."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from footnote.models import Abstention, Answer, Citation, Claim, Standing
from footnote.overview import Entry, QueueState
from footnote.policies import Policy
from footnote.ports import Pair
from footnote.receipts import ReceiptRecord
from footnote.records import AnswerRecord, Awaited, CitationRuling, Decision, Hold, MessageRef, Reply, Thumb, Verdict


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to the index or to an answer, or tried to: `action` is a word or two, `detail` says to what
    and how it ended. Neither holds text of an article.

    `before` and `after` are what an answer said, where that was changed.
    """

    at: datetime
    guild_id: int | None
    user_id: int
    action: str
    detail: str
    answer_id: int | None = None
    before: str | None = None
    after: str | None = None


class AuditLog(Protocol):
    """Keeps who did what. Acts are added, never changed."""

    async def add(self, act: Act) -> None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked where in Discord, and when (with time zone). `question_id`: the message or interaction that asked."""

    asker_id: int
    guild_id: int | None
    channel_id: int
    asked_at: datetime
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class Handling:
    """How an answer is to be treated from the start; see `AnswerRecord`."""

    is_for_review: bool = True
    hold: Hold | None = None
    held_until: datetime | None = None


AT_ONCE = Handling()
"""Shown at once, and reviewed where there is review."""


class AnswerStore(Protocol):
    """Keeps answers and verdicts over restarts. Each method is one transaction.

    Methods that take an `answer_id` raise UnknownAnswer when there is no such record.
    """

    async def add(self, outcome: Answer | Abstention, asked: Asked, handling: Handling = AT_ONCE) -> AnswerRecord:
        """A reply that is under way to the question is to show this answer from now on."""
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
        """What its asker was told last in a message of its own."""
        ...

    async def unchecked(self, generation: str, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """Posted answers asked since then, whose citations were last looked at in another generation, newest first.

        Neither abstentions, which claim nothing, nor rejected answers, which are withdrawn.
        """
        ...

    async def set_checked(self, answer_ids: Sequence[int], generation: str) -> None:
        """Looked at in this generation; nothing has changed."""
        ...

    async def set_standings(
        self, answer_id: int, standings: Mapping[int, Standing], generation: str, *, revision: int = 0
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
        """Those that are not done, oldest first."""
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

    async def set_review_channel(self, guild_id: int, channel_id: int | None, at: datetime) -> None: ...

    async def command_hash(self, scope: int) -> str | None:
        """The hash of the commands last synced to a guild (0: globally)."""
        ...

    async def set_command_hash(self, scope: int, value: str | None) -> None:
        """None: no commands are synced there any more."""
        ...

    async def synced_scopes(self) -> Sequence[int]:
        """All scopes that have a hash."""
        ...


class HoldStore(Protocol):
    """Answers that wait for a moderator. Verdict and deadline may come at once: the first one stands."""

    async def overdue(self, now: datetime) -> Sequence[AnswerRecord]:
        """Those that wait, though their asker should have heard of them by now; oldest first."""
        ...

    async def end(self, answer_id: int, hold: Hold, now: datetime) -> bool:
        """Whether that answer was still waiting, and overdue: then it is `hold` now, and its messages have to show it.

        False when a verdict came first, or another process.
        """
        ...


class PolicyStore(Protocol):
    """How guilds want their answers to be reviewed. Each method is one transaction."""

    async def policies(self, guild_id: int) -> Mapping[int, Policy]:
        """Those that were set, by channel; that of EVERYWHERE is for all others."""
        ...

    async def policy_of(self, guild_id: int, channel_id: int) -> Policy:
        """What counts in a channel: its own, else that of EVERYWHERE, else DEFAULT. Threads have that of their parent,
        whose number is to be given.
        """
        ...

    async def set_policy(self, guild_id: int, channel_id: int, policy: Policy | None) -> None:
        """None: the channel has none of its own any more."""
        ...

    async def moderator_role(self, guild_id: int) -> int | None:
        """The role of those who review besides who may manage messages; None: there is none."""
        ...

    async def set_moderator_role(self, guild_id: int, role_id: int | None) -> None: ...

    async def ask_channels(self, guild_id: int) -> Sequence[int]:
        """Where questions are answered; empty: everywhere."""
        ...

    async def set_ask_channels(self, guild_id: int, channel_ids: Sequence[int]) -> None: ...


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What moderators of a guild decided about a question; `refused` are sentences that do not answer it.

    `answered` tells an answer from an abstention; `decision` is None when only citations were judged. `citations` are
    those that are shown.
    """

    answer_id: int
    guild_id: int
    question: str
    answered: bool
    decision: Decision | None
    citations: tuple[Citation, ...]
    refused: frozenset[Pair]

    @property
    def is_approved(self) -> bool:
        return self.decision is Decision.APPROVED


class ReviewedAnswers(Protocol):
    """Decided answers, and those of which a citation was found wrong."""

    async def last_act(self) -> int:
        """A number that grows with every decision."""
        ...

    async def decided_after(self, act: int) -> frozenset[int]:
        """The numbers of the answers that were decided on after that act, or changed, or given back."""
        ...

    async def reviewed(self, answer_ids: Collection[int] | None = None) -> Sequence[Reviewed]:
        """All, or what is left of some; oldest first. None whose question is forgotten, none that repeats another."""
        ...


@dataclass(frozen=True, slots=True)
class Queued:
    """A page of the queue, and how many answers there are on all pages."""

    records: tuple[AnswerRecord, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A guild whose review channel should get a digest; `last` is when it got one."""

    guild_id: int
    channel_id: int
    last: datetime | None


class Overview(Protocol):
    """Looks at all that is on record of a guild (None: of all, direct messages included). `channels`: only what was
    asked there. What may be a lot comes in batches, in the order in which it was recorded.
    """

    async def queue(
        self,
        guild_id: int | None,
        state: QueueState,
        *,
        channels: Collection[int] | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> Queued:
        """Oldest first."""
        ...

    def entries(self, guild_id: int | None, *, since: datetime | None = None) -> AsyncIterator[Sequence[Entry]]: ...

    def records(
        self, guild_id: int | None, *, since: datetime | None = None, channels: Collection[int] | None = None
    ) -> AsyncIterator[Sequence[AnswerRecord]]: ...

    async def channels(self, guild_id: int) -> Sequence[int]:
        """Where questions were asked."""
        ...

    async def due_digests(self, now: datetime, *, every: timedelta) -> Sequence[DueDigest]:
        """Guilds with a review channel since then, and without a digest since then."""
        ...

    async def take_digest(self, due: DueDigest, now: datetime) -> bool:
        """Whether this process is to post it: another one may have been first."""
        ...


class Receipts(Protocol):
    """Keeps how answers came about. Receipts are put there together with their answers."""

    async def get(self, answer_id: int) -> ReceiptRecord | None:
        """None of an answer from before receipts were kept, and of one that is not on record."""


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


class Waiting(Protocol):
    """Keeps who wants to be told when an abstention is answered after all. Each method is one transaction."""

    async def toggle(self, answer_id: int, user_id: int, at: datetime) -> bool:
        """Whether the person waits now: asking for it again takes it back. Raises UnknownAnswer, EnoughWait."""
        ...

    async def answer_to(self, answer_id: int) -> int | None:
        """The answer that those who waited for this abstention are told of."""
        ...

    async def due(self, generation: str, *, limit: int) -> Sequence[Awaited]:
        """Posted abstentions that are waited for, and were last asked in another generation; oldest first."""
        ...

    async def answer(self, answer_id: int, answered_by: int) -> bool:
        """Whether somebody waits who is to be told of this answer; nobody, when another answer came first."""
        ...

    async def give_up(self, answer_id: int) -> None:
        """Nobody waits for it any more: they could not be told."""
        ...

    async def untold(self) -> Sequence[Awaited]:
        """Answered ones of which those who wait were not told yet, oldest first."""
        ...

    async def set_told(self, answered_by: int, at: datetime) -> None: ...


class Forgetting(Protocol):
    """Removes people and their questions. What was answered, and what moderators decided, stays on record.

    The number 0 takes the place of a person, and no text that of a question. Each method is one transaction.
    """

    async def forget(self, user_id: int, *, today: date) -> int:
        """Removes a person everywhere, and says how many questions went with them.

        What they spent today keeps their number until `expire_spending`, or limits would be none.
        """
        ...

    async def expire(self, *, asked_before: datetime, limit: int) -> int:
        """Removes who asked what before that time, from so many answers at most; says from how many."""
        ...

    async def expire_spending(self, *, before: date) -> None:
        """Removes who spent what on the days before."""
        ...


@dataclass(frozen=True, slots=True)
class Revision:
    """A moderator's change of an answer: what it claims from now on.

    `made_on` is the revision that the moderator has read. `number` is that of the citation which gets another sentence;
    None when the text was edited.
    """

    answer_id: int
    made_on: int
    claims: tuple[Claim, ...]
    moderator_id: int
    revised_at: datetime
    number: int | None = None


class VerdictStore(Protocol):
    """Keeps what moderators decide about answers. Each method is one transaction, and puts on record who did what.

    Of two at once the database decides who was first. All raise UnknownAnswer when there is no such record; those that
    change an answer with a verdict raise AlreadyDecided.
    """

    async def decide(self, verdict: Verdict) -> Verdict:
        """The verdict that stands: this one, or the one that came first in its round.

        Raises SourcesChanged when that round is over, NothingToApprove when all its citations are ruled wrong.
        """
        ...

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> CitationRuling:
        """The ruling that stands: this one, or the one that came first. `made_on`: as in `Revision`.

        Raises NoCitation, and AlreadyRevised when it was made on another revision.
        """
        ...

    async def revise(self, revision: Revision) -> None:
        """A citation has another sentence, and is ruled right. Raises AlreadyRevised, NoCitation."""
        ...

    async def edit(self, revision: Revision, *, in_round: int) -> None:
        """It says something else, and is approved. Raises AlreadyRevised, SourcesChanged."""
        ...

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> None:
        """Takes the verdict back, and the edit that came with it. Raises NothingToUndo when it does not stand any more,
        TooLateToUndo.
        """
        ...

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> None:
        """Takes the ruling on a citation back, and the better sentence that came with it.

        Raises NothingToUndo, TooLateToUndo, and ChangedSince when other changes came after it.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """All that a bot keeps, in one database."""

    answers: AnswerStore
    audit: AuditLog
    reviewed: ReviewedAnswers
    policies: PolicyStore
    holds: HoldStore
    overview: Overview
    receipts: Receipts
    feedback: Feedback
    waiting: Waiting
    forgetting: Forgetting
    verdicts: VerdictStore
