"""The headings that a cited sentence stands under."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("citations", sa.Column("sections", sa.Text(), nullable=False, server_default=""))
