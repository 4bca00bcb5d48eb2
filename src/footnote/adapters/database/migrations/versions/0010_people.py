"""Whose words a follow-up was understood by, messages that mention people, and who was forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("answer_id", _ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", "user_id", name="pk_heard"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_heard_answer_id_answers"),
    )
    op.create_table(
        "notices",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("answer_id", _ROW_NUMBER, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_outdated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_notices"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_notices_answer_id_answers"),
    )
    op.create_table(
        "tombstones",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_tombstones"),
    )
