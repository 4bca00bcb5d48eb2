"""Cited articles, so that a page can show what was cited after the article has changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class CitedArticleRow(Base):
    """An article in the version that answers cite. `pages`: where its pages begin, as numbers separated by spaces."""

    __tablename__ = "cited_articles"

    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    article_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]
    source: Mapped[str | None]
    author: Mapped[str | None]
    published: Mapped[date | None]
    url: Mapped[str | None]
    pages: Mapped[str]
