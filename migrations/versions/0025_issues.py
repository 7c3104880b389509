"""Issues that are made: tests of them, and in which language each edition shows a text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "issue_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_test_issue_id_issue"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_issue_test_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_issue_test"),
    )
    op.create_index("ix_issue_test_issue_id", "issue_test", ["issue_id"])
    op.add_column("issue_item", sa.Column("languages", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """As it was."""
    op.drop_column("issue_item", "languages")
    op.drop_table("issue_test")
