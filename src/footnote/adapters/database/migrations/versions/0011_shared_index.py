"""An index that several processes share. Its tables outlast a backup that is restored, so they may be there already."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "shared_index",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("live", sa.Text()),
        sa.Column("builder", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_shared_index"),
        if_not_exists=True,
    )
    op.execute("INSERT INTO shared_index (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM shared_index)")
    op.create_table(
        "shared_generations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared_generations"),
        if_not_exists=True,
    )
    op.create_table(
        "shared_files",
        sa.Column("generation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "name", "part", name="pk_shared_files"),
        sa.ForeignKeyConstraint(
            ["generation"],
            ["shared_generations.id"],
            name="fk_shared_files_generation_shared_generations",
            ondelete="CASCADE",
        ),
        if_not_exists=True,
    )
