"""Approved answers as canaries: what moderators approved must be found as long as the articles say it."""

from __future__ import annotations

from dataclasses import dataclass

from footnote.models import Abstention, Answer, Citation, CitationStatus
from footnote.models.collections import Readable, collection_of
from footnote.review.citation_status import statuses_of
from footnote_index.building.canaries_file import found_by
from footnote_index.retrieval import OpenGeneration


@dataclass(frozen=True, slots=True)
class ApprovedAnswer:
    """One of its sentences has to be among the first ten passages: which ones are cited is the answerer's choice."""

    answer_id: int
    question: str
    citations: tuple[Citation, ...]

    @property
    def readable(self) -> Readable:
        """The collections of what it cites."""
        return Readable(frozenset(collection_of(citation.article_id) for citation in self.citations))

    def is_due(self, generation: OpenGeneration) -> bool:
        """Not when an article has changed what was approved: then the answer expires, and goes back to review."""
        found = statuses_of(self.citations, generation.catalogue.article)
        return bool(found) and all(status is CitationStatus.HOLDS for status in found)

    def passes(self, outcome: Answer | Abstention) -> bool:
        wanted = {(citation.article_id, citation.quote) for citation in self.citations}
        return not wanted.isdisjoint(found_by(outcome))

    def failure(self, _outcome: Answer | Abstention) -> str:
        """Without the question, which may come from a private channel or another server: this is shown to everybody,
        and logged.
        """
        return f"the question of approved answer #{self.answer_id} does not find {self.citations[0].article_id}"
