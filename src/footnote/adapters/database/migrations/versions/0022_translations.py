"""Claims in the language of the question, as a language model translated them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("claims", sa.Column("translation", sa.Text()))
