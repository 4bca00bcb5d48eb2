"""What has become of cited sentences: whether the articles still say, as a whole sentence, what was quoted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from footnote.models import Article, Citation, Standing
from footnote.sentences import split_sentences


def standings(citations: Sequence[Citation], article_of: Callable[[str], Article | None]) -> tuple[Standing, ...]:
    """One for each citation, in the same order. `article_of` is asked once for each article; None: there is none."""
    sources = {article_id: _Source(article_of(article_id)) for article_id in {one.article_id for one in citations}}
    return tuple(sources[citation.article_id].standing(citation) for citation in citations)


class _Source:
    """An article as it is now. Its sentences are looked at only where neither version nor text has decided before."""

    def __init__(self, article: Article | None) -> None:
        self._article = article

    def standing(self, citation: Citation) -> Standing:
        if self._article is None:
            return Standing.GONE
        if self._article.version == citation.version:
            return Standing.HOLDS
        stands = citation.quote in self._article.text and citation.quote in self._sentences
        return Standing.HOLDS if stands else Standing.CHANGED

    @cached_property
    def _sentences(self) -> frozenset[str]:
        text = self._article.text if self._article else ""
        return frozenset(text[sentence.start : sentence.end] for sentence in split_sentences(text))
