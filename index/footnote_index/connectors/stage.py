"""The stage of a build that runs LlamaIndex readers. What they return is kept, so a reader that fails removes
nothing.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from footnote.models import Article
from footnote_index.building.reports import NotFetched, Skipped
from footnote_index.connectors.documents import articles_of
from footnote_index.connectors.entries import Connector, read_connectors
from footnote_index.connectors.reading import Failed, LoadedDocument, documents_of
from footnote_index.storage.disk import write_durably
from footnote_index.web.fetch_stage import WebPages

log = logging.getLogger(__name__)

_REGULAR = 3_600.0
"""Seconds between two runs of a reader by scheduled builds, however often these come."""


class Connectors:
    """The readers of one articles folder, and what they returned, in a data folder."""

    def __init__(self, articles: Path, data: Path) -> None:
        self._articles = articles
        self._folder = data / "fetched" / "readers"

    def pages(self, on_wait: Callable[[], None], *, is_regular: bool = False) -> WebPages:
        """Blocking. `on_wait` is called from time to time; if it raises, the stage ends. Raises BuildError."""
        articles: list[Article] = []
        skipped: list[Skipped] = []
        problems: list[NotFetched] = []
        for connector in read_connectors(self._articles):
            documents, problem = self._documents(connector, on_wait, is_regular=is_regular)
            if problem:
                problems.append(NotFetched(f"readers: {connector.name}", problem))
            for one in articles_of(connector, documents):
                if isinstance(one, Article):
                    articles.append(one)
                else:
                    skipped.append(one)
        return WebPages(tuple(articles), tuple(skipped), tuple(problems))

    def _documents(
        self, connector: Connector, on_wait: Callable[[], None], *, is_regular: bool
    ) -> tuple[list[LoadedDocument], str | None]:
        file = self._folder / f"{_key(connector)}.json"
        if is_regular and file.is_file() and time.time() - file.stat().st_mtime < _REGULAR:
            return _kept(file), None
        try:
            documents = documents_of(connector, on_wait)
        except Failed as error:
            kept = _kept(file)
            return kept, f"{error}{'; its earlier articles are used' if kept else ''}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            content = json.dumps([asdict(document) for document in documents]).encode()
            write_durably(file.with_suffix(".new").open("wb"), content, file)
        return documents, None


def _key(connector: Connector) -> str:
    """A change of the reader or its arguments must not return what was kept before."""
    return sha256(repr((connector.name, connector.reader, connector.arguments, connector.load)).encode()).hexdigest()[
        :24
    ]


def _kept(file: Path) -> list[LoadedDocument]:
    try:
        return [LoadedDocument(**fields) for fields in json.loads(file.read_bytes())]
    except (OSError, ValueError, TypeError):
        return []
