"""What moderators changed is found in the order of time."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_index("ix_verdicts_decided_at", "verdicts", ["decision", "decided_at", "answer_id"])
    op.create_index("ix_rulings_ruled_at", "rulings", ["ruling", "ruled_at", "answer_id"])
    op.create_index("ix_revisions_revised_at", "revisions", ["revised_at", "answer_id"])
