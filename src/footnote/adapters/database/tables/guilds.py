"""How guilds have set up the bot."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from footnote.adapters.database.tables.base import Base
from footnote.models.collections import Target
from footnote.records.policies import AtDeadline, Cards, Mode


class GuildRow(Base):
    """A guild's settings. `review_since` is when its cards began to go to the review channel; without one, review is
    off.
    """

    __tablename__ = "guilds"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    review_channel_id: Mapped[int | None]
    review_since: Mapped[datetime | None]
    moderator_role_id: Mapped[int | None]
    digest_at: Mapped[datetime | None]
    direct_messages: Mapped[bool | None]
    language: Mapped[str | None]


class PolicyRow(Base):
    """How answers of a channel are reviewed; channel 0 is for all channels without a row.

    `share` (0 to 1) of the answers get a card when `cards` is "sampled"; `minutes` is how long an answer is held.
    """

    __tablename__ = "policies"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mode: Mapped[Mode]
    cards: Mapped[Cards]
    share: Mapped[float]
    minutes: Mapped[int] = mapped_column(Integer)
    at_deadline: Mapped[AtDeadline]


class WaysRow(Base):
    """Where and when a channel is answered, by channel as in `policies`. The tags of a forum are numbers separated by
    spaces.
    """

    __tablename__ = "ways"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    in_threads: Mapped[bool]
    calls_people: Mapped[bool]
    answers_posts: Mapped[bool]
    tags: Mapped[str]
    solved_tags: Mapped[str]


class AskChannelRow(Base):
    """A channel in which questions are answered. A guild without any answers them everywhere."""

    __tablename__ = "ask_channels"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class CollectionRow(Base):
    """A collection that a channel or category, or the members of a role, are answered from. TOP has no name."""

    __tablename__ = "collections"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    target: Mapped[Target] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)


class SyncedCommandsRow(Base):
    """The hash of the commands last synced to a guild (scope 0: globally)."""

    __tablename__ = "synced_commands"

    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str]
