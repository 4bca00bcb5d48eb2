"""The vectors of reviewed questions, and answers by what they repeat."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REPEATS = sa.text("reused_from IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "question_vectors",
        sa.Column("answer_id", _ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_question_vectors"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_question_vectors_answer_id_answers"),
    )
    op.create_index(
        "ix_answers_reused_from", "answers", ["reused_from"], sqlite_where=_REPEATS, postgresql_where=_REPEATS
    )
