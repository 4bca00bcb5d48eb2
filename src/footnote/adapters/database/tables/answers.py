"""Answers with their claims and citations, how they were made, and the replies that will show them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    false,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from footnote.adapters.database.tables.base import Base, RowNumber
from footnote.adapters.database.tables.guilds import GuildRow
from footnote.adapters.database.tables.identity import IdentityRow
from footnote.adapters.database.tables.people import HeardRow
from footnote.adapters.database.tables.readers import VoteRow
from footnote.adapters.database.tables.reviewing import RulingRow, VerdictRow
from footnote.models import CitationStatus
from footnote.records.answers import Decision, Hold

# Only answers that wait for their card: nearly all have one, and catching up looks for the others every few minutes.
_WITHOUT_CARD = text("posted_message_id IS NOT NULL AND card_message_id IS NULL")
_IS_HELD = text("hold = 'waiting'")
_REPEATS = text("reused_from IS NOT NULL")
# The same for answers that do not show the status of their citations yet.
_OUTDATED = text("changes <> shown_changes")


class AnswerRow(Base):
    __tablename__ = "answers"
    __table_args__ = (
        Index("ix_answers_posted_message_id", "posted_message_id"),
        Index("ix_answers_question_id", "question_id"),
        Index(
            "ix_answers_without_card",
            "guild_id",
            "asked_at",
            sqlite_where=_WITHOUT_CARD,
            postgresql_where=_WITHOUT_CARD,
        ),
        Index("ix_answers_asked_at", "asked_at", "checked_generation"),
        Index("ix_answers_held", "held_until", sqlite_where=_IS_HELD, postgresql_where=_IS_HELD),
        Index("ix_answers_reused_from", "reused_from", sqlite_where=_REPEATS, postgresql_where=_REPEATS),
        Index("ix_answers_outdated", "asked_at", sqlite_where=_OUTDATED, postgresql_where=_OUTDATED),
        # A number is never used twice: buttons of old messages carry it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    question: Mapped[str]
    answered: Mapped[bool]
    confidence: Mapped[float]
    answerer: Mapped[str]
    generation: Mapped[str]
    note: Mapped[str | None]
    understood: Mapped[str | None]
    misattributed: Mapped[int] = mapped_column(Integer, server_default="0")
    unsupported: Mapped[int] = mapped_column(Integer, server_default="0")
    asker_id: Mapped[int]
    guild_id: Mapped[int | None] = mapped_column()
    channel_id: Mapped[int]
    asked_at: Mapped[datetime]
    posted_channel_id: Mapped[int | None]
    posted_message_id: Mapped[int | None]
    card_channel_id: Mapped[int | None]
    card_message_id: Mapped[int | None]
    shown: Mapped[Decision | None]
    checked_generation: Mapped[str] = mapped_column(server_default="")
    round: Mapped[int] = mapped_column(Integer, server_default="1")
    changes: Mapped[int] = mapped_column(Integer, server_default="0")
    shown_changes: Mapped[int] = mapped_column(Integer, server_default="0")
    revision: Mapped[int] = mapped_column(Integer, server_default="0")
    revised_by: Mapped[int | None]
    hold: Mapped[Hold | None]
    held_until: Mapped[datetime | None]
    is_for_review: Mapped[bool] = mapped_column(server_default=true())
    told: Mapped[str | None]
    reused_from: Mapped[int | None]
    question_id: Mapped[int | None]
    follows: Mapped[int | None]
    is_private: Mapped[bool] = mapped_column(server_default=false())
    is_question_deleted: Mapped[bool] = mapped_column(server_default=false())
    suggestions: Mapped[str | None]  # a line each
    calls_people: Mapped[bool] = mapped_column(server_default=false())
    person_called_at: Mapped[datetime | None]

    mark: Mapped[str] = column_property(select(IdentityRow.mark).scalar_subquery())
    review_channel_id: Mapped[int | None] = column_property(
        select(GuildRow.review_channel_id).where(GuildRow.id == guild_id).scalar_subquery()
    )

    claims: Mapped[list[ClaimRow]] = relationship(lazy="selectin", order_by="ClaimRow.position")
    nearest: Mapped[list[CitationRow]] = relationship(
        lazy="selectin",
        primaryjoin="and_(CitationRow.answer_id == AnswerRow.id, CitationRow.claim_position.is_(None))",
        order_by="CitationRow.position",
    )
    verdicts: Mapped[list[VerdictRow]] = relationship(lazy="selectin", order_by="VerdictRow.round")
    rulings: Mapped[list[RulingRow]] = relationship(lazy="selectin", order_by="RulingRow.number")
    votes: Mapped[list[VoteRow]] = relationship(lazy="selectin")
    heard: Mapped[list[HeardRow]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class ClaimRow(Base):
    __tablename__ = "claims"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str]
    support: Mapped[float]
    stated_by: Mapped[int | None]
    translation: Mapped[str | None]

    citations: Mapped[list[CitationRow]] = relationship(
        lazy="selectin", order_by="CitationRow.position", overlaps="nearest"
    )


class CitationRow(Base):
    """One claim's footnote. A sentence that two claims cite has two rows with one number."""

    __tablename__ = "citations"
    __table_args__ = (
        ForeignKeyConstraint(["answer_id", "claim_position"], ["claims.answer_id", "claims.position"]),
        UniqueConstraint("answer_id", "claim_position", "position"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    claim_position: Mapped[int | None] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    article_id: Mapped[str]
    version: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    source: Mapped[str | None]
    url: Mapped[str | None]
    published: Mapped[date | None]
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    quote: Mapped[str]
    page: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[CitationStatus] = mapped_column("standing", server_default=CitationStatus.HOLDS.value)
    sections: Mapped[str] = mapped_column(server_default="")
    columns: Mapped[str] = mapped_column(server_default="")  # a line each; some may be empty


class ReceiptRow(Base):
    """How an answer was made: hits, candidates, checks, times and cost, as JSON."""

    __tablename__ = "receipts"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True, autoincrement=False)
    body: Mapped[str]


class ReplyRow(Base):
    __tablename__ = "replies"

    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    begun_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    asker_id: Mapped[int | None]
