"""The status of cited sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footnote.models import Article, Citation, CitationStatus, attached_id
from footnote.review.citation_status import recited, statuses_of

CITED = "The bridge opened in 1932."
AS_CITED = f"It is red. {CITED} Nobody knows why."


def an_article(text: str, article_id: str = "bridge.md") -> Article:
    return Article(article_id, "The bridge", text)


def a_citation(quote: str = CITED, *, text: str = AS_CITED) -> Citation:
    start, version = text.index(quote), an_article(text).version
    return Citation(1, "bridge.md", version, "The bridge", None, None, None, start, start + len(quote), quote)


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (AS_CITED, CitationStatus.HOLDS),
        (f"It is red. {CITED} Now everybody knows why.", CitationStatus.HOLDS),
        (f"{CITED} It is red. Nobody knows why.", CitationStatus.HOLDS),
        (f"A new beginning.\n\nAnd another.\n\n{CITED}", CitationStatus.HOLDS),
        ("It is red. The bridge opened in 1933. Nobody knows why.", CitationStatus.CHANGED),
        ("It is red. Nobody knows why.", CitationStatus.CHANGED),
        ("It is red. the bridge opened in 1932. Nobody knows why.", CitationStatus.CHANGED),
        ("It is red. The bridge opened in\n1932. Nobody knows why.", CitationStatus.CHANGED),
        (f'It is red. It is false that "{CITED}" stands in the chronicle.', CitationStatus.CHANGED),
        (f"It is red. They say that {CITED} Nobody knows why.", CitationStatus.CHANGED),
        (f"It is red. {CITED[:-1]} or later. Nobody knows why.", CitationStatus.CHANGED),
        (None, CitationStatus.GONE),
    ],
    ids=[
        "the same version",
        "changed elsewhere",
        "moved to the front",
        "moved to the end",
        "another figure",
        "deleted",
        "another letter",
        "another white space",
        "inside another sentence",
        "the end of another sentence",
        "goes on differently",
        "no article",
    ],
)
def test_a_cited_sentence_stands_where_the_article_says_just_that(now: str | None, status: CitationStatus) -> None:
    article = an_article(now) if now else None
    assert statuses_of([a_citation()], {"bridge.md": article}.get) == (status,)


def test_nobody_looks_again_at_a_file_that_came_with_a_question() -> None:
    cited = replace(a_citation(), article_id=attached_id("bridge.md"))
    assert statuses_of([cited], lambda _: None) == (CitationStatus.HOLDS,)
    assert recited([cited], lambda _: None) == (None,)


def test_many_citations_are_looked_up_at_once_and_each_article_once() -> None:
    asked: list[str] = []

    def article_of(article_id: str) -> Article | None:
        asked.append(article_id)
        return an_article(f"{CITED} It is blue.")

    citations = [a_citation(), a_citation("It is red."), a_citation("Nobody knows why.")]
    assert statuses_of(citations, article_of) == (CitationStatus.HOLDS, CitationStatus.CHANGED, CitationStatus.CHANGED)
    assert asked == ["bridge.md"]


def test_the_same_version_is_not_read_again() -> None:
    """A later Footnote may split sentences differently, although the article is the same."""
    assert statuses_of([a_citation("The bridge opened")], lambda _: an_article(AS_CITED)) == (CitationStatus.HOLDS,)
