"""What several people do around one text: comments, assignments, who has it open, previews for outsiders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _to(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    owner, *names = columns
    return [
        sa.ForeignKeyConstraint([name], [f"{table}.id"], name=f"fk_{owner}_{name}_{table}") for name in names
    ]


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "comment",
        _id(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        *_to("edition", "comment", "edition_id"),
        *_to("revision", "comment", "revision_id"),
        *_to("comment", "comment", "thread_id"),
        *_to("account", "comment", "by_id", "resolved_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_edition_id_resolved_at", "comment", ["edition_id", "resolved_at"])
    op.create_index("ix_comment_thread_id", "comment", ["thread_id"])
    op.create_table(
        "assignment",
        _id(),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("task", sa.String(length=10), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        *_to("item", "assignment", "item_id"),
        *_to("account", "assignment", "to_id", "by_id", "closed_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_to_id_closed_at", "assignment", ["to_id", "closed_at"])
    op.create_index("ix_assignment_item_id_language", "assignment", ["item_id", "language"])
    op.create_table(
        "presence",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        *_to("edition", "presence", "edition_id"),
        *_to("account", "presence", "account_id"),
        sa.PrimaryKeyConstraint("edition_id", "account_id", name="pk_presence"),
    )
    op.create_index("ix_presence_until_at", "presence", ["until_at"])
    _previews()


def _previews() -> None:
    op.create_table(
        "preview_link",
        _id(),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        *_to("edition", "preview_link", "edition_id"),
        *_to("revision", "preview_link", "seen_id"),
        *_to("account", "preview_link", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_preview_link"),
        sa.UniqueConstraint("digest", name="uq_preview_link_digest"),
    )
    op.create_index("ix_preview_link_edition_id", "preview_link", ["edition_id"])
    op.create_table(
        "preview_opening",
        _id(),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        *_to("preview_link", "preview_opening", "link_id"),
        *_to("revision", "preview_opening", "revision_id"),
        sa.PrimaryKeyConstraint("id", name="pk_preview_opening"),
    )
    op.create_index("ix_preview_opening_link_id_at", "preview_opening", ["link_id", "at"])


def downgrade() -> None:
    """Take them away."""
    for table in ("preview_opening", "preview_link", "presence", "assignment", "comment"):
        op.drop_table(table)
