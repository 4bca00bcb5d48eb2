"""The rows that this process looks after, where several processes share one bot."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from footnote.adapters.database.tables import AnswerRow
from footnote.records.sharing import Share

_IN_A_MILLISECOND = 1 << 22
"""The bits of a server's number above these decide which shard it is on."""


def is_own(share: Share) -> ColumnElement[bool]:
    """For an answer: the same condition as `Share.has` for its server."""
    if share.is_whole:
        return true()
    shard: ColumnElement[int] = func.coalesce(AnswerRow.guild_id, 0) // _IN_A_MILLISECOND % share.count
    return shard.in_(sorted(share.shards))


def belongs_to_own(share: Share, answer_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """For a row that belongs to an answer."""
    if share.is_whole:
        return true()
    return answer_id.in_(select(AnswerRow.id).where(is_own(share)))
