"""What moderators decide about answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base
from footnote.records.answers import Decision, Ruling


class VerdictRow(Base):
    __tablename__ = "verdicts"
    __table_args__ = (Index("ix_verdicts_decided_at", "decision", "decided_at", "answer_id"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, server_default="1")
    decision: Mapped[Decision]
    moderator_id: Mapped[int]
    decided_at: Mapped[datetime]


class RulingRow(Base):
    """What a moderator says about one citation."""

    __tablename__ = "rulings"
    __table_args__ = (Index("ix_rulings_ruled_at", "ruling", "ruled_at", "answer_id"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    ruling: Mapped[Ruling]
    moderator_id: Mapped[int]
    ruled_at: Mapped[datetime]


class RevisionRow(Base):
    """A moderator's change of an answer: `before` are its claims until then, as JSON.

    `number` is that of the citation which got another sentence; None when the text was edited.
    """

    __tablename__ = "revisions"
    __table_args__ = (Index("ix_revisions_revised_at", "revised_at", "answer_id"),)

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    moderator_id: Mapped[int]
    revised_at: Mapped[datetime]
    number: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[str]


class QuestionVectorRow(Base):
    """The vector of a reviewed answer's question, as 16-bit floats, little-endian. One embedder's at a time."""

    __tablename__ = "question_vectors"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True, autoincrement=False)
    embedder: Mapped[str]
    vector: Mapped[bytes] = mapped_column(LargeBinary)
