"""Other places where people are named, so that they can be found when somebody is forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class HeardRow(Base):
    """Somebody whose words may be part of how a question was understood, because they were said before it."""

    __tablename__ = "heard"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NoticeRow(Base):
    """A message that mentions people, as it should read. `is_outdated`: it does not read so yet."""

    __tablename__ = "notices"

    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    body: Mapped[str]
    is_outdated: Mapped[bool]


class TombstoneRow(Base):
    """Somebody was forgotten at that time; `person` is their `pseudonym`. Their questions that are still being answered
    are recorded without them.
    """

    __tablename__ = "tombstones"

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
