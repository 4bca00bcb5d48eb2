"""Which database this is."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class IdentityRow(Base):
    """The one row. `mark` was drawn at random when the table was created; wherever an answer's number goes to Discord,
    the mark goes with it.
    """

    __tablename__ = "identity"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(8))
