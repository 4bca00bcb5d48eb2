"""The text of a cited article stays on record, in the version that was cited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from footnote.adapters.database import open_engine, stores_of
from footnote.models import Abstention, Article, Candidate, Citation, Passage, Receipt
from footnote.stores import Asked
from footnote.text.sentences import split_sentences

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ARTICLE = Article("a.pdf", "A", "One. Two.", "City", "Lee", date(2021, 9, 6), "https://n.example", pages=(0, 5))
OTHER = Article("b.md", "B", "Not cited.")


def abstention(article: Article) -> Abstention:
    candidates = tuple(
        Candidate(Passage(one, split_sentences(one.text)), split_sentences(one.text)[0], 1.0)
        for one in (article, article, OTHER)
    )
    citation = Citation(1, article.id, article.version, article.title, None, None, None, 0, 4, article.text[:4])
    return Abstention("What?", (citation,), 0.2, Receipt((), candidates, "extractive", "g", 1.0, 1.0))


@pytest.mark.parametrize("digits", [64, 16])
async def test_a_cited_article_is_kept_in_each_version_and_others_are_not(database_url: str, digits: int) -> None:
    engine = open_engine(database_url)
    stores = stores_of(engine)
    newer = replace(ARTICLE, text="One. Three.")
    for article in (ARTICLE, ARTICLE, newer):
        await stores.answers.add(abstention(article), Asked(1, None, 0, NOON))
    kept = stores.cited_articles
    assert await kept.get("a.pdf", ARTICLE.version[:digits]) == ARTICLE
    assert await kept.get("a.pdf", newer.version[:digits]) == newer
    assert await kept.get("b.md", OTHER.version) is None
    assert await kept.get("b.md", ARTICLE.version) is None
    await engine.dispose()
