"""What an office needs around a text: shared facts, versions that readers saw, urgency, waivers, mentions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOTHING = sa.text("'{}'")
NONE_OF_THEM = sa.text("'[]'")
EMPTY = sa.text("''")


def upgrade() -> None:
    """Add the columns and the tables; what readers see now is the first version that they saw."""
    with op.batch_alter_table("contact") as batch_op:
        batch_op.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default=NONE_OF_THEM))
        batch_op.add_column(sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(sa.Column("together", sa.JSON(), nullable=False, server_default=NONE_OF_THEM))
        batch_op.add_column(sa.Column("subject_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_item_subject_id_topic", "topic", ["subject_id"], ["id"])
        batch_op.create_unique_constraint("uq_item_subject_id", ["subject_id"])
    with op.batch_alter_table("edition") as batch_op:
        batch_op.add_column(sa.Column("ending", sa.String(length=10), nullable=False, server_default=EMPTY))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("starts_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("ends_at", UtcDateTime(), nullable=True))
        batch_op.create_foreign_key("fk_edition_merged_into_id_item", "item", ["merged_into_id"], ["id"])
        batch_op.create_index("ix_edition_coming", ["type", "language", "starts_at", "id"])
    with op.batch_alter_table("revision") as batch_op:
        batch_op.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default=NOTHING))
        batch_op.add_column(
            sa.Column("milestone", sa.String(length=80), nullable=False, server_default=EMPTY)
        )
        batch_op.add_column(sa.Column("is_autosave", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("source_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_revision_source_id_revision", "revision", ["source_id"], ["id"])
    with op.batch_alter_table("filing") as batch_op:
        batch_op.add_column(
            sa.Column("type", sa.String(length=20), nullable=False, server_default=sa.text("'release'"))
        )
        batch_op.drop_index("ix_filing_newest")
        batch_op.create_index(
            "ix_filing_newest", ["topic_id", "type", "language", "public_from", "edition_id"]
        )
    op.execute("UPDATE edition SET ending = 'removed' WHERE withdrawn_at IS NOT NULL")
    _new_tables()
    op.execute(
        "INSERT INTO publication (edition_id, revision_id, kind, note, at)"
        " SELECT id, public_revision_id, 'first', '', first_public_at FROM edition"
        " WHERE first_public_at IS NOT NULL AND public_revision_id IS NOT NULL"
    )


def _new_tables() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_publication_by_id_account"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_publication_edition_id_edition"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_publication_revision_id_revision"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    with op.batch_alter_table("publication") as batch_op:
        batch_op.create_index("ix_publication_edition_id_at", ["edition_id", "at", "id"])
    op.create_table(
        "urgency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_urgency_by_id_account"),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name="fk_urgency_closed_by_id_account"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_urgency_edition_id_edition"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_urgency_revision_id_revision"),
        sa.PrimaryKeyConstraint("id", name="pk_urgency"),
    )
    with op.batch_alter_table("urgency") as batch_op:
        batch_op.create_index("ix_urgency_edition_id", ["edition_id"])
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_waiver_by_id_account"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_waiver_edition_id_edition"),
        sa.PrimaryKeyConstraint("id", name="pk_waiver"),
        sa.UniqueConstraint("edition_id", "key", name="uq_waiver_edition_id_key"),
    )
    op.create_table(
        "mention",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_mention_edition_id_edition"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_mention_item_id_item"),
        sa.PrimaryKeyConstraint("edition_id", "item_id", name="pk_mention"),
    )
    with op.batch_alter_table("mention") as batch_op:
        batch_op.create_index("ix_mention_item_id", ["item_id"])


def downgrade() -> None:
    """Take them away."""
    for table in ("mention", "waiver", "urgency", "publication"):
        op.drop_table(table)
    with op.batch_alter_table("filing") as batch_op:
        batch_op.drop_index("ix_filing_newest")
        batch_op.drop_column("type")
        batch_op.create_index("ix_filing_newest", ["topic_id", "language", "public_from", "edition_id"])
    with op.batch_alter_table("revision") as batch_op:
        batch_op.drop_constraint("fk_revision_source_id_revision", type_="foreignkey")
        for column in ("source_id", "is_autosave", "milestone", "facts"):
            batch_op.drop_column(column)
    with op.batch_alter_table("edition") as batch_op:
        batch_op.drop_index("ix_edition_coming")
        batch_op.drop_constraint("fk_edition_merged_into_id_item", type_="foreignkey")
        for column in ("ends_at", "starts_at", "merged_into_id", "ending"):
            batch_op.drop_column(column)
    with op.batch_alter_table("item") as batch_op:
        batch_op.drop_constraint("uq_item_subject_id", type_="unique")
        batch_op.drop_constraint("fk_item_subject_id_topic", type_="foreignkey")
        for column in ("subject_id", "together"):
            batch_op.drop_column(column)
    with op.batch_alter_table("contact") as batch_op:
        for column in ("is_listed", "languages"):
            batch_op.drop_column(column)
