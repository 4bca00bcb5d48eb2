"""Where and when channels are answered, and for which answers a person is called."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "ways",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("in_threads", sa.Boolean(), nullable=False),
        sa.Column("calls_people", sa.Boolean(), nullable=False),
        sa.Column("answers_posts", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("solved_tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "channel_id", name="pk_ways"),
    )
    op.add_column("answers", sa.Column("calls_people", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("answers", sa.Column("person_called_at", sa.DateTime(timezone=True)))
