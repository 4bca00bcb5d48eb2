"""Moderators' decisions, as questions that are asked again: before a build goes live, and by `footnote eval`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from footnote.evaluation import Regression
from footnote.models import CitationStatus
from footnote.records.answers import Decision
from footnote.stores import Reviewed, ReviewedAnswers
from footnote_bot.settings import Settings
from footnote_index.building.approved import ApprovedAnswer

if TYPE_CHECKING:  # not at run time: asking in the terminal does not need Discord's services
    from footnote_bot.discord_services import IndexService

MOST_ASKED = 100
"""How many approved answers, the newest ones, a build tests: about two seconds."""

_DECISIONS = ("verdicts", "rulings", "revisions")
"""Tables with decisions."""


def is_worth_opening(settings: Settings) -> bool:
    """Whether a question in the terminal needs the database, for moderators' decisions or for what a language model has
    cost. Opening it takes half a second; looking into the file takes almost no time.
    """
    if settings.database_url is not None or settings.uses_language_model:
        return settings.has_database
    file = settings.own_database
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return any(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in _DECISIONS)  # noqa: S608 - our own names
    except sqlite3.Error:
        return True  # the code that opens it reports what is wrong


async def approved_answers(store: ReviewedAnswers) -> Sequence[ApprovedAnswer]:
    """What each new generation must find as long as the articles say it."""
    reviewed = [one for one in await store.reviewed() if one.is_approved and one.citations]
    return [ApprovedAnswer(one.answer_id, one.question, one.citations) for one in reviewed[-MOST_ASKED:]]


async def regressions(store: ReviewedAnswers, index: IndexService) -> Sequence[Regression]:
    """All decisions, without sentences that are no longer in the articles. Raises EmptyIndex."""
    return [await _regression(one, index) for one in await store.reviewed()]


async def _regression(reviewed: Reviewed, index: IndexService) -> Regression:
    found = await index.statuses_of(reviewed.citations)
    holding = [
        (citation.article_id, citation.quote)
        for citation, status in zip(reviewed.citations, found.statuses, strict=True)
        if status is CitationStatus.HOLDS
    ]
    return Regression(
        reviewed.question,
        is_answerable=_is_answerable(reviewed, holding),
        wanted=tuple(holding) if reviewed.is_approved else (),
        unwanted=tuple(reviewed.refused),
    )


def _is_answerable(reviewed: Reviewed, holding: Sequence[object]) -> bool | None:
    """Unknown for a rejected answer, and for an approved one whose sentences are gone."""
    if reviewed.answered:
        return True if reviewed.is_approved and holding else None
    return None if reviewed.decision is None else reviewed.decision is Decision.REJECTED
