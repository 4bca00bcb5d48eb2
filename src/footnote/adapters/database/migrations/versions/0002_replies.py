"""Replies that are not done yet; what a follow-up was taken to ask, and what became of drafted claims."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("answers", sa.Column("understood", sa.Text(), nullable=True))
    op.add_column("answers", sa.Column("misattributed", sa.Integer(), server_default="0", nullable=False))
    op.add_column("answers", sa.Column("unsupported", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "replies",
        sa.Column("question_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("answer_id", _ROW_NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("question_id", name="pk_replies"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_replies_answer_id_answers"),
    )
