"""The media library: what is public of films and photos, in the orders of its lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "shelf_row",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("public_from", UtcDateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("master_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_shelf_row_edition_id_edition")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_shelf_row")),
    )
    op.create_index("ix_shelf_row_newest", "shelf_row", ["language", "public_from", "edition_id"])
    op.create_index(
        "ix_shelf_row_newest_of_kind", "shelf_row", ["language", "kind", "public_from", "edition_id"]
    )
    op.create_index("ix_shelf_row_longest", "shelf_row", ["language", "seconds", "edition_id"])
    op.create_index(
        "ix_shelf_row_longest_of_kind", "shelf_row", ["language", "kind", "seconds", "edition_id"]
    )
    op.create_table(
        "shelf_mark",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("public_from", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_shelf_mark_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "name", "value", name=op.f("pk_shelf_mark")),
    )
    op.create_index(
        "ix_shelf_mark_newest", "shelf_mark", ["name", "value", "language", "public_from", "edition_id"]
    )
    op.create_index("ix_shelf_mark_values", "shelf_mark", ["language", "name", "value"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("shelf_mark")
    op.drop_table("shelf_row")
