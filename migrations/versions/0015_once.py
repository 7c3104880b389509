"""Which form began an item: sent a second time, it finds what it began."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("item") as table:
        table.add_column(sa.Column("once", sa.String(length=64), nullable=True))
        table.create_unique_constraint("uq_item_once", ["once"])


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("item") as table:
        table.drop_constraint("uq_item_once", type_="unique")
        table.drop_column("once")
