"""Answers with their claims and citations, verdicts, review channels, synced commands."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WITHOUT_CARD = sa.text("posted_message_id IS NOT NULL AND card_message_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("answerer", sa.Text(), nullable=False),
        sa.Column("generation", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_channel_id", sa.BigInteger(), nullable=True),
        sa.Column("posted_message_id", sa.BigInteger(), nullable=True),
        sa.Column("card_channel_id", sa.BigInteger(), nullable=True),
        sa.Column("card_message_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_posted_message_id", "answers", ["posted_message_id"])
    op.create_index(
        "ix_answers_without_card",
        "answers",
        ["guild_id", "asked_at"],
        sqlite_where=_WITHOUT_CARD,
        postgresql_where=_WITHOUT_CARD,
    )
    op.create_table(
        "claims",
        sa.Column("answer_id", _ROW_NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("support", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "position", name="pk_claims"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_claims_answer_id_answers"),
    )
    op.create_table(
        "citations",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("answer_id", _ROW_NUMBER, nullable=False),
        sa.Column("claim_position", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_citations"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_citations_answer_id_answers"),
        sa.ForeignKeyConstraint(
            ["answer_id", "claim_position"],
            ["claims.answer_id", "claims.position"],
            name="fk_citations_answer_id_claim_position_claims",
        ),
        sa.UniqueConstraint(
            "answer_id", "claim_position", "position", name="uq_citations_answer_id_claim_position_position"
        ),
    )
    op.create_table(
        "verdicts",
        sa.Column("answer_id", _ROW_NUMBER, nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("moderator_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_verdicts_answer_id_answers"),
    )
    op.create_table(
        "guilds",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("review_channel_id", sa.BigInteger(), nullable=False),
        sa.Column("review_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guilds"),
    )
    op.create_table(
        "synced_commands",
        sa.Column("scope", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_synced_commands"),
    )
