"""Deliveries: what is open, issue by issue, and whose lease may be over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('queued', 'deferred', 'leased', 'sending')")
LEASED = sa.text("lease_until IS NOT NULL")


def upgrade() -> None:
    """Ask issue by issue: a small one is not looked for behind a large one."""
    op.drop_index("ix_delivery_open", "delivery")
    op.create_index(
        "ix_delivery_open", "delivery", ["issue_id", "next_try_at", "subscriber_id"],
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        "ix_delivery_lease_until", "delivery", ["lease_until"], sqlite_where=LEASED, postgresql_where=LEASED
    )


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_delivery_lease_until", "delivery")
    op.drop_index("ix_delivery_open", "delivery")
    op.create_index(
        "ix_delivery_open", "delivery", ["next_try_at", "issue_id", "subscriber_id"],
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
