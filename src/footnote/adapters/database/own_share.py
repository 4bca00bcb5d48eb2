"""The rows that this process looks after by itself, where several processes share one bot."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from footnote.adapters.database.tables import AnswerRow
from footnote.sharing import Share

_IN_A_MILLISECOND = 1 << 22
"""Of the numbers that Discord gives to servers: what stands above these bits decides on the shard."""


def is_own(share: Share) -> ColumnElement[bool]:
    """Of an answer: the same as `Share.has` says of its server."""
    if share.is_whole:
        return true()
    shard: ColumnElement[int] = func.coalesce(AnswerRow.guild_id, 0) // _IN_A_MILLISECOND % share.count
    return shard.in_(sorted(share.shards))


def belongs_to_own(share: Share, answer_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Of a row that belongs to an answer."""
    if share.is_whole:
        return true()
    return answer_id.in_(select(AnswerRow.id).where(is_own(share)))
