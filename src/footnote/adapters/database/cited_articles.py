"""Articles as they were cited: implements `CitedArticles` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.tables import CitedArticleRow
from footnote.models import Article


class DatabaseCitedArticles:
    """One row for each cited version of an article, written together with the answer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def get(self, article_id: str, version: str) -> Article | None:
        async with self._sessions.begin() as session:
            is_wanted = (CitedArticleRow.version.startswith(version), CitedArticleRow.article_id == article_id)
            row = await session.scalar(select(CitedArticleRow).where(*is_wanted).limit(1))
            return _article(row) if row else None


async def keep_cited(session: AsyncSession, articles: Iterable[Article]) -> None:
    """Writes those that are not there yet."""
    by_key = {(article.version, article.id): article for article in articles}
    if not by_key:
        return
    key = tuple_(CitedArticleRow.version, CitedArticleRow.article_id)
    found = await session.execute(
        select(CitedArticleRow.version, CitedArticleRow.article_id).where(key.in_(list(by_key)))
    )
    for missing in by_key.keys() - {(version, article_id) for version, article_id in found}:
        await is_inserted(session, insert(CitedArticleRow).values(**_values(by_key[missing])))


def _values(article: Article) -> dict[str, object]:
    return {
        "version": article.version,
        "article_id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.source,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "pages": " ".join(map(str, article.pages)),
    }


def _article(row: CitedArticleRow) -> Article:
    pages = tuple(map(int, row.pages.split()))
    return Article(row.article_id, row.title, row.text, row.source, row.author, row.published, row.url, pages=pages)
