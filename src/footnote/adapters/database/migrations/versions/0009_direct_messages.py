"""Whether a server lets its members be answered in direct messages."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("guilds", sa.Column("direct_messages", sa.Boolean()))
