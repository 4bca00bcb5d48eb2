"""The texts of cited articles, each in the version that it was cited in."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "cited_articles",
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("url", sa.Text()),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", "article_id", name="pk_cited_articles"),
    )
