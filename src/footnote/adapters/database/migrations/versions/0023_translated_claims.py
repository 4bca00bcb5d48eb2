"""Claims in the language of the question, as a language model translated them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("claims", sa.Column("translation", sa.Text()))
