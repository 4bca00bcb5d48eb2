"""How each source stands: for the terminal, and for whoever else wants to show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from footnote_index.sources.sources_file import Kind, Source, read_sources
from footnote_index.sources.store import Store, opened
from footnote_index.sources.web import store_file


@dataclass(frozen=True, slots=True)
class SourceState:
    """`named` pages belong to it, `fetched` of them are there, and `in_trouble` of them were not fetched the last time.
    `asked_at` is None when it has never been asked for; `trouble` is its own.
    """

    source: Source
    named: int
    fetched: int
    in_trouble: int
    asked_at: datetime | None
    trouble: str | None


def overview(articles: Path, data: Path) -> tuple[SourceState, ...]:
    """The sources of an articles folder, in the order of its file, as the last build with this data folder left them.

    Reads only, and beside a running build. Raises BuildError when either file is wrong.
    """
    sources = read_sources(articles)
    file = store_file(data)
    if not file.is_file():
        return tuple(SourceState(source, 0, 0, 0, None, None) for source in sources)
    with opened(file, read_only=True) as store:
        return tuple(_state(source, store) for source in sources)


def _state(source: Source, store: Store) -> SourceState:
    urls: Sequence[str] = [source.url]
    if source.kind is not Kind.URL:
        urls = [page.url for page in source.chosen(store.named(source.url))]
    troubled = sum(asked is not None and asked.trouble is not None for asked in map(store.asked, urls))
    own = store.asked(source.url)
    return SourceState(
        source,
        named=len(urls),
        fetched=sum(map(store.has, urls)),
        in_trouble=troubled,
        asked_at=own.at if own else None,
        trouble=own.trouble if own else None,
    )
