"""What the archive of the newsletter finds an issue by: what its page says now, folded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app import clock
from app.database import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

JOB = sa.table(
    "job",
    sa.column("name", sa.String),
    sa.column("subject", sa.JSON),
    sa.column("state", sa.String),
    sa.column("attempts", sa.Integer),
    sa.column("turn", sa.Integer),
    sa.column("wanted_at", UtcDateTime()),
    sa.column("created_at", UtcDateTime()),
    sa.column("is_cancel_wanted", sa.Boolean),
)


def upgrade() -> None:
    """Keep the words apart from the mail, and owe what reads them in the issues of before."""
    op.add_column("issue_edition", sa.Column("found", sa.Text(), nullable=True))
    if op.get_bind().execute(sa.text("SELECT 1 FROM issue WHERE path IS NOT NULL")).first():
        now = clock.now()
        owed = {"name": "issues.read_archive", "subject": {}, "state": "queued", "attempts": 0, "turn": 0}
        op.bulk_insert(JOB, [owed | {"wanted_at": now, "created_at": now, "is_cancel_wanted": False}])


def downgrade() -> None:
    """Look in the mails again."""
    op.drop_column("issue_edition", "found")
