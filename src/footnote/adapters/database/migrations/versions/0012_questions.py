"""What answers reply to and go on from, who waits for a command's reply, and what a killed process leaves behind."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("answers", sa.Column("question_id", sa.BigInteger()))
    op.add_column("answers", sa.Column("follows", sa.BigInteger()))
    op.add_column("answers", sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_answers_question_id", "answers", ["question_id"])
    op.add_column("replies", sa.Column("asker_id", sa.BigInteger()))
    op.create_table(
        "build_messages",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_build_messages"),
    )
    op.create_table(
        "presence",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name="pk_presence"),
    )
