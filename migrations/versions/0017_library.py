"""The library: masters of videos and photos, what is made of them, and which public texts show them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "master",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mimetype", sa.String(length=80), nullable=False),
        sa.Column("extension", sa.String(length=8), nullable=False),
        sa.Column("original_name", sa.String(length=255), nullable=False),
        sa.Column("technical", sa.JSON(), nullable=False),
        sa.Column("iptc", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("problem", sa.String(length=60), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name="fk_master_added_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_master"),
        sa.UniqueConstraint("sha256", name="uq_master_sha256"),
    )
    op.create_index("ix_master_state", "master", ["state", "id"])
    op.create_index("ix_master_kind", "master", ["kind", "id"])
    op.create_table(
        "rendition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("master_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("mimetype", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("problem", sa.String(length=60), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name="fk_rendition_master_id_master"),
        sa.PrimaryKeyConstraint("id", name="pk_rendition"),
        sa.UniqueConstraint("master_id", "name", name="uq_rendition_master_id_name"),
    )
    op.create_index("ix_rendition_state", "rendition", ["state", "id"])
    op.create_table(
        "public_master",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("master_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_public_master_edition_id_edition"),
        sa.PrimaryKeyConstraint("edition_id", "master_id", name="pk_public_master"),
    )
    op.create_index("ix_public_master_master_id", "public_master", ["master_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("public_master")
    op.drop_table("rendition")
    op.drop_table("master")
