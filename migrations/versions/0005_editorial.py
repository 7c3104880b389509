"""Items, editions and revisions; what is public, and under which address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
        sa.UniqueConstraint("key", name="uq_topic_key"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("functions", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("key", name="uq_contact_key"),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("reference_year", sa.Integer(), nullable=True),
        sa.Column("reference_number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name="fk_item_created_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint(
            "type", "reference_year", "reference_number", name="uq_item_type_reference_year_reference_number"
        ),
    )
    op.create_table(
        "reference_counter",
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("type", "year", name="pk_reference_counter"),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("current_revision_id", sa.Integer(), nullable=True),
        sa.Column("approved_revision_id", sa.Integer(), nullable=True),
        sa.Column("public_revision_id", sa.Integer(), nullable=True),
        sa.Column("public_from", UtcDateTime(), nullable=True),
        sa.Column("public_kind", sa.String(length=20), nullable=True),
        sa.Column("path", sa.String(length=160), nullable=True),
        sa.Column("first_public_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_edition_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.UniqueConstraint("item_id", "language", name="uq_edition_item_id_language"),
        sa.UniqueConstraint("type", "language", "path", name="uq_edition_type_language_path"),
    )
    with op.batch_alter_table("edition") as batch_op:
        batch_op.create_index("ix_edition_changed_at", ["changed_at"])
        batch_op.create_index("ix_edition_newest", ["type", "language", "public_from", "id"])
        batch_op.create_index(
            "ix_edition_newest_of_kind", ["type", "language", "public_kind", "public_from", "id"]
        )
        batch_op.create_index("ix_edition_public_from", ["public_from"])
        batch_op.create_index("ix_edition_state_public_from", ["state", "public_from"])
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_revision_author_id_account"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_revision_contact_id_contact"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_revision_edition_id_edition"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("edition_id", "number", name="uq_revision_edition_id_number"),
    )
    with op.batch_alter_table("edition") as batch_op:
        for column in ("current_revision_id", "approved_revision_id", "public_revision_id"):
            batch_op.create_foreign_key(f"fk_edition_{column}_revision", "revision", [column], ["id"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_decision_by_id_account"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_decision_edition_id_edition"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_decision_revision_id_revision"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    with op.batch_alter_table("decision") as batch_op:
        batch_op.create_index("ix_decision_edition_id", ["edition_id"])
    op.create_table(
        "old_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("path", sa.String(length=160), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_old_address_edition_id_edition"),
        sa.PrimaryKeyConstraint("id", name="pk_old_address"),
        sa.UniqueConstraint("type", "language", "path", name="uq_old_address_type_language_path"),
    )
    op.create_table(
        "filing",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("public_from", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_filing_edition_id_edition"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_filing_topic_id_topic"),
        sa.PrimaryKeyConstraint("edition_id", "topic_id", name="pk_filing"),
    )
    with op.batch_alter_table("filing") as batch_op:
        batch_op.create_index("ix_filing_newest", ["topic_id", "language", "public_from", "edition_id"])
    op.create_table(
        "public_picture",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_public_picture_edition_id_edition"),
        sa.PrimaryKeyConstraint("edition_id", "picture_id", name="pk_public_picture"),
    )
    with op.batch_alter_table("public_picture") as batch_op:
        batch_op.create_index("ix_public_picture_picture_id", ["picture_id"])
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_standing"),
    )
    op.execute("INSERT INTO standing (id, version) VALUES (1, 0)")


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("edition") as batch_op:
        for column in ("current_revision_id", "approved_revision_id", "public_revision_id"):
            batch_op.drop_constraint(f"fk_edition_{column}_revision", type_="foreignkey")
    op.drop_table("standing")
    op.drop_table("public_picture")
    op.drop_table("filing")
    op.drop_table("old_address")
    op.drop_table("decision")
    op.drop_table("revision")
    op.drop_table("edition")
    op.drop_table("reference_counter")
    op.drop_table("item")
    op.drop_table("contact")
    op.drop_table("topic")
