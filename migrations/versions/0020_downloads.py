"""Downloads: parts that are prepared, who asked for them, what was taken, and whom the office told of a fault."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("build_key", sa.String(length=64), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("master_id", sa.Integer(), nullable=True),
        sa.Column("in_frame", sa.Integer(), nullable=False),
        sa.Column("out_frame", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("captions", sa.String(length=8), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("seconds_left", sa.Integer(), nullable=True),
        sa.Column("real_in", sa.Integer(), nullable=True),
        sa.Column("real_out", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("mimetype", sa.String(length=80), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.String(length=60), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("kept_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_part_edition_id_edition"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_part_revision_id_revision"),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name="fk_part_master_id_master"),
        sa.PrimaryKeyConstraint("id", name="pk_part"),
        sa.UniqueConstraint("build_key", name="uq_part_build_key"),
    )
    op.create_index("ix_part_edition_id", "part", ["edition_id"])
    op.create_index("ix_part_key", "part", ["key"])
    op.create_index("ix_part_state", "part", ["state", "id"])
    op.create_index("ix_part_kept_until", "part", ["state", "kept_until"])
    op.create_index("ix_part_master_id", "part", ["master_id", "in_frame"])
    op.create_table(
        "part_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.String(length=20), nullable=False),
        sa.Column("wants_mail", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name="fk_part_request_part_id_part"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_part_request_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_part_request"),
        sa.UniqueConstraint("part_id", "account_id", name="uq_part_request_part_id_account_id"),
    )
    op.create_index("ix_part_request_account_id", "part_request", ["account_id", "asked_at"])
    op.create_table(
        "download",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("master_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("rendition", sa.String(length=40), nullable=False),
        sa.Column("in_frame", sa.Integer(), nullable=True),
        sa.Column("out_frame", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_download_account_id_account"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_download_item_id_item"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_download_edition_id_edition"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_download_revision_id_revision"),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name="fk_download_master_id_master"),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name="fk_download_part_id_part"),
        sa.PrimaryKeyConstraint("id", name="pk_download"),
    )
    op.create_index("ix_download_item_id", "download", ["item_id", "at", "id"])
    op.create_index("ix_download_master_id", "download", ["master_id", "in_frame"])
    op.create_index("ix_download_account_id", "download", ["account_id", "at"])
    op.create_index("ix_download_organisation", "download", ["organisation", "at"])
    op.create_index("ix_download_part_id", "download", ["part_id"])
    op.create_table(
        "interval_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("master_id", sa.Integer(), nullable=False),
        sa.Column("in_frame", sa.Integer(), nullable=True),
        sa.Column("out_frame", sa.Integer(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_interval_notice_item_id_item"),
        sa.ForeignKeyConstraint(["master_id"], ["master.id"], name="fk_interval_notice_master_id_master"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_interval_notice_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_interval_notice"),
    )
    op.create_index("ix_interval_notice_item_id", "interval_notice", ["item_id"])
    op.create_table(
        "interval_notice_to",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["interval_notice.id"], name="fk_interval_notice_to_notice_id_interval_notice"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_interval_notice_to_account_id_account"
        ),
        sa.PrimaryKeyConstraint("notice_id", "account_id", name="pk_interval_notice_to"),
    )
    op.create_index("ix_interval_notice_to_account_id", "interval_notice_to", ["account_id"])


def downgrade() -> None:
    """Take them away."""
    for table in ("interval_notice_to", "interval_notice", "download", "part_request", "part"):
        op.drop_table(table)
