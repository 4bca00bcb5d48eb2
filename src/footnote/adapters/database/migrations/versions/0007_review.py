"""Rulings, revisions, votes, receipts, who waits for an answer, how channels are reviewed, and held answers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IS_HELD = sa.text("hold = 'waiting'")


def upgrade() -> None:
    _grow_answers()
    op.add_column("claims", sa.Column("stated_by", sa.BigInteger()))
    _of_an_answer(
        "rulings",
        ["number"],
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ruling", sa.String(16), nullable=False),
        sa.Column("moderator_id", sa.BigInteger(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_an_answer(
        "revisions",
        ["revision"],
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("moderator_id", sa.BigInteger(), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("before", sa.Text(), nullable=False),
    )
    _of_an_answer(
        "votes",
        ["user_id"],
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("vote", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_an_answer(
        "waiting",
        ["user_id"],
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", _ROW_NUMBER, sa.ForeignKey("answers.id", name="fk_waiting_answered_by_answers")),
        sa.Column("told_at", sa.DateTime(timezone=True)),
    )
    _of_an_answer("receipts", [], sa.Column("body", sa.Text(), nullable=False))
    _grow_guilds()
    for name in ("before", "after"):
        op.add_column("audit", sa.Column(name, sa.Text()))
    op.add_column("audit", sa.Column("answer_id", sa.BigInteger()))


def _grow_answers() -> None:
    op.add_column("answers", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.add_column("answers", sa.Column("is_for_review", sa.Boolean(), server_default=sa.true(), nullable=False))
    for column in (
        sa.Column("revised_by", sa.BigInteger()),
        sa.Column("hold", sa.String(16)),
        sa.Column("held_until", sa.DateTime(timezone=True)),
        sa.Column("told", sa.Text()),
        sa.Column("reused_from", sa.BigInteger()),
    ):
        op.add_column("answers", column)
    op.create_index("ix_answers_held", "answers", ["held_until"], sqlite_where=_IS_HELD, postgresql_where=_IS_HELD)


def _grow_guilds() -> None:
    with op.batch_alter_table("guilds") as guilds:
        guilds.alter_column("review_channel_id", existing_type=sa.BigInteger(), nullable=True)
        guilds.alter_column("review_since", existing_type=sa.DateTime(timezone=True), nullable=True)
        guilds.add_column(sa.Column("moderator_role_id", sa.BigInteger()))
        guilds.add_column(sa.Column("digest_at", sa.DateTime(timezone=True)))
    op.create_table(
        "policies",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("cards", sa.String(16), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("at_deadline", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "channel_id", name="pk_policies"),
    )
    op.create_table(
        "ask_channels",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "channel_id", name="pk_ask_channels"),
    )


def _of_an_answer(name: str, key: list[str], *columns: sa.Column[object]) -> None:
    """A table whose rows belong to an answer; its number begins their primary key."""
    op.create_table(
        name,
        sa.Column("answer_id", _ROW_NUMBER, autoincrement=False, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("answer_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=f"fk_{name}_answer_id_answers"),
    )
