"""The words of the house: what it does not write, and what it writes instead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "house_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("wrong", sa.String(length=80), nullable=False),
        sa.Column("instead", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_house_word"),
        sa.UniqueConstraint("language", "wrong", name="uq_house_word_language_wrong"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("house_word")
