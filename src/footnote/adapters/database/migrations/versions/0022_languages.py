"""Which language the bot speaks in a server, where somebody has chosen one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("guilds", sa.Column("language", sa.Text()))
