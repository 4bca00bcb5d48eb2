"""What a build and the index tell about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_LOST = 0.25
"""Share of the live generation's articles that a build may lose without being told to."""


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
class Reading:
    """How much of an article's file was kept, in characters; `characters_in` is 0 where its format does not tell."""

    article_id: str
    characters_in: int
    kept: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """How many of the added and changed articles are in other languages than English, which is all that the embedder
    knows.
    """

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
    """An article that was left out, since another one, `original_id`, says the same in the same words."""

    article_id: str
    original_id: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How an articles folder differs from the live generation: ids of articles.

    Those that are `removed` have no file any more. Those that are `unreadable` have one, which could be read when the
    live generation was built: a build leaves them out.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.lost)

    @property
    def lost(self) -> tuple[str, ...]:
        """Articles that the live generation answers from, and a build would not."""
        return self.removed + self.unreadable

    @property
    def before(self) -> int:
        """Articles of the live generation."""
        return len(self.changed) + len(self.lost) + len(self.unchanged)

    @property
    def shrinks(self) -> bool:
        """Whether so many are lost that somebody should agree first."""
        return len(self.lost) > self.before * MOST_LOST


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `live` is False for a dry run; `generation` is then the one that stays live, if any.

    `forecast` is None once something was written. `warned` names added and changed articles only: the others were named
    when they came. `readings` tells of every article. `failed_canaries` tells of each canary question that fails on a
    generation which went live all the same, as nothing else could have answered. `foreign` is None where the embedder
    suits the articles.
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
    difference: Difference = Difference()
    failed_canaries: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    foreign: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A generation. `folder` is the articles folder it was built from, `previous` the generation that was live then;
    `replaced` counts the rows that were deleted from Chroma since it was last written as a whole.
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
