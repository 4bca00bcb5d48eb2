"""What the services need from a database: a module for each subject, with the values that are stored and a Protocol."""

from __future__ import annotations

from dataclasses import dataclass

from footnote.stores.answers import AT_ONCE, AnswerStore, Asked, Triage
from footnote.stores.audit import Act, AuditLog
from footnote.stores.cited_articles import CitedArticles
from footnote.stores.collections import CollectionStore
from footnote.stores.corrections import Corrected, Corrections
from footnote.stores.feedback import Feedback
from footnote.stores.forgetting import Forgetting
from footnote.stores.holds import HoldStore
from footnote.stores.notices import Notice, NoticeStore
from footnote.stores.overview import DueDigest, Overview, Queued
from footnote.stores.policies import PolicyStore
from footnote.stores.questions import QuestionStore
from footnote.stores.receipts import Receipts
from footnote.stores.reviewed import Reviewed, ReviewedAnswers, ReviewedQuestion
from footnote.stores.running import RunningStore
from footnote.stores.verdicts import Revision, VerdictStore
from footnote.stores.waiting import Waiting

__all__ = [
    "AT_ONCE",
    "Act",
    "AnswerStore",
    "Asked",
    "AuditLog",
    "CitedArticles",
    "CollectionStore",
    "Corrected",
    "Corrections",
    "DueDigest",
    "Feedback",
    "Forgetting",
    "HoldStore",
    "Notice",
    "NoticeStore",
    "Overview",
    "PolicyStore",
    "QuestionStore",
    "Queued",
    "Receipts",
    "Reviewed",
    "ReviewedAnswers",
    "ReviewedQuestion",
    "Revision",
    "RunningStore",
    "Stores",
    "Triage",
    "VerdictStore",
    "Waiting",
]


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that a bot stores, in one database."""

    answers: AnswerStore
    audit: AuditLog
    reviewed: ReviewedAnswers
    policies: PolicyStore
    holds: HoldStore
    notices: NoticeStore
    overview: Overview
    receipts: Receipts
    feedback: Feedback
    waiting: Waiting
    forgetting: Forgetting
    verdicts: VerdictStore
    running: RunningStore
    questions: QuestionStore
    cited_articles: CitedArticles
    corrections: Corrections
    collections: CollectionStore
