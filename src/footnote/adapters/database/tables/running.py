"""What a killed process leaves behind, so that the next one can clean it up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base


class BuildMessageRow(Base):
    """A message that shows the progress of a build; `seen_at` is when the build was last seen running."""

    __tablename__ = "build_messages"

    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    seen_at: Mapped[datetime]


class PresenceRow(Base):
    """When a shard of a bot was last connected to Discord."""

    __tablename__ = "presence"

    bot_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shard: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]
