"""The tables. Their history is in `migrations/versions`; a test holds the two together.

answers ─┬─ claims ─── citations     of an answer
         ├─ citations                of an abstention: its nearest sentences, which belong to no claim
         ├─ verdicts                 at most one in each round of review, by primary key
         ├─ rulings                  at most one for each number of a citation, by primary key
         ├─ revisions                what it said before moderators changed it
         ├─ votes                    one of each reader
         ├─ waiting                  who wants to be told when it is answered after all
         └─ receipts                 how it came about
replies                           not done yet: to show an answer, or waiting for one
guilds ─┬─ policies               what is reviewed and how; of one channel, or of all others (channel 0)
        └─ ask_channels           where questions are answered
spending, synced_commands, audit
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Double,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from footnote.models import Standing
from footnote.policies import AtDeadline, Cards, Mode
from footnote.records import Decision, Hold, Ruling

# SQLite numbers rows by itself only where the column's type is called INTEGER, which holds 64 bits there.
_RowNumber = BigInteger().with_variant(Integer, "sqlite")


def _words(kind: type[StrEnum]) -> Enum:
    """A column of a few words, kept as they are written."""
    return Enum(kind, native_enum=False, length=16, values_callable=lambda members: [one.value for one in members])


# Only answers that wait for their card: nearly all have one, and catching up looks for the others every few minutes.
_WITHOUT_CARD = text("posted_message_id IS NOT NULL AND card_message_id IS NULL")
_IS_HELD = text("hold = 'waiting'")
# The same holds for answers that do not show yet how their citations stand.
_OUTDATED = text("changes <> shown_changes")


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time. SQLite keeps no time zone, so UTC goes in and UTC comes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone is no point in time")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # Unnamed constraints cannot be altered on SQLite.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger,
        float: Double,
        str: Text,
        datetime: UtcDateTime,
        AtDeadline: _words(AtDeadline),
        Cards: _words(Cards),
        Decision: _words(Decision),
        Hold: _words(Hold),
        Mode: _words(Mode),
        Ruling: _words(Ruling),
        Standing: _words(Standing),
    }


class AnswerRow(Base):
    __tablename__ = "answers"
    __table_args__ = (
        Index("ix_answers_posted_message_id", "posted_message_id"),
        Index(
            "ix_answers_without_card",
            "guild_id",
            "asked_at",
            sqlite_where=_WITHOUT_CARD,
            postgresql_where=_WITHOUT_CARD,
        ),
        Index("ix_answers_asked_at", "asked_at", "checked_generation"),
        Index("ix_answers_held", "held_until", sqlite_where=_IS_HELD, postgresql_where=_IS_HELD),
        Index("ix_answers_outdated", "asked_at", sqlite_where=_OUTDATED, postgresql_where=_OUTDATED),
        # A number is never given twice: buttons of old messages carry it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True)
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
    guild_id: Mapped[int | None]
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

    claims: Mapped[list[ClaimRow]] = relationship(lazy="selectin", order_by="ClaimRow.position")
    nearest: Mapped[list[CitationRow]] = relationship(
        lazy="selectin",
        primaryjoin="and_(CitationRow.answer_id == AnswerRow.id, CitationRow.claim_position.is_(None))",
        order_by="CitationRow.position",
    )
    verdicts: Mapped[list[VerdictRow]] = relationship(lazy="selectin", order_by="VerdictRow.round")
    rulings: Mapped[list[RulingRow]] = relationship(lazy="selectin", order_by="RulingRow.number")
    votes: Mapped[list[VoteRow]] = relationship(lazy="selectin")


class ClaimRow(Base):
    __tablename__ = "claims"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str]
    support: Mapped[float]
    stated_by: Mapped[int | None]

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

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True)
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
    standing: Mapped[Standing] = mapped_column(server_default=Standing.HOLDS.value)


class VerdictRow(Base):
    __tablename__ = "verdicts"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, server_default="1")
    decision: Mapped[Decision]
    moderator_id: Mapped[int]
    decided_at: Mapped[datetime]


class RulingRow(Base):
    """What a moderator says of one citation."""

    __tablename__ = "rulings"

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

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    moderator_id: Mapped[int]
    revised_at: Mapped[datetime]
    number: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[str]


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
    """Somebody who wants to be told when an abstention is answered after all: in `answered_by`, told at `told_at`."""

    __tablename__ = "waiting"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))
    told_at: Mapped[datetime | None]


class ReceiptRow(Base):
    """How an answer came about: hits, candidates, checks, times and cost, as JSON."""

    __tablename__ = "receipts"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True, autoincrement=False)
    body: Mapped[str]


class ReplyRow(Base):
    __tablename__ = "replies"

    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    begun_at: Mapped[datetime]
    message_id: Mapped[int | None]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answers.id"))


class SpendingRow(Base):
    """What calls of language models have cost in a day; 0 is the number of no user, and of no guild."""

    __tablename__ = "spending"

    day: Mapped[date] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    calls: Mapped[int]
    tokens: Mapped[int]
    dollars: Mapped[float]


class GuildRow(Base):
    """A guild's settings. Its cards go to the review channel since then; without one, review is off."""

    __tablename__ = "guilds"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    review_channel_id: Mapped[int | None]
    review_since: Mapped[datetime | None]
    moderator_role_id: Mapped[int | None]
    digest_at: Mapped[datetime | None]


class PolicyRow(Base):
    """How answers of a channel are reviewed; channel 0 stands for all that have no row.

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


class AskChannelRow(Base):
    """A channel in which questions are answered. A guild without any answers them everywhere."""

    __tablename__ = "ask_channels"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SyncedCommandsRow(Base):
    """The hash of the commands last synced to a guild (scope 0: globally)."""

    __tablename__ = "synced_commands"

    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str]


class AuditRow(Base):
    """What somebody did to the index or to an answer. Rows are added, never changed, but for who is forgotten."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(_RowNumber, primary_key=True)
    at: Mapped[datetime]
    guild_id: Mapped[int | None]
    user_id: Mapped[int]
    action: Mapped[str]
    detail: Mapped[str]
    answer_id: Mapped[int | None]
    before: Mapped[str | None]
    after: Mapped[str | None]
