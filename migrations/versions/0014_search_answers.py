"""What readers can search: answers are found by themselves, and each row by what it is and what it is filed under."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app import clock
from app.database import UtcDateTime

revision = "0014"
down_revision = "0013"
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
    """Tell the rows of a page apart, and owe what writes the index anew: rows of before lack the new words."""
    with op.batch_alter_table("search_row") as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("heading", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_constraint("uq_search_row_edition_id", type_="unique")
        batch_op.create_unique_constraint("uq_search_row_edition_id_part", ["edition_id", "part"])
    with op.batch_alter_table("search_row") as batch_op:
        batch_op.alter_column("part", existing_type=sa.String(length=80), server_default=None)
        batch_op.alter_column("heading", existing_type=sa.Text(), server_default=None)
    connection = op.get_bind()
    if connection.execute(sa.text("SELECT 1 FROM search_row")).first():
        now = clock.now()
        owed = {"name": "search.rebuild", "subject": {}, "state": "queued", "attempts": 0, "turn": 0}
        op.bulk_insert(JOB, [owed | {"wanted_at": now, "created_at": now, "is_cancel_wanted": False}])


def downgrade() -> None:
    """Leave one row for each page."""
    op.execute("DELETE FROM search_fts WHERE rowid IN (SELECT id FROM search_row WHERE part <> '')")
    op.execute("DELETE FROM search_row WHERE part <> ''")
    with op.batch_alter_table("search_row") as batch_op:
        batch_op.drop_constraint("uq_search_row_edition_id_part", type_="unique")
        batch_op.create_unique_constraint("uq_search_row_edition_id", ["edition_id"])
        batch_op.drop_column("heading")
        batch_op.drop_column("part")
