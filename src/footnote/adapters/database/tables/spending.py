"""What language models have cost."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class SpendingRow(Base):
    """What calls of language models have cost in a day; 0 is the number of no user, and of no guild."""

    __tablename__ = "spending"

    day: Mapped[date] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    calls: Mapped[int]
    tokens: Mapped[int]
    dollars: Mapped[float]
