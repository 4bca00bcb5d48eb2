"""What is recorded about answers in Discord: verdicts on them, and what became of their messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from footnote.models import NO_ANSWER, Citation, CitationStatus, Claim, citations_of

HERE = 0
"""The channel number 0: for questions asked in the terminal, or on a page of this machine."""

NOBODY = 0
"""The person number 0: for people who asked there, and for people who were forgotten."""


class Decision(StrEnum):
    """What a moderator can decide about an answer."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A moderator's decision on an answer. The first one of a round stands (see `AnswerRecord`)."""

    answer_id: int
    decision: Decision
    moderator_id: int
    decided_at: datetime
    round: int = 1


class Ruling(StrEnum):
    """What a moderator can say about one citation: whether the sentence supports what it is cited for."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CitationRuling:
    """A moderator's ruling on the citation of that number. The first one stands."""

    number: int
    ruling: Ruling
    moderator_id: int
    ruled_at: datetime


class Hold(StrEnum):
    """The state of an answer that is held until a moderator reviews it."""

    WAITING = "waiting"  # only moderators see it
    SHOWN = "shown"  # a verdict let it out
    OVERDUE = "overdue"  # no verdict came in time; it is shown, with a note
    CLOSED = "closed"  # no verdict came in time; the asker gets a message


class Thumb(IntEnum):
    """What a reader thinks of an answer; NONE when that is taken back."""

    UP = 1
    DOWN = -1
    NONE = 0


@dataclass(frozen=True, slots=True)
class Votes:
    """What readers say about an answer: how many say what, and their comments, newest first."""

    up: int = 0
    down: int = 0
    flags: int = 0
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """An abstention, and who waits for it to be answered, in the order in which they asked for that.

    `answered_by` is the number of the answer that they get a notice about.
    """

    answer_id: int
    people: tuple[int, ...]
    answered_by: int | None = None


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a Discord message is."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The number of an answer, and the mark of the database that it is in: another database has the same numbers."""

    id: int
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.id}-{self.mark}" if self.mark else f"{self.id}"


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """A question asked in Discord and what became of it.

    `answered` tells an answer from an abstention; `claims` is empty for an abstention, whose nearest sentences are in
    `citations`. `posted` is None until the answer is in its channel, `card` until its card is in the review channel;
    `guild_id` is None in direct messages. `shown` is the decision that the posted answer's status line shows, `note`
    what the answer said about how it was made; `understood` and the two after it are as in `Receipt`.

    A `round` of review, counted from 1, ends when a cited sentence is lost: `verdict` is that of the current round,
    `earlier` the last one before it. `changes` counts what its messages have to show: the status of its citations,
    verdicts, rulings, revisions, votes. `revision` counts how often its claims changed, also back to what they were;
    `revised_by` is the moderator whose change is shown, None when it says what it said at first. `hold` is None for an
    answer that was shown at once; `held_until` is when its asker should hear about it. `is_for_review`: it gets a card.
    `told` is the last notice to its asker; `reused_from` the number of the verified answer that it repeats. `asker_id`
    is 0 when the asker and the question are forgotten; `understood` is empty when it contained the words of somebody
    who is forgotten. `mark` is that of the database, `heard` as in `Receipt`. `question_id` is the message or
    interaction that asked, `follows` the number of the answer that it follows up on. `is_private`: only its asker sees
    it, nobody reviews it. `has_reviewers`: its server has a review channel. `calls_people`: members may have the
    moderators' role mentioned below it; that was done at `person_called_at`.
    """

    id: int
    question: str
    answered: bool
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    confidence: float
    answerer: str
    generation: str
    asker_id: int
    guild_id: int | None
    channel_id: int
    asked_at: datetime
    posted: MessageRef | None = None
    card: MessageRef | None = None
    verdict: Verdict | None = None
    shown: Decision | None = None
    note: str | None = None
    understood: str | None = None
    misattributed: int = 0
    unsupported: int = 0
    round: int = 1
    earlier: Verdict | None = None
    changes: int = 0
    rulings: tuple[CitationRuling, ...] = ()
    revision: int = 0
    revised_by: int | None = None
    hold: Hold | None = None
    held_until: datetime | None = None
    is_for_review: bool = True
    told: str | None = None
    reused_from: int | None = None
    votes: Votes = Votes()
    mark: str = ""
    heard: frozenset[int] = frozenset()
    question_id: int | None = None
    follows: int | None = None
    is_private: bool = False
    is_question_deleted: bool = False
    suggestions: tuple[str, ...] = ()
    has_reviewers: bool = True
    calls_people: bool = False
    person_called_at: datetime | None = None

    @property
    def key(self) -> AnswerKey:
        return AnswerKey(self.id, self.mark)

    @property
    def lost(self) -> int:
        """How many of the sentences that it shows are no longer in the articles."""
        return sum(citation.status is not CitationStatus.HOLDS for citation in self.shown_citations)

    @property
    def shown_claims(self) -> tuple[Claim, ...]:
        """The claims without the citations that a moderator found wrong; a claim with no source left is dropped."""
        wrong = {one.number for one in self.rulings if one.ruling is Ruling.WRONG}
        return without(self.claims, wrong)

    @property
    def is_corrected(self) -> bool:
        """Whether moderators changed what it says or cites, and then approved it."""
        is_approved = self.verdict is not None and self.verdict.decision is Decision.APPROVED
        return is_approved and (self.revised_by is not None or self.shown_claims != self.claims)

    @property
    def is_taught(self) -> bool:
        """Whether a moderator has said something in their own name."""
        return any(claim.stated_by is not None for claim in self.shown_claims)

    @property
    def shown_citations(self) -> tuple[Citation, ...]:
        """The citations of `shown_claims`, by number; the nearest sentences of an abstention."""
        return citations_of(self.shown_claims) if self.answered else self.citations

    @property
    def is_withheld(self) -> bool:
        """Whether it is hidden from its asker."""
        return self.hold in (Hold.WAITING, Hold.CLOSED)

    @property
    def hold_without_verdict(self) -> Hold | None:
        """Its state once its verdict is undone: held again, if the first verdict came in time."""
        if self.held_until is None or self.verdict is None or self.earlier is not None or self.hold is Hold.OVERDUE:
            return self.hold
        return Hold.WAITING if self.verdict.decided_at < self.held_until else self.hold

    @property
    def text(self) -> str:
        """The answer in plain words, without its footnotes."""
        return " ".join(claim.text for claim in self.shown_claims) if self.answered else NO_ANSWER


def hold_after(hold: Hold | None, decision: Decision) -> Hold | None:
    """The state of a held answer after a verdict: what somebody has seen can no longer be withheld."""
    if hold is None:
        return None
    if decision is Decision.APPROVED:
        return Hold.SHOWN
    return Hold.CLOSED if hold is Hold.WAITING else hold


def without(claims: Sequence[Claim], wrong: set[int]) -> tuple[Claim, ...]:
    """Claims without the citations of these numbers; claims that nothing supports after that are left out."""
    kept = []
    for claim in claims:
        citations = tuple(citation for citation in claim.citations if citation.number not in wrong)
        if citations or claim.stated_by is not None:
            kept.append(replace(claim, citations=citations))
    return tuple(kept)
