"""Uploads: what is said of a file while it is still on its way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing was said before."""
    with op.batch_alter_table("upload") as table:
        table.add_column(sa.Column("told", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("upload") as table:
        table.alter_column("told", server_default=None)


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("upload") as table:
        table.drop_column("told")
