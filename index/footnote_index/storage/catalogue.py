"""The texts of a generation: articles, and where their passages and sentences are, in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import date
from itertools import count, groupby
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from footnote.models import Article, Passage, Sentence
from footnote.models.collections import Readable, collection_of
from footnote.models.structure import Outline

_SCHEMA = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, source TEXT, author TEXT, published TEXT, url TEXT,
    category TEXT, pages BLOB NOT NULL, version TEXT NOT NULL, fingerprint TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL REFERENCES articles,
    sentences BLOB NOT NULL, day INTEGER NOT NULL
);
"""
_COLUMNS = "title, text, source, author, published, url, category, pages"
_OFFSET = np.dtype("<i8")
_ID_LENGTH = 32
"""Hexadecimal digits: nobody can write two articles that share this many, not even on purpose."""

_AT_ONCE = 500

_NOT_KEPT = {"remarks", "characters_in"}


def fingerprint(article: Article) -> str:
    """Changes whenever anything about the article does, its title or date included."""
    known = tuple(getattr(article, one.name) for one in fields(article) if one.name not in _NOT_KEPT)
    return hashlib.sha256(repr(known).encode()).hexdigest()


def write(file: Path, articles: Iterable[Article], passages: Iterable[Passage]) -> None:
    """Passages are numbered from 0 in the order given, in which those of one article are together.

    The id of a passage stays the same as long as nothing about its article changes, so what is written under an id
    never has to be written again.
    """
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_article_row, articles)
        )
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", _passage_rows(passages))


def _article_row(article: Article) -> tuple[str | bytes | None, ...]:
    published = article.published.isoformat() if article.published else None
    return (
        *(article.id, article.title, article.text, article.source, article.author, published),
        *(article.url, article.category, np.array(article.pages, _OFFSET).tobytes()),
        *(article.version, fingerprint(article)),
    )


def _passage_rows(passages: Iterable[Passage]) -> Iterator[tuple[int, str, str, bytes, int]]:
    numbers = count()
    for article, its_passages in groupby(passages, key=attrgetter("article")):
        known_by, day = fingerprint(article)[:_ID_LENGTH], article.published.toordinal() if article.published else 0
        for passage in its_passages:
            spans = np.array([(sentence.start, sentence.end) for sentence in passage.sentences], _OFFSET)
            passage_id = f"{known_by}:{passage.start}-{passage.end}"
            yield next(numbers), passage_id, article.id, spans.tobytes(), day


class Cuts:
    """The sentences of each passage of an article. A tenth of the memory that the sentences themselves would take."""

    def __init__(self) -> None:
        self._spans: list[bytes] = []

    def add(self, spans: bytes) -> None:
        """As the catalogue stores them."""
        self._spans.append(spans)

    def __iter__(self) -> Iterator[tuple[Sentence, ...]]:
        return map(_sentences, self._spans)


class Catalogue:
    """Read access to a finished catalogue, from any thread.

    `days` gives each passage's date of publication as an ordinal, 0 where unknown; the sentences of passage n are rows
    `sentence_rows[n]` to `sentence_rows[n + 1]` of the sentence vectors. `collections` are the articles' in order.
    """

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = Lock()
        try:
            sizes = self._rows("SELECT day, length(sentences), article FROM passages ORDER BY number")
        except sqlite3.Error:
            self.close()
            raise
        self.days: NDArray[np.intp] = np.array([day for day, _, _ in sizes], np.intp)
        lengths = [length // (2 * _OFFSET.itemsize) for _, length, _ in sizes]
        names = [collection_of(article) for _, _, article in sizes]
        self.collections = tuple(sorted({*names}))
        place = {name: number for number, name in enumerate(self.collections)}
        self._in_collection: NDArray[np.intp] = np.array([place[name] for name in names], np.intp)
        self.sentence_rows: NDArray[np.intp] = np.cumsum([0, *lengths], dtype=np.intp)

    def close(self) -> None:
        self._connection.close()

    def readable(self, readable: Readable) -> NDArray[np.bool_]:
        """For each passage, whether it may be read."""
        is_open = np.array([readable.holds(name) for name in self.collections], np.bool_)
        may_be_read: NDArray[np.bool_] = is_open[self._in_collection]
        return may_be_read

    def fingerprints(self) -> dict[str, str]:
        """Article id -> fingerprint."""
        return dict(self._rows("SELECT id, fingerprint FROM articles"))

    def titles(self) -> dict[str, str]:
        """Article id -> title, in the order of the ids."""
        return dict(self._rows("SELECT id, title FROM articles ORDER BY id"))

    def sources(self) -> dict[str, str]:
        """Article id -> source, for those that name one."""
        return dict(self._rows("SELECT id, source FROM articles WHERE source IS NOT NULL ORDER BY id"))

    def undated(self) -> int:
        """How many articles have no date of publication."""
        return int(self._rows("SELECT count(*) FROM articles WHERE published IS NULL")[0][0])

    def versions(self) -> dict[str, tuple[str, str]]:
        """Article id -> the version that citations use, and its text."""
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
        outlines = {article_id: Outline(article.text) for article_id, article in articles.items()}
        by_number = {
            number: _passage(articles[article_id], _sentences(spans), outlines[article_id])
            for number, article_id, spans in found
        }
        return [by_number[number] for number in numbers]

    def in_order(self, numbers: Sequence[int] | None = None) -> Iterator[Passage]:
        """The passages of these numbers, or all of them; only a few hundred are in memory at a time."""
        numbers = range(len(self.days)) if numbers is None else numbers
        for start in range(0, len(numbers), _AT_ONCE):
            yield from self.passages(numbers[start : start + _AT_ONCE])

    def ids(self) -> list[str]:
        """The ids of all passages, in the order of their numbers."""
        return [passage_id for (passage_id,) in self._rows("SELECT id FROM passages ORDER BY number")]

    def numbers(self, ids: Sequence[str]) -> list[int]:
        """Numbers of the passages with these ids, in the same order."""
        marks = ", ".join("?" * len(ids))
        number_of = dict(self._rows(f"SELECT id, number FROM passages WHERE id IN ({marks})", *ids))  # noqa: S608
        return [number_of[passage_id] for passage_id in ids]

    def numbers_in(self, articles: Collection[str]) -> list[int]:
        """Numbers of these articles' passages."""
        return [number for number, article in self._rows("SELECT number, article FROM passages") if article in articles]

    def cuts(self) -> dict[str, Cuts]:
        """Article id -> the sentences of each of its passages, in reading order."""
        cuts: dict[str, Cuts] = {}
        for article_id, spans in self._rows("SELECT article, sentences FROM passages ORDER BY number"):
            cuts.setdefault(article_id, Cuts()).add(spans)
        return cuts

    def characters(self) -> int:
        """The characters of all texts together."""
        ((characters,),) = self._rows("SELECT coalesce(sum(length(text)), 0) FROM articles")
        return int(characters)

    def passages_in(self, articles: Collection[str]) -> int:
        """How many passages these articles have."""
        counts = self._rows("SELECT article, count(*) FROM passages GROUP BY article")
        return sum(passages for article_id, passages in counts if article_id in articles)

    def _existing(self, article_id: str) -> Article:
        article = self.article(article_id)
        if article is None:
            raise KeyError(article_id)
        return article

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _passage(article: Article, sentences: tuple[Sentence, ...], outline: Outline) -> Passage:
    return Passage(article, sentences, outline.at(sentences[0].start))


def _sentences(spans: bytes) -> tuple[Sentence, ...]:
    return tuple(Sentence(start, end) for start, end in np.frombuffer(spans, _OFFSET).reshape(-1, 2).tolist())
