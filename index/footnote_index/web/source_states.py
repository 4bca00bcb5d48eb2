"""The state of each source, for the terminal and for Discord."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from footnote_index.building.reports import NotFetched
from footnote_index.web.fetch_stage import store_file
from footnote_index.web.sources_file import SourceKind, WebSource, read_sources
from footnote_index.web.store import Store, opened


@dataclass(frozen=True, slots=True)
class SourceState:
    """`named` is how many pages belong to it, and `fetched` how many of them are there. `asked_at` is None if it was
    never requested; `problem` is its own, and `with_problems` are the pages that could not be fetched the last time.
    """

    source: WebSource
    named: int
    fetched: int
    asked_at: datetime | None = None
    problem: str | None = None
    with_problems: tuple[NotFetched, ...] = ()

    @property
    def has_problem(self) -> bool:
        return bool(self.problem or self.with_problems)


def source_states(articles: Path, data: Path) -> tuple[SourceState, ...]:
    """The sources of an articles folder, in the order of its file, as the last build with this data folder left them.

    Read-only, also during a build. Raises BuildError when either file is wrong.
    """
    sources = read_sources(articles)
    file = store_file(data)
    if not file.is_file():
        return tuple(SourceState(source, 0, 0) for source in sources)
    with opened(file, read_only=True) as store:
        return tuple(_state(source, store) for source in sources)


def _state(source: WebSource, store: Store) -> SourceState:
    urls = pages_of(source, store)
    own = store.asked(source.url)
    return SourceState(
        source,
        named=len(urls),
        fetched=sum(map(store.has, urls)),
        asked_at=own.at if own else None,
        problem=own.problem if own else None,
        with_problems=tuple(_problems(urls, store)) if source.kind is not SourceKind.URL else (),
    )


def pages_of(source: WebSource, store: Store) -> list[str]:
    """The addresses of the pages that belong to a source."""
    if source.kind is SourceKind.URL:
        return [source.url]
    return [page.url for page in source.chosen(store.named(source.url))]


def _problems(urls: Iterable[str], store: Store) -> Iterator[NotFetched]:
    for url in urls:
        asked = store.asked(url)
        if asked and asked.problem:
            yield NotFetched(url, asked.problem)
