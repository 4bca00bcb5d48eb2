"""Attached files: read like articles, searched for that question only, and not kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import numpy as np

from footnote.errors import ArticleError
from footnote.models import Article, Hit, attached_id
from footnote_index.embedders import Embedder
from footnote_index.fusion import fused
from footnote_index.hits import hit_of
from footnote_index.loaders.folder import read_article
from footnote_index.passages import split_passages
from footnote_index.storage.lexical import Lexical

FORMATS = (".txt", ".md", ".pdf")

MOST_BYTES = 8_000_000
MOST_CHARACTERS = 400_000
"""About 150 pages: somebody waits for the answer, and what is longer belongs in the index."""

_EMBEDDED = 48
"""How many passages are embedded for a question; in a longer file, those with the question's words."""

_FOUND = 5
_READ_AT_ONCE = 2
"""How many files are read at once, each in its own process."""


class AttachedFiles:
    """Blocking work is done in threads."""

    def __init__(self, embedder: Callable[[], Embedder]) -> None:
        self._embedder = embedder
        self._turns = asyncio.Semaphore(_READ_AT_ONCE)

    async def read(self, name: str, content: bytes) -> Article:
        """The file's own metadata (title, source, date, address) is left out: the asker may have written it.

        Raises ArticleError.
        """
        suffix = PurePosixPath(name).suffix.lower()
        async with self._turns:
            article = await asyncio.to_thread(read_article, f"file{suffix}", content)
        if len(article.text) > MOST_CHARACTERS:
            raise ArticleError(f"its text has {len(article.text):,} characters, more than {MOST_CHARACTERS:,}")
        return Article(attached_id(name), f"Your file: {name}", article.text, pages=article.pages)

    async def find(self, article: Article, question: str) -> Sequence[Hit]:
        """Its passages for the question, best first. Raises ModelError."""
        return await asyncio.to_thread(lambda: _hits(article, question, self._embedder()))


def _hits(article: Article, question: str, embedder: Embedder) -> Sequence[Hit]:
    passages = tuple(split_passages(article))
    lexical = Lexical.build(passages)
    bm25 = lexical.scores(question)
    chosen = sorted(np.argsort(-bm25, kind="stable")[:_EMBEDDED].tolist())
    some = [passages[number] for number in chosen]
    vector, vectors = embedder.embed_question(question), embedder.embed_passages(some)
    ends = np.cumsum([len(passage.sentences) for passage in some])
    cosines = np.split(vectors.sentences @ vector, ends[:-1])
    scores = fused(vectors.passages @ vector, np.array([one.max() for one in cosines]), bm25[chosen])
    found = np.argsort(-scores, kind="stable")[:_FOUND].tolist()
    return [
        hit_of(question, lexical, some[one], float(scores[one]), cosines[one].tolist(), embedder=embedder.name)
        for one in found
    ]
