"""The values that walk through Footnote, all frozen.

Everywhere: `article.text[x.start:x.end]` is the text of x, in Python characters (Unicode code points).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from footnote.errors import ArticleError

LONGEST_FIELD = 300
"""Characters of an article's title, source, author or category; what is longer is cut."""

LONGEST_URL = 2000
"""Characters of an article's address; a longer one is left out, as a part of it would lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Article:
    """One document. `id` is its path below the articles folder, `version` the sha256 of its text as UTF-8, `pages`
    where its pages 1, 2, 3 and so on begin in its text, if it has pages; one without text begins where the next does.

    `remarks` say what was lost on the way, for whoever builds the index: each completes "it holds". They are not kept.

    Raises ArticleError when anything in it cannot be written as UTF-8 (lone surrogates), when its text is blank, or
    when it holds a NUL, which no text does.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    category: str | None = None
    pages: tuple[int, ...] = ()
    remarks: tuple[str, ...] = field(default=(), compare=False)
    version: str = field(init=False)

    def __post_init__(self) -> None:
        self._keep_to_limits()
        if not self.text.strip():
            raise ArticleError("it has no text below its title")
        about = (self.id, self.title, self.source, self.author, self.url, self.category)
        try:
            for part in (*filter(None, about), self.text):
                encoded = part.encode()
        except UnicodeEncodeError as error:
            raise ArticleError(f"character {error.start} is half of a surrogate pair, which is not text") from error
        if b"\0" in encoded:
            raise ArticleError("it is a binary file, not text")
        object.__setattr__(self, "version", hashlib.sha256(encoded).hexdigest())

    def _keep_to_limits(self) -> None:
        remarks = [*self.remarks]
        for name in ("title", "source", "author", "category"):
            value = getattr(self, name)
            if value and len(value) > LONGEST_FIELD:
                object.__setattr__(self, name, value[:LONGEST_FIELD].rstrip())
                remarks.append(f"{len(value):,} characters as its {name}, cut to {LONGEST_FIELD}")
        if self.url and len(self.url) > LONGEST_URL:
            remarks.append(f"{len(self.url):,} characters as its url, which is left out")
            object.__setattr__(self, "url", None)
        object.__setattr__(self, "remarks", tuple(remarks))

    def page_of(self, start: int) -> int | None:
        """The page, counted from 1, on which a character stands; None when the article has no pages."""
        return bisect_right(self.pages, start) or None


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A span of an article's text, white space trimmed, never empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article: what is embedded and retrieved. Never without a sentence.

    `headings` are those that its first sentence stands under, outermost first, without the article's title:
    `Installation`, `Disk space`. Inside a table, the last one names the table's columns.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    headings: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Signals:
    """How a sentence or passage matched a question.

    `cosine` of the vectors (-1 to 1); `coverage`: the share of the question's words that it has, rare ones
    counting more (0 to 1).
    """

    cosine: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. `score` orders hits of one question; `sentences` runs parallel to `passage.sentences`."""

    passage: Passage
    score: float
    signals: Signals
    sentences: tuple[Signals, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a trained model reads beside a question or claim: sentences in order, and what they are from."""

    header: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageScores:
    """Logits: whether the passage answers the question, and whether each of its sentences does."""

    passage: float
    sentences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Entailment:
    """What sentences say to a claim, as three chances that add up to 1."""

    supported: float
    contradicted: float
    unsaid: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may carry a claim, with the score it got for the question (higher is better)."""

    passage: Passage
    sentence: Sentence
    score: float

    @property
    def article(self) -> Article:
        return self.passage.article

    @property
    def quote(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the retrieved passages say to a question.

    `candidates` are the sentences, best first; `confidence` is the calibrated chance (0 to 1) that they answer it.
    """

    candidates: tuple[Candidate, ...]
    confidence: float


class AnswererName(StrEnum):
    """Who made an answer."""

    EXTRACTIVE = "extractive"
    OPENAI = "openai"
    VERIFIED = "verified"  # what a moderator has approved, given again


class CitationStatus(StrEnum):
    """What has become of a cited sentence since."""

    HOLDS = "holds"  # it is a sentence of the article still, perhaps at another place
    CHANGED = "changed"  # the article is there, the sentence is not
    GONE = "gone"  # the article is not there


@dataclass(frozen=True, slots=True)
class Citation:
    """Claim -> source sentence: `quote` is `text[start:end]` of that article in that version, byte for byte.

    `page`, counted from 1, is where it begins, in an article that has pages. `standing` is what was found when the
    answer was last looked at.
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
    standing: CitationStatus = CitationStatus.HOLDS


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer. `support` (0 to 1): how well its citations carry it.

    It has at least one citation, or a moderator has put a name to it: `stated_by`.
    """

    text: str
    support: float
    citations: tuple[Citation, ...]
    stated_by: int | None = None


class Fate(StrEnum):
    """What became of a drafted claim."""

    KEPT = "kept"
    REPOINTED = "re-pointed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A drafted claim after the checks.

    `sources` are the sentences that it cites, or, of a dropped one, those that it named; `support` (0 to 1) is how well
    they carry it. `failed` names the first check that those it named did not pass; None when they passed all, and
    another sentence carries it better.
    """

    text: str
    fate: Fate
    support: float
    sources: tuple[Candidate, ...]
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """How an answer came about: hits and sentences best first, times in milliseconds.

    `understood` is the question that was looked for, where what was asked did not stand alone. Of the drafted claims,
    `misattributed` ones got a better source than they named, and `unsupported` ones were dropped; `checked` tells of
    each. `model` is the language model that wrote the draft, if one did; `tokens` and `dollars` are what that took.
    `reused_from` is the number of the verified answer that is given again. `heard` are the people whose words
    `understood` may hold.
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
    """A grounded answer: every claim passed every check. `note`: how it was made, where the reader should know that."""

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
        by_number = {citation.number: citation for claim in self.claims for citation in claim.citations}
        return tuple(by_number[number] for number in sorted(by_number))


NO_ANSWER = "The articles do not answer this question."


@dataclass(frozen=True, slots=True)
class Abstention:
    """The articles do not answer; `nearest` are the sentences that come closest, best first."""

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
