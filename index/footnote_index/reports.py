"""What a build and the index tell about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """The steps of a build, in order."""

    READING = "reading articles"
    EMBEDDING = "embedding passages"
    WRITING = "writing the index"
    SWITCHING = "switching over"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` (articles or passages, as `stage` says), `seconds` since it began."""

    stage: Stage
    done: int
    total: int
    seconds: float


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
class BuildReport:
    """What a build did. `live` is False for a dry run; `generation` is then the one that stays live, if any.

    `warned` names added and changed articles only: the others were named when they came.
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
    warned: tuple[Warned, ...] = ()


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
