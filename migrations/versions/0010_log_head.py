"""How the log ends, so that an end that was cut off is noticed; and what its page is narrowed by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the head, at what is the last entry now, and two indexes."""
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    head = sa.table("audit_head", sa.column("id"), sa.column("entry_id"), sa.column("digest"))
    op.execute(head.insert().values(id=1, entry_id=None, digest="0" * 64))
    op.execute(
        "UPDATE audit_head SET entry_id = (SELECT max(id) FROM audit_entry), digest = (SELECT digest FROM"
        " audit_entry ORDER BY id DESC LIMIT 1) WHERE EXISTS (SELECT 1 FROM audit_entry)"
    )
    op.create_index("ix_audit_entry_account_id_id", "audit_entry", ["account_id", "id"])
    op.create_index("ix_audit_entry_verb_id", "audit_entry", ["verb", "id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_audit_entry_verb_id", "audit_entry")
    op.drop_index("ix_audit_entry_account_id_id", "audit_entry")
    op.drop_table("audit_head")
