"""What a build and the index tell about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """The steps of a build, in order."""

    FETCHING = "fetching pages"
    READING = "reading articles"
    EMBEDDING = "embedding passages"
    WRITING = "writing the index"
    SWITCHING = "switching over"


@dataclass(frozen=True, slots=True)
class Expense:
    """What an embedding service will count, about. `dollars` is None when no price is known."""

    tokens: int
    dollars: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """Passages that a build would embed, and what a service takes for that; None: they are embedded here."""

    passages: int
    expense: Expense | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` (pages, articles or passages, as `stage` says), `seconds` since it began.

    `expense` is that of the whole build, told while it embeds.
    """

    stage: Stage
    done: int
    total: int
    seconds: float
    expense: Expense | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article that could not be read, by its path below the articles folder, and why."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """An article that was indexed and should be looked at, by its path below the articles folder, and what is in it."""

    article_id: str
    found: str


@dataclass(frozen=True, slots=True)
class NotFetched:
    """An address from sources.yaml, or from a feed or sitemap there, that could not be fetched, and why."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that was left out, since another one, `original_id`, says the same in the same words."""

    article_id: str
    original_id: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `live` is False for a dry run; `generation` is then the one that stays live, if any.

    `forecast` is None once something was written. `warned` names added and changed articles only: the others were named
    when they came.
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


@dataclass(frozen=True, slots=True)
class Status:
    """The live generation. `folder` is the articles folder it was built from."""

    generation: str
    built_at: datetime
    articles: int
    passages: int
    sentences: int
    embedder: str
    folder: str
