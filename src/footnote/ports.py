"""What the services need from the outside, one small Protocol each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from footnote.models import (
    Abstention,
    Answer,
    AnswerRecord,
    Candidate,
    Decision,
    Hit,
    MessageRef,
    Reading,
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


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims, none of which means "not in the articles", and the name of the answerer that made them.

    `note` is what the reader should know of how it was made, as one short sentence.
    """

    claims: tuple[DraftClaim, ...]
    answerer: str
    note: str | None = None
    usage: Usage | None = None


class Answerer(Protocol):
    """Question and candidate sentences by key, best first -> a draft. Raises AnswererError when it has none."""

    @property
    def name(self) -> str: ...

    async def draft(self, question: str, candidates: Mapping[str, Candidate]) -> Draft: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked where in Discord, and when (with time zone)."""

    asker_id: int
    guild_id: int | None
    channel_id: int
    asked_at: datetime


class AnswerStore(Protocol):
    """Keeps answers and verdicts over restarts. Each method is one transaction.

    Methods that take an `answer_id` raise UnknownAnswer when there is no such record.
    """

    async def add(self, outcome: Answer | Abstention, asked: Asked) -> AnswerRecord: ...

    async def get(self, answer_id: int) -> AnswerRecord: ...

    async def find_posted(self, message_id: int) -> AnswerRecord | None:
        """The record whose answer is this Discord message."""
        ...

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None: ...

    async def set_card(self, answer_id: int, card: MessageRef) -> None: ...

    async def set_shown(self, answer_id: int, shown: Decision) -> None: ...

    async def decide(self, verdict: Verdict) -> Verdict:
        """The verdict that stands: this one, or the one that came first."""
        ...

    async def unshown(self) -> Sequence[AnswerRecord]:
        """Posted answers whose status line does not show their verdict yet, oldest first."""
        ...

    async def without_card(self, guild_id: int, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        """A guild's posted answers asked since then that have no card, oldest first, not more than `limit`."""
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
