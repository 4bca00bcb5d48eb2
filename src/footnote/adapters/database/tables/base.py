"""What all tables share: how Python's types are kept in columns, and how constraints are named."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Double, Enum, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from footnote.models import CitationStatus
from footnote.models.collections import Target
from footnote.records.answers import Decision, Hold, Ruling
from footnote.records.policies import AtDeadline, Cards, Mode

# SQLite only numbers rows automatically if the column's type is called INTEGER, which has 64 bits there.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


def words(kind: type[StrEnum]) -> Enum:
    """A column of a few words, kept as they are written."""
    return Enum(kind, native_enum=False, length=16, values_callable=lambda members: [one.value for one in members])


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
        AtDeadline: words(AtDeadline),
        Cards: words(Cards),
        Decision: words(Decision),
        Hold: words(Hold),
        Mode: words(Mode),
        Ruling: words(Ruling),
        Target: words(Target),
        CitationStatus: words(CitationStatus),
    }
