"""What moderators have decided, as questions that are asked again: before a build goes live, and by `footnote eval`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from footnote.evaluation import Regression
from footnote.models import CitationStatus
from footnote.records import Decision
from footnote.stores import Reviewed, ReviewedAnswers
from footnote_bot.settings import Settings
from footnote_index.building.approved import ApprovedAnswer

if TYPE_CHECKING:  # not at run time: asking in the terminal needs nothing of Discord's services
    from footnote_bot.services import IndexService

MOST_ASKED = 100
"""Approved answers, the newest ones, that a build asks for: about two seconds."""

_DECISIONS = ("verdicts", "rulings", "revisions")
"""Tables that hold decisions."""


def is_worth_opening(settings: Settings) -> bool:
    """Whether a question in the terminal has any use for the database: for decisions of moderators, or for what a
    language model has cost. Opening it takes half a second, and a look into the file hardly any.
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
        return True  # whoever opens it says what is wrong


async def approved_answers(store: ReviewedAnswers) -> Sequence[ApprovedAnswer]:
    """What each new generation has to find as long as the articles say it."""
    reviewed = [one for one in await store.reviewed() if one.is_approved and one.citations]
    return [ApprovedAnswer(one.answer_id, one.question, one.citations) for one in reviewed[-MOST_ASKED:]]


async def regressions(store: ReviewedAnswers, index: IndexService) -> Sequence[Regression]:
    """All decisions, without the sentences that the articles have no more. Raises EmptyIndex."""
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
    """Nobody has said so of a rejected answer, nor of an approved one whose sentences are gone."""
    if reviewed.answered:
        return True if reviewed.is_approved and holding else None
    return None if reviewed.decision is None else reviewed.decision is Decision.REJECTED
