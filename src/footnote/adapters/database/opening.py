"""Everything that a bot stores, on one engine."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database.audit import DatabaseAudit
from footnote.adapters.database.cited_articles import DatabaseCitedArticles
from footnote.adapters.database.collections import DatabaseCollections
from footnote.adapters.database.corrections import DatabaseCorrections
from footnote.adapters.database.feedback import DatabaseFeedback
from footnote.adapters.database.forgetting import DatabaseForgetting
from footnote.adapters.database.holds import DatabaseHolds
from footnote.adapters.database.notices import DatabaseNotices
from footnote.adapters.database.overview import DatabaseOverview
from footnote.adapters.database.policies import DatabasePolicies
from footnote.adapters.database.questions import DatabaseQuestions
from footnote.adapters.database.receipts import DatabaseReceipts
from footnote.adapters.database.reviewed import DatabaseReviewed
from footnote.adapters.database.running import DatabaseRunning
from footnote.adapters.database.store import DatabaseStore
from footnote.adapters.database.verdicts import DatabaseVerdicts
from footnote.adapters.database.waiting import DatabaseWaiting
from footnote.records.sharing import WHOLE, Share
from footnote.stores import Stores


def stores_of(engine: AsyncEngine, share: Share = WHOLE) -> Stores:
    """`share`: what this process looks after, where several share one bot."""
    return Stores(
        answers=DatabaseStore(engine, share),
        audit=DatabaseAudit(engine),
        verdicts=DatabaseVerdicts(engine),
        reviewed=DatabaseReviewed(engine),
        policies=DatabasePolicies(engine),
        holds=DatabaseHolds(engine, share),
        notices=DatabaseNotices(engine, share),
        overview=DatabaseOverview(engine),
        receipts=DatabaseReceipts(engine),
        feedback=DatabaseFeedback(engine),
        waiting=DatabaseWaiting(engine, share),
        forgetting=DatabaseForgetting(engine),
        running=DatabaseRunning(engine),
        questions=DatabaseQuestions(engine),
        cited_articles=DatabaseCitedArticles(engine),
        corrections=DatabaseCorrections(engine),
        collections=DatabaseCollections(engine),
    )
