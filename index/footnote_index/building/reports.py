"""What a build and the index report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from footnote_index.building.difference import FolderDifference


class Stage(StrEnum):
    """The steps of a build, in order."""

    FETCHING = "fetching pages"
    READING = "reading articles"
    EMBEDDING = "embedding passages"
    WRITING = "writing the index"
    EXAMINING = "checking the new index"
    SWITCHING = "switching over"


@dataclass(frozen=True, slots=True)
class Expense:
    """About what an embedding service will charge. `dollars` is None when no price is known."""

    tokens: int
    dollars: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Passages that a build would embed, and what a service charges for that; None: they are embedded on this
    machine.
    """

    passages: int
    expense: Expense | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` (pages, articles or passages, as `stage` says), `seconds` since it began.

    `expense` is that of the whole build, given while it embeds.
    """

    stage: Stage
    done: int
    total: int
    seconds: float
    expense: Expense | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article that could not be read, by its path in the articles folder, and why."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """An article that was indexed and should be checked, by its path in the articles folder, and what is in it."""

    article_id: str
    found: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """How much of an article's file was kept, in characters; `characters_in` is 0 if its format does not say."""

    article_id: str
    characters_in: int
    kept: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """How many of the added and changed articles are not in English, although the embedder only knows English."""

    articles: int
    of: int
    embedder: str


@dataclass(frozen=True, slots=True)
class NotFetched:
    """An address from sources.yaml, or from a feed or sitemap there, that could not be fetched, and why."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that was left out because another one, `original_id`, has the same text."""

    article_id: str
    original_id: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `live` is False for a dry run; then `generation` is the one that stays live, if any.

    `forecast` is None once something was written. `warned` has added and changed articles only: the others were
    reported when they were new. `readings` has every article. `failed_canaries` has each canary question that fails on
    a generation that went live even so, because nothing else could answer. `foreign` is None if the embedder suits the
    articles.
    """

    generation: str | None
    added: int
    changed: int
    removed: int
    unchanged: int
    articles: int
    passages: int
    sentences: int
    seconds: float
    embedded_tokens: int
    live: bool
    skipped: tuple[Skipped, ...]
    forecast: Forecast | None = None
    warned: tuple[Warned, ...] = ()
    not_fetched: tuple[NotFetched, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    difference: FolderDifference = field(default_factory=FolderDifference)
    failed_canaries: tuple[str, ...] = ()
    readings: tuple[Extraction, ...] = ()
    foreign: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A generation. `folder` is the articles folder it was built from, `previous` the generation that was live then;
    `replaced` counts the rows that were deleted from Chroma since it was last written from scratch.
    """

    generation: str
    built_at: datetime
    articles: int
    passages: int
    sentences: int
    embedder: str
    folder: str
    previous: str | None = None
    replaced: int = 0
