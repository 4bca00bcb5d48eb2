"""What readers say of answers, and who waits for one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class VoteRow(Base):
    """What one reader says of an answer: `vote` is 1, -1 or, taken back, 0."""

    __tablename__ = "votes"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vote: Mapped[int] = mapped_column(Integer)
    comment: Mapped[str | None]
    is_flagged: Mapped[bool]
    voted_at: Mapped[datetime]


class WaitingRow(Base):
    """Somebody who waits until an abstention is answered: by `answered_by`, with a mention at `told_at`."""

    __tablename__ = "waiting"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    told_at: Mapped[datetime | None]
