"""What readers say about answers, and who waits for one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class VoteRow(Base):
    """What one reader says about an answer: `vote` is 1, -1 or, if taken back, 0."""

    __tablename__ = "votes"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vote: Mapped[int] = mapped_column(Integer)
    comment: Mapped[str | None]
    is_flagged: Mapped[bool]
    voted_at: Mapped[datetime]


class WaitingRow(Base):
    """Somebody who waits for an abstention to be answered. `answered_by` is that answer, `told_at` the time of the
    mention.
    """

    __tablename__ = "waiting"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    told_at: Mapped[datetime | None]
