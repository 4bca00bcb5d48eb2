"""The tables. Their history is in `migrations/versions`; a test holds the two together.

answers ─┬─ claims ─── citations     of an answer
         ├─ citations                of an abstention: its nearest sentences, which belong to no claim
         ├─ verdicts                 at most one in each round of review, by primary key
         ├─ rulings                  at most one for each number of a citation, by primary key
         ├─ revisions                what it said before moderators changed it
         ├─ question_vectors         of reviewed ones, so that no start embeds their questions again
         ├─ votes                    one of each reader
         ├─ waiting                  who waits for it to be answered
         ├─ heard                    whose words helped to understand its question
         ├─ notices                  messages that mention people because of it
         └─ receipts                 how it was made
replies                           in progress: to show an answer, or waiting for one
guilds ─┬─ policies               what is reviewed and how; of one channel, or of all others (channel 0)
        ├─ ways                   where and when answers are given; by channel, as policies
        ├─ ask_channels           where questions are answered
        └─ collections            which articles channels, categories and roles are answered from
cited_articles                articles in the versions that answers cite
spending, synced_commands, audit, tombstones
build_messages, presence          what a killed process leaves behind
identity                          one row: the mark of the database
shared_index, shared_generations ─── shared_files      of an index that several processes share; never in a backup
"""

from footnote.adapters.database.tables.answers import AnswerRow, CitationRow, ClaimRow, ReceiptRow, ReplyRow
from footnote.adapters.database.tables.audit import AuditRow
from footnote.adapters.database.tables.base import Base
from footnote.adapters.database.tables.cited_articles import CitedArticleRow
from footnote.adapters.database.tables.guilds import (
    AskChannelRow,
    CollectionRow,
    GuildRow,
    PolicyRow,
    SyncedCommandsRow,
    WaysRow,
)
from footnote.adapters.database.tables.identity import IdentityRow
from footnote.adapters.database.tables.people import HeardRow, NoticeRow, TombstoneRow
from footnote.adapters.database.tables.readers import VoteRow, WaitingRow
from footnote.adapters.database.tables.reviewing import QuestionVectorRow, RevisionRow, RulingRow, VerdictRow
from footnote.adapters.database.tables.running import BuildMessageRow, PresenceRow
from footnote.adapters.database.tables.spending import SpendingRow

__all__ = [
    "AnswerRow",
    "AskChannelRow",
    "AuditRow",
    "Base",
    "BuildMessageRow",
    "CitationRow",
    "CitedArticleRow",
    "ClaimRow",
    "CollectionRow",
    "GuildRow",
    "HeardRow",
    "IdentityRow",
    "NoticeRow",
    "PolicyRow",
    "PresenceRow",
    "QuestionVectorRow",
    "ReceiptRow",
    "ReplyRow",
    "RevisionRow",
    "RulingRow",
    "SpendingRow",
    "SyncedCommandsRow",
    "TombstoneRow",
    "VerdictRow",
    "VoteRow",
    "WaitingRow",
    "WaysRow",
]
