"""What the services need from the outside, one small Protocol each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from footnote.models import Candidate, Claim, Entailment, Evidence, Hit, PassageScores, Reading
from footnote.models.collections import Readable


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Hits best first, all from the one generation named."""

    hits: tuple[Hit, ...]
    generation: str


class Retriever(Protocol):
    """Question -> hits of the live generation, all `readable`; of `articles`, if ids are given. Raises EmptyIndex."""

    async def retrieve(
        self,
        question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved: ...


class Reader(Protocol):
    """Decides which sentences answer a question, and how confidently, from its hits. Raises ModelError."""

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading: ...


class Scorer(Protocol):
    """The trained model that reads a question with its passages, and scores them in order. Raises ModelError."""

    async def score(self, question: str, passages: Sequence[Evidence]) -> Sequence[PassageScores]: ...


class Entailer(Protocol):
    """Compares each claim with the sentences that it cites, and returns the results in the same order. Raises
    ModelError.
    """

    async def entail(self, claims: Sequence[str], evidence: Sequence[Evidence]) -> Sequence[Entailment]: ...


class Audience(Protocol):
    """The people who will read an answer, in the channel of that number."""

    @property
    def channel_id(self) -> int: ...

    async def can_read(self, channel_id: int) -> bool:
        """Whether all of them can read that channel; False when it is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks a question in Discord. `guild_id` is the guild whose budget pays, and whose moderators' decisions count.
    `readable` is what they are answered from there. Without an `audience`, nothing that was written for others is
    reused. `is_direct`: in direct messages.
    """

    user_id: int
    guild_id: int | None
    audience: Audience | None = field(default=None, compare=False)
    is_direct: bool = False
    readable: Readable = field(compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of a conversation in plain text: what somebody said to Footnote, or what Footnote answered. `people`
    are those whose words it contains.
    """

    text: str
    is_answer: bool = False
    people: frozenset[int] = field(default=frozenset(), compare=False)


class Rewriter(Protocol):
    """Turns a follow-up into a question that stands alone; `conversation` is oldest first. Raises AnswererError."""

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str: ...


Pair = tuple[str, str]
"""An article's id and one of its sentences."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An answer that moderators approved, with its sentences at their place in that generation."""

    answer_id: int
    claims: tuple[Claim, ...]
    generation: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """What moderators decided when the same was asked before: an answer, and sentences that do not answer it."""

    verified: Verified | None = None
    refused: frozenset[Pair] = frozenset()


class Memory(Protocol):
    """Recalls what moderators decided about a question. `asker` is None in the terminal, where all guilds count."""

    async def recall(self, question: str, *, asker: Asker | None) -> Recalled: ...


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A claim as an answerer proposes it, naming its source sentences by key. Nothing in it is trusted yet.
    `translation`: the same in the language of the question; `untranslated` names the check that the translation failed.
    """

    text: str
    keys: tuple[str, ...]
    translation: str | None = None
    untranslated: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call of a language model; `cached` ones are part of `prompt`."""

    prompt: int
    cached: int
    completion: int

    @property
    def tokens(self) -> int:
        return self.prompt + self.completion


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens and US dollars."""

    tokens: int = 0
    dollars: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.tokens + other.tokens, self.dollars + other.dollars)

    def __bool__(self) -> bool:
        return bool(self.tokens or self.dollars)


class Meter(Protocol):
    """Checks the calls of a language model against the budget. `asker` is None in the terminal."""

    async def admit(self, asker: Asker | None, expected: Usage) -> None:
        """To be called before a call that will probably cost this much. Raises BudgetSpent."""
        ...

    async def charge(self, asker: Asker | None, expected: Usage, usage: Usage) -> Spent:
        """To be called after an admitted call, whether or not its answer was useful. Returns what it cost."""
        ...


@dataclass(frozen=True, slots=True)
class Spendings:
    """What was spent in a day: by one asker, in one server of Discord, and by everybody together."""

    user: Spent = Spent()
    guild: Spent = Spent()
    everybody: Spent = Spent()

    def __add__(self, other: Spendings) -> Spendings:
        return Spendings(self.user + other.user, self.guild + other.guild, self.everybody + other.everybody)


class Ledger(Protocol):
    """Stores what was spent. Each method is one transaction."""

    async def spent(self, day: date, asker: Asker | None) -> Spendings: ...

    async def add(self, day: date, asker: Asker | None, spent: Spent) -> None: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """Claims (none means "not in the articles"), and the name of the answerer that made them. `note`: what the reader
    should know about how it was made, in a short sentence; `model`: the language model that wrote it; `spent`: what
    that cost.
    """

    claims: tuple[DraftClaim, ...]
    answerer: str
    note: str | None = None
    model: str | None = None
    spent: Spent = Spent()


OnClaims = Callable[[Sequence[DraftClaim]], None]
"""Called with all claims so far whenever there are more; it may start again with fewer."""


class Answerer(Protocol):
    """Drafts an answer from candidate sentences by key, best first. Raises AnswererError when it has none."""

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
    """Decides in order whether claims are supported by the sentences they cite. Raises AnswererError if it cannot."""

    async def judge(self, claims: Sequence[Claim], *, asker: Asker | None = None) -> Sequence[bool]: ...


@dataclass(frozen=True, slots=True)
class Drafting:
    """How many passages are being read for an answer, and its claims that have passed every check so far."""

    passages: int
    claims: tuple[Claim, ...] = ()


OnDrafting = Callable[[Drafting], None]
"""Called whenever the progress of an answer changes; the last progress is not the final answer."""
