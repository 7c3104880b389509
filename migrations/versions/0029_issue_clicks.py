"""How often the links of an issue were followed, day by day; no column says by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the counters."""
    op.create_table(
        "issue_click",
        sa.Column("issue_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_click_issue_id_issue"),
        sa.PrimaryKeyConstraint("issue_id", "number", "day", name="pk_issue_click"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("issue_click")
