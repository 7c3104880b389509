"""What was posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "posted_mail",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_posted_mail"),
    )
    with op.batch_alter_table("posted_mail") as batch_op:
        batch_op.create_index("ix_posted_mail_posted_at", ["posted_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("posted_mail")
