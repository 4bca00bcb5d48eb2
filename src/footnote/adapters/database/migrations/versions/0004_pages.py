"""The page that a cited sentence stands on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("citations", sa.Column("page", sa.Integer(), nullable=True))
