"""What is found for a question, and how a trained model scores it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from footnote.models.articles import Article, Passage, Sentence
from footnote.models.structure import outline_of


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
    """A retrieved passage. `score` orders the hits for one question; `sentences` match `passage.sentences` one by
    one. `by_part` has the same for each of the questions of a message that asks several.
    """

    passage: Passage
    score: float
    signals: Signals
    sentences: tuple[Signals, ...]
    by_part: tuple[tuple[Signals, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a trained model reads together with a question or claim: sentences in order, and where they are from."""

    header: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageScores:
    """Logits: whether the passage answers the question, and whether each of its sentences does."""

    passage: float
    sentences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Entailment:
    """How sentences relate to a claim, as three probabilities that add up to 1."""

    supported: float
    contradicted: float
    unsaid: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may support a claim, with the score it got for the question (higher is better).

    `part`: which of the questions of a message it answers best, counted from 0; `surely`: with which probability.
    """

    passage: Passage
    sentence: Sentence
    score: float
    part: int = 0
    surely: float = 1.0

    @property
    def article(self) -> Article:
        return self.passage.article

    @property
    def quote(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]

    @property
    def is_code(self) -> bool:
        return outline_of(self.article.text).is_code(self.sentence.start)

    @property
    def as_read(self) -> str:
        """The sentence; a row of a table with what its columns are called: `Berth: North; Fee: 300 euros`."""
        quote = self.quote
        return outline_of(self.article.text).as_read(self.sentence.start, quote) if quote.startswith("|") else quote


@dataclass(frozen=True, slots=True)
class Reading:
    """What the retrieved passages say about a question.

    `candidates` are the sentences, best first; `confidence` is the calibrated probability (0 to 1) that they answer it;
    `by_part` the same for each of the questions of a message that asks several.
    """

    candidates: tuple[Candidate, ...]
    confidence: float
    by_part: tuple[float, ...] = ()


def best_by_part(candidates: Iterable[Candidate]) -> dict[int, float]:
    """The best score of a sentence for each part of a question."""
    best: dict[int, float] = {}
    for one in candidates:
        best[one.part] = max(one.score, best.get(one.part, one.score))
    return best
