"""The receipt of an answer as it is kept: what was found, considered, drafted and checked, without whole passages.

It does not contain the question: that is in the answer's record, and is removed there when its asker is forgotten.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from footnote.checks import are_in_another_language
from footnote.grounding.citing import source_of
from footnote.models import Candidate, CheckedClaim, Fate, Hit, Receipt, is_attached
from footnote.models.collections import Readable

HITS_KEPT = 10
"""How many of the retrieved ones are kept."""


@dataclass(frozen=True, slots=True)
class VersionedSpan:
    """A span of an article's text as it was then: `version` is the sha256 of that text."""

    article_id: str
    version: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A hit; see `Hit` and `Signals`."""

    span: VersionedSpan
    score: float
    cosine: float
    coverage: float


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A candidate sentence, word for word."""

    span: VersionedSpan
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class DraftedClaim:
    """See `CheckedClaim`. `is_foreign`: its sentences are not in English, so fewer checks compared it with them."""

    text: str
    fate: Fate
    support: float
    sources: tuple[VersionedSpan, ...]
    failed: str | None
    is_foreign: bool = False
    translation: str | None = None
    untranslated: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """See `Receipt`."""

    hits: tuple[FoundPassage, ...]
    candidates: tuple[FoundSentence, ...]
    checked: tuple[DraftedClaim, ...]
    answerer: str
    generation: str
    retrieve_ms: float
    answer_ms: float
    model: str | None = None
    tokens: int = 0
    dollars: float = 0.0

    def within(self, readable: Readable) -> ReceiptRecord:
        """Without what comes from articles that are not readable, or no longer readable."""

        def may_be_read(span: VersionedSpan) -> bool:
            return readable.allows(span.article_id)

        return replace(
            self,
            hits=tuple(hit for hit in self.hits if may_be_read(hit.span)),
            candidates=tuple(candidate for candidate in self.candidates if may_be_read(candidate.span)),
            checked=tuple(claim for claim in self.checked if all(map(may_be_read, claim.sources))),
        )


def kept(receipt: Receipt) -> ReceiptRecord:
    """What is stored of a receipt: nothing from an attached file."""
    hits = [hit for hit in receipt.hits if not is_attached(hit.passage.article.id)]
    candidates = [one for one in receipt.candidates if not is_attached(one.article.id)]
    return ReceiptRecord(
        hits=tuple(map(_passage, hits[:HITS_KEPT])),
        candidates=tuple(map(_sentence, candidates)),
        checked=tuple(_claim(one) for one in receipt.checked if not _is_of_a_file(one)),
        answerer=receipt.answerer,
        generation=receipt.generation,
        retrieve_ms=round(receipt.retrieve_ms, 1),
        answer_ms=round(receipt.answer_ms, 1),
        model=receipt.model,
        tokens=receipt.tokens,
        dollars=receipt.dollars,
    )


def _is_of_a_file(claim: CheckedClaim) -> bool:
    return any(is_attached(source.article.id) for source in claim.sources)


def to_json(record: ReceiptRecord) -> str:
    """`from_json` reads it back. A draft may contain halves of surrogate pairs, which no database accepts: they become
    "?".
    """
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode(errors="replace").decode()


def from_json(body: str) -> ReceiptRecord:
    """Reads what `to_json` wrote."""
    fields: dict[str, Any] = json.loads(body)
    hits = tuple(FoundPassage(VersionedSpan(**hit.pop("span")), **hit) for hit in fields.pop("hits"))
    candidates = tuple(FoundSentence(VersionedSpan(**one.pop("span")), **one) for one in fields.pop("candidates"))
    checked = tuple(
        DraftedClaim(
            fate=Fate(claim.pop("fate")), sources=tuple(VersionedSpan(**span) for span in claim.pop("sources")), **claim
        )
        for claim in fields.pop("checked")
    )
    return ReceiptRecord(hits, candidates, checked, **fields)


def _passage(hit: Hit) -> FoundPassage:
    passage = hit.passage
    span = VersionedSpan(passage.article.id, passage.article.version, passage.start, passage.end)
    return FoundPassage(span, round(hit.score, 4), round(hit.signals.cosine, 4), round(hit.signals.coverage, 4))


def _span(candidate: Candidate) -> VersionedSpan:
    article, sentence = candidate.article, candidate.sentence
    return VersionedSpan(article.id, article.version, sentence.start, sentence.end)


def _sentence(candidate: Candidate) -> FoundSentence:
    return FoundSentence(_span(candidate), candidate.quote, round(candidate.score, 4))


def _claim(checked: CheckedClaim) -> DraftedClaim:
    sources = tuple(map(_span, checked.sources))
    is_foreign = are_in_another_language([*map(source_of, checked.sources)])
    return DraftedClaim(
        text=checked.text,
        fate=checked.fate,
        support=round(checked.support, 3),
        sources=sources,
        failed=checked.failed,
        is_foreign=is_foreign,
        translation=checked.translation,
        untranslated=checked.untranslated,
    )
