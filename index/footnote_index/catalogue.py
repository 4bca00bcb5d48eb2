"""The texts of a generation: articles, and where their passages and sentences lie, in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import astuple
from datetime import date
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from footnote.models import Article, Passage, Sentence

_SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, source TEXT, author TEXT, published TEXT, url TEXT,
    category TEXT, pages BLOB NOT NULL, version TEXT NOT NULL, fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles, sentences BLOB NOT NULL, day INTEGER NOT NULL
);
"""
_COLUMNS = "title, text, source, author, published, url, category, pages"
_OFFSET = np.dtype("<i8")


def fingerprint(article: Article) -> str:
    """Changes whenever anything about the article does, its title or date included."""
    return hashlib.sha256(repr(astuple(article)).encode()).hexdigest()


def write(file: Path, articles: Iterable[Article], passages: Iterable[Passage]) -> None:
    """Passages are numbered from 0 in the order given."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_article_row, articles)
        )
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?)", map(_passage_row, count(), passages))


def _article_row(article: Article) -> tuple[str | bytes | None, ...]:
    published = article.published.isoformat() if article.published else None
    return (
        *(article.id, article.title, article.text, article.source, article.author, published),
        *(article.url, article.category, np.array(article.pages, _OFFSET).tobytes()),
        *(article.version, fingerprint(article)),
    )


def _passage_row(number: int, passage: Passage) -> tuple[int, str, bytes, int]:
    spans = np.array([(sentence.start, sentence.end) for sentence in passage.sentences], _OFFSET)
    published = passage.article.published
    return number, passage.article.id, spans.tobytes(), published.toordinal() if published else 0


class Catalogue:
    """Read access to a finished catalogue, from any thread.

    `days` gives each passage's date of publication as an ordinal, 0 where unknown; the sentences of passage n are rows
    `sentence_rows[n]` to `sentence_rows[n + 1]` of the sentence vectors.
    """

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = Lock()
        sizes = self._rows("SELECT day, length(sentences) FROM passages ORDER BY number")
        self.days: NDArray[np.intp] = np.array([day for day, _ in sizes], np.intp)
        lengths = [length // (2 * _OFFSET.itemsize) for _, length in sizes]
        self.sentence_rows: NDArray[np.intp] = np.cumsum([0, *lengths], dtype=np.intp)

    def close(self) -> None:
        self._connection.close()

    def fingerprints(self) -> dict[str, str]:
        """Article id -> fingerprint."""
        return dict(self._rows("SELECT id, fingerprint FROM articles"))

    def versions(self) -> dict[str, tuple[str, str]]:
        """Article id -> the version that it is cited by, and its text."""
        found = self._rows("SELECT id, version, text FROM articles")
        return {article_id: (version, text) for article_id, version, text in found}

    def article(self, article_id: str) -> Article | None:
        found = self._rows(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", article_id)  # noqa: S608 - our own columns
        if not found:
            return None
        title, text, source, author, published, url, category, pages = found[0]
        day = date.fromisoformat(published) if published else None
        begun = tuple(np.frombuffer(pages, _OFFSET).tolist())
        return Article(article_id, title, text, source, author, day, url, category, begun)

    def passages(self, numbers: Sequence[int]) -> list[Passage]:
        """Passages in the order of the numbers. Passages of one article share it."""
        marks = ", ".join("?" * len(numbers))
        found = self._rows(f"SELECT number, article, sentences FROM passages WHERE number IN ({marks})", *numbers)  # noqa: S608
        articles = {article_id: self._existing(article_id) for article_id in {name for _, name, _ in found}}
        by_number = {number: Passage(articles[article_id], _sentences(spans)) for number, article_id, spans in found}
        return [by_number[number] for number in numbers]

    def _existing(self, article_id: str) -> Article:
        article = self.article(article_id)
        if article is None:
            raise KeyError(article_id)
        return article

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _sentences(spans: bytes) -> tuple[Sentence, ...]:
    return tuple(Sentence(start, end) for start, end in np.frombuffer(spans, _OFFSET).reshape(-1, 2).tolist())
