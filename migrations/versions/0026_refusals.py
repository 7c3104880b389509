"""Deliveries of an issue by when they ended: what was refused lately is counted without all that went before."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the moment into the index that tells states apart."""
    op.create_index("ix_delivery_issue_id_state_ended_at", "delivery", ["issue_id", "state", "ended_at"])
    op.drop_index("ix_delivery_issue_id_state", "delivery")


def downgrade() -> None:
    """As it was."""
    op.create_index("ix_delivery_issue_id_state", "delivery", ["issue_id", "state"])
    op.drop_index("ix_delivery_issue_id_state_ended_at", "delivery")
