"""Who did what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base, RowNumber


class AuditRow(Base):
    """What somebody did to the index or to an answer. Rows are only added; the one change is to remove people who are
    forgotten.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    at: Mapped[datetime]
    guild_id: Mapped[int | None]
    user_id: Mapped[int]
    action: Mapped[str]
    detail: Mapped[str]
    answer_id: Mapped[int | None]
    before: Mapped[str | None]
    after: Mapped[str | None]
