"""What the services need from the outside, one small Protocol each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from footnote.models import (
    Abstention,
    Answer,
    AnswerRecord,
    Candidate,
    Claim,
    Decision,
    Hit,
    MessageRef,
    Reading,
    Reply,
    Standing,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Hits best first, all from the one generation named."""

    hits: tuple[Hit, ...]
    generation: str


class Retriever(Protocol):
    """Question -> hits of the live generation. Raises EmptyIndex when none is live."""

    async def retrieve(
        self, question: str, *, top_k: int = 10, since: date | None = None, until: date | None = None
    ) -> Retrieved: ...


class Reader(Protocol):
    """Question and hits -> which sentences answer, and how surely."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom a language model is called: somebody in Discord, in a guild or in direct messages."""

    user_id: int
    guild_id: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of a conversation, as plain words: what somebody said to Footnote, or what Footnote answered."""

    text: str
    is_answer: bool = False


class Rewriter(Protocol):
    """A follow-up and what was said before it, oldest first -> a question that stands alone.

    Raises AnswererError when it has none; another one may.
    """

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str: ...


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim as an answerer proposes it, naming its source sentences by key. Nothing in it is trusted yet."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call of a language model; `cached` ones are part of `prompt`."""

    prompt: int
    cached: int
    completion: int

    @property
    def tokens(self) -> int:
        return self.prompt + self.completion


class Meter(Protocol):
    """Holds the calls of a language model against the budget. `asker` is None in the terminal."""

    async def admit(self, asker: Asker | None, expected: Usage) -> None:
        """Before a call that will probably cost so much. Raises BudgetSpent."""
        ...

    async def charge(self, asker: Asker | None, expected: Usage, usage: Usage) -> None:
        """After a call that was admitted, whether or not its answer was of use."""
        ...


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens and US dollars."""

    tokens: int = 0
    dollars: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.tokens + other.tokens, self.dollars + other.dollars)

    def __bool__(self) -> bool:
        return bool(self.tokens or self.dollars)


@dataclass(frozen=True, slots=True)
class Spendings:
    """What was spent in a day: by one asker, in one server of Discord, and by everybody together."""

    user: Spent = Spent()
    guild: Spent = Spent()
    everybody: Spent = Spent()

    def __add__(self, other: Spendings) -> Spendings:
        return Spendings(self.user + other.user, self.guild + other.guild, self.everybody + other.everybody)


class Ledger(Protocol):
    """Keeps what was spent. Each method is one transaction."""

    async def spent(self, day: date, asker: Asker | None) -> Spendings: ...

    async def add(self, day: date, asker: Asker | None, spent: Spent) -> None: ...


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to the index, or tried to: `action` is a word or two, `detail` says to what and how it ended.

    Neither holds text of an article.
    """

    at: datetime
    guild_id: int | None
    user_id: int
    action: str
    detail: str


class AuditLog(Protocol):
    """Keeps who did what. Acts are added, never changed."""

    async def add(self, act: Act) -> None: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims, none of which means "not in the articles", and the name of the answerer that made them.

    `note` is what the reader should know of how it was made, as one short sentence.
    """

    claims: tuple[DraftClaim, ...]
    answerer: str
    note: str | None = None


OnClaims = Callable[[Sequence[DraftClaim]], None]
"""Is told all claims so far, each time that there are more; it may start anew with fewer."""


class Answerer(Protocol):
    """Question and candidate sentences by key, best first -> a draft. Raises AnswererError when it has none."""

    @property
    def name(self) -> str: ...

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,
        on_claims: OnClaims | None = None,
    ) -> Draft: ...


class Judge(Protocol):
    """Claims that passed the checks -> whether their cited sentences carry them, in the same order.

    Raises AnswererError when it cannot say.
    """

    async def judge(self, claims: Sequence[Claim], *, asker: Asker | None = None) -> Sequence[bool]: ...


@dataclass(frozen=True, slots=True)
class Drafting:
    """How far an answer is: so many passages are being read, and these claims have passed every check so far."""

    passages: int
    claims: tuple[Claim, ...] = ()


OnDrafting = Callable[[Drafting], None]
"""Is told how far an answer is, each time that changes; what is told last is not the answer yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked where in Discord, and when (with time zone). `question_id`: the message or interaction that asked."""

    asker_id: int
    guild_id: int | None
    channel_id: int
    asked_at: datetime
    question_id: int | None = None


class AnswerStore(Protocol):
    """Keeps answers and verdicts over restarts. Each method is one transaction.

    Methods that take an `answer_id` raise UnknownAnswer when there is no such record.
    """

    async def add(self, outcome: Answer | Abstention, asked: Asked) -> AnswerRecord:
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

    async def unchecked(self, generation: str, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """Posted answers asked since then, whose citations were last looked at in another generation, newest first.

        Neither abstentions, which claim nothing, nor rejected answers, which are withdrawn.
        """
        ...

    async def set_checked(self, answer_ids: Sequence[int], generation: str) -> None:
        """Looked at in this generation; nothing has changed."""
        ...

    async def set_standings(self, answer_id: int, standings: Mapping[int, Standing], generation: str) -> None:
        """Looked at in this generation: each citation, by its number, stands so.

        Begins a new round of review when a sentence is lost that stood before. When all stand again and nobody has
        decided meanwhile, the round of the last verdict goes on.
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

    async def decide(self, verdict: Verdict) -> Verdict:
        """The verdict that stands: this one, or the one that came first in its round.

        Raises SourcesChanged when that round is over.
        """
        ...

    async def unshown(self) -> Sequence[AnswerRecord]:
        """Posted answers whose status line does not show their verdict yet, oldest first; without the outdated ones."""
        ...

    async def without_card(self, guild_id: int, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """A guild's posted answers asked since then that have no card, oldest first, not more than `limit`; also older
        ones that have lost a source.
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
