"""An answer: its claims, their citations, and how it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from footnote.models.articles import Article, Sentence, is_attached
from footnote.models.hits import Candidate, Hit
from footnote.models.structure import row_in_words


class AnswererName(StrEnum):
    """Who made an answer."""

    EXTRACTIVE = "extractive"
    OPENAI = "openai"
    VERIFIED = "verified"  # an approved answer that is reused


class CitationStatus(StrEnum):
    """The status of a cited sentence."""

    HOLDS = "holds"  # it is still a sentence of the article, perhaps at another place
    CHANGED = "changed"  # the article is there, the sentence is not
    GONE = "gone"  # the article is gone


@dataclass(frozen=True, slots=True)
class Citation:
    """Claim -> source sentence: `quote` is `text[start:end]` of that article in that version, byte for byte.

    `page`, counted from 1, is where it begins, in an article that has pages. `sections` are the headings above it,
    outermost first, `columns` the names of the columns if it is a row of a table that names them. `status` is what was
    found when the answer was last checked.
    """

    number: int
    article_id: str
    version: str
    title: str
    source: str | None
    url: str | None
    published: date | None
    start: int
    end: int
    quote: str
    page: int | None = None
    status: CitationStatus = CitationStatus.HOLDS
    sections: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article, sentence: Sentence, number: int) -> Citation:
        """For a sentence at its current place; `article.text[start:end] == quote` holds by construction."""
        return cls(
            number=number,
            article_id=article.id,
            version=article.version,
            title=article.title,
            source=article.source,
            url=article.url,
            published=article.published,
            start=sentence.start,
            end=sentence.end,
            quote=article.text[sentence.start : sentence.end],
            page=article.page_of(sentence.start),
            sections=article.sections_at(sentence.start),
            columns=article.columns_at(sentence.start),
        )

    @property
    def as_read(self) -> str:
        """The quote; a row of a table as answers say it: `Berth: North; Fee: 300 euros`."""
        is_whole = self.quote.startswith("|") and self.quote.rstrip().endswith("|") and "\n" not in self.quote
        return row_in_words(self.quote, self.columns) if self.columns or is_whole else self.quote

    @property
    def is_attached(self) -> bool:
        """Whether it cites a file attached to the question, which is not kept."""
        return is_attached(self.article_id)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer. `support` (0 to 1): how well its citations support it.

    It has at least one citation, or a moderator states it in their own name: `stated_by`. `translation` is the claim in
    the language of the question, if that is different; a language model wrote it.
    """

    text: str
    support: float
    citations: tuple[Citation, ...]
    stated_by: int | None = None
    translation: str | None = None

    @property
    def shown(self) -> str:
        """What readers see first."""
        return self.translation or self.text


def citations_of(claims: Iterable[Claim]) -> tuple[Citation, ...]:
    """Each sentence that the claims cite once, by number."""
    by_number = {citation.number: citation for claim in claims for citation in claim.citations}
    return tuple(by_number[number] for number in sorted(by_number))


class Fate(StrEnum):
    """What became of a drafted claim."""

    KEPT = "kept"
    REPOINTED = "re-pointed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A drafted claim after the checks.

    `sources` are the sentences that it cites or, if it was dropped, those that it named; `support` (0 to 1) is how well
    they support it. `failed` names the first check that it failed with the sentences it named; None if it passed all,
    or another sentence only supports it better. `translation` and `untranslated` as in `DraftClaim`.
    """

    text: str
    fate: Fate
    support: float
    sources: tuple[Candidate, ...]
    failed: str | None = None
    translation: str | None = None
    untranslated: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """How an answer was made: hits and sentences best first, times in milliseconds.

    `understood` is the question that was searched for, if the original one did not stand alone. Of the drafted claims,
    `misattributed` is how many got a better source than they named, and `unsupported` how many were dropped; `checked`
    has each of them. `model` is the language model that wrote the draft, if one did; `tokens` and `dollars` are what
    that used. `reused_from` is the number of the verified answer that is reused. `heard` are the people whose words may
    be in `understood`.
    """

    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    answerer: str
    generation: str
    retrieve_ms: float
    answer_ms: float
    understood: str | None = None
    misattributed: int = 0
    unsupported: int = 0
    reused_from: int | None = None
    heard: frozenset[int] = frozenset()
    checked: tuple[CheckedClaim, ...] = ()
    model: str | None = None
    tokens: int = 0
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A grounded answer: every claim passed every check. `note`: how it was made, if the reader should know that."""

    question: str
    claims: tuple[Claim, ...]
    confidence: float
    receipt: Receipt
    note: str | None = None

    @property
    def text(self) -> str:
        return " ".join(claim.text for claim in self.claims)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Each cited sentence once, by number."""
        return citations_of(self.claims)


NO_ANSWER = "The articles do not answer this question."


@dataclass(frozen=True, slots=True)
class Abstention:
    """The articles do not answer; `nearest` are the sentences that come closest: the article with the best one first,
    the sentences of each article in the order of its text.
    """

    question: str
    nearest: tuple[Citation, ...]
    confidence: float
    receipt: Receipt
    note: str | None = None

    @property
    def text(self) -> str:
        return NO_ANSWER

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.nearest
