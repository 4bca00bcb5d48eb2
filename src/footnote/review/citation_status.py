"""The status of cited sentences: whether, and where, an article still has the quote as a whole sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from footnote.models import Article, Citation, CitationStatus, Sentence
from footnote.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class CitationStatuses:
    """The status of cited sentences in that generation, in the order asked."""

    generation: str
    statuses: tuple[CitationStatus, ...]


@dataclass(frozen=True, slots=True)
class Recited:
    """Cited sentences at their place in that generation, in the order asked; None: the sentence is no longer there."""

    generation: str
    citations: tuple[Citation | None, ...]


def statuses_of(
    citations: Sequence[Citation], article_of: Callable[[str], Article | None]
) -> tuple[CitationStatus, ...]:
    """One for each citation, in the same order. `article_of` is called once for each article; None: there is none."""
    articles = {
        article_id: _CitedArticle(article_of(article_id)) for article_id in {one.article_id for one in citations}
    }
    return tuple(articles[citation.article_id].status(citation) for citation in citations)


def recited(citations: Sequence[Citation], article_of: Callable[[str], Article | None]) -> tuple[Citation | None, ...]:
    """The same sentences at their current place, in the same order; None for each that is no longer there."""
    articles = {
        article_id: _CitedArticle(article_of(article_id)) for article_id in {one.article_id for one in citations}
    }
    return tuple(articles[citation.article_id].recite(citation) for citation in citations)


class _CitedArticle:
    """An article as it is now. Its sentences are compared only if version and text do not decide."""

    def __init__(self, article: Article | None) -> None:
        self._article = article

    def status(self, citation: Citation) -> CitationStatus:
        if citation.is_attached:
            return CitationStatus.HOLDS  # an attached file cannot be checked again
        if self._article is None:
            return CitationStatus.GONE
        if self._article.version == citation.version:
            return CitationStatus.HOLDS
        stands = citation.quote in self._article.text and citation.quote in self._sentences
        return CitationStatus.HOLDS if stands else CitationStatus.CHANGED

    def recite(self, citation: Citation) -> Citation | None:
        if self._article is None or self.status(citation) is not CitationStatus.HOLDS:
            return None
        if self._article.version == citation.version:
            return replace(citation, status=CitationStatus.HOLDS)
        return Citation.of(self._article, self._sentences[citation.quote], citation.number)

    @cached_property
    def _sentences(self) -> dict[str, Sentence]:
        """The article's sentences by their text; of two identical ones, the first."""
        text = self._article.text if self._article else ""
        return {text[one.start : one.end]: one for one in reversed(split_sentences(text))}
