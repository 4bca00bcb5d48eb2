"""The headings that a cited sentence stands under."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("citations", sa.Column("sections", sa.Text(), nullable=False, server_default=""))
