"""Several processes with parts of the shards: which of them repairs a reply, and when each was last connected."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("replies", sa.Column("claimed_at", sa.DateTime(timezone=True)))
    seen = sa.table("presence", sa.column("bot_id", sa.BigInteger()), sa.column("seen_at", sa.DateTime(timezone=True)))
    rows = op.get_bind().execute(sa.select(seen)).all()
    op.drop_table("presence")
    op.create_table(
        "presence",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "shard", name="pk_presence"),
    )
    presence = sa.table(
        "presence",
        sa.column("bot_id", sa.BigInteger()),
        sa.column("shard", sa.Integer()),
        sa.column("seen_at", sa.DateTime(timezone=True)),
    )
    for row in rows:
        op.get_bind().execute(presence.insert().values(bot_id=row.bot_id, shard=0, seen_at=row.seen_at))
