"""The names of a table's columns, for a cited row of it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("citations", sa.Column("columns", sa.Text(), nullable=False, server_default=""))
