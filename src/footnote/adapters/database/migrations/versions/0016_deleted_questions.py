"""Whether the message that asked is deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("answers", sa.Column("is_question_deleted", sa.Boolean(), server_default=sa.false(), nullable=False))
