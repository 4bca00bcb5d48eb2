"""An index that several processes share.

These tables are not among `Base`'s: a backup leaves a shared index out, and restoring one leaves it as it is.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

from footnote.adapters.database.tables.base import Base, UtcDateTime

SHARED_INDEX = MetaData(naming_convention=Base.metadata.naming_convention)

# One row: which generation is live, and who builds until when.
shared_index = Table(
    "shared_index",
    SHARED_INDEX,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("live", Text),
    Column("builder", Text),
    Column("origin", Text),
    Column("until", UtcDateTime),
)

# Complete generations.
shared_generations = Table(
    "shared_generations",
    SHARED_INDEX,
    Column("id", Text, primary_key=True),
    Column("manifest", Text, nullable=False),
)

# Their files, in parts.
shared_files = Table(
    "shared_files",
    SHARED_INDEX,
    Column("generation", Text, ForeignKey("shared_generations.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
