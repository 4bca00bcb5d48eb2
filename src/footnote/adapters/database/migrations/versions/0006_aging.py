"""How the citations of posted answers stand, and a verdict for each round of review."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_OUTDATED = sa.text("changes <> shown_changes")


def upgrade() -> None:
    op.add_column("citations", sa.Column("standing", sa.String(16), server_default="holds", nullable=False))
    op.add_column("answers", sa.Column("checked_generation", sa.Text(), server_default="", nullable=False))
    op.add_column("answers", sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    op.add_column("answers", sa.Column("changes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("answers", sa.Column("shown_changes", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE answers SET checked_generation = generation")
    op.create_index("ix_answers_asked_at", "answers", ["asked_at", "checked_generation"])
    op.create_index("ix_answers_outdated", "answers", ["asked_at"], sqlite_where=_OUTDATED, postgresql_where=_OUTDATED)
    with op.batch_alter_table("verdicts") as verdicts:
        verdicts.add_column(sa.Column("round", sa.Integer(), server_default="1", nullable=False))
        verdicts.drop_constraint("pk_verdicts", type_="primary")
        verdicts.create_primary_key("pk_verdicts", ["answer_id", "round"])
