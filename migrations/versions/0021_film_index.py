"""How a film can be cut, and how a part was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; parts of before tell nothing."""
    op.create_table(
        "film_index",
        sa.Column("master_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("problem", sa.String(length=60), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name="fk_film_index_master_id_master"),
        sa.PrimaryKeyConstraint("master_id", name="pk_film_index"),
    )
    with op.batch_alter_table("part") as table:
        table.add_column(sa.Column("made", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("part") as table:
        table.alter_column("made", server_default=None)


def downgrade() -> None:
    """Take them away."""
    op.drop_column("part", "made")
    op.drop_table("film_index")
