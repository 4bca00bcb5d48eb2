"""A cited sentence inside its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from footnote.models import Article, Citation
from footnote.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Context:
    """`before` and `after` are the neighbouring sentences, empty at the ends of an article."""

    before: str
    quote: str
    after: str


def context_of(citation: Citation, article: Article) -> Context:
    """The article must be the version that the citation was read from."""
    before, after = "", ""
    for sentence in split_sentences(article.text):
        text = article.text[sentence.start : sentence.end]
        if text.startswith("#"):
            continue  # a heading explains nothing
        if sentence.end <= citation.start:
            before = text
        elif sentence.start >= citation.end:
            after = text
            break
    return Context(before, citation.quote, after)
