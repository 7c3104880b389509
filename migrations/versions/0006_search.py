"""What readers can search: a row for each public edition, and the index of the words in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. Words come folded and cut, so neither database is to do that again."""
    op.create_table(
        "search_row",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_search_row_edition_id_edition"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_search_row_revision_id_revision"),
        sa.PrimaryKeyConstraint("id", name="pk_search_row"),
        sa.UniqueConstraint("edition_id", name="uq_search_row_edition_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE search_fts (rowid bigint CONSTRAINT pk_search_fts PRIMARY KEY"
            " CONSTRAINT fk_search_fts_rowid_search_row REFERENCES search_row (id) ON DELETE CASCADE,"
            " words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_fts_words ON search_fts USING gin (words)")
    else:
        # The tokenizer "ascii" parts words at spaces and leaves every other letter as it is.
        op.execute(
            "CREATE VIRTUAL TABLE search_fts"
            " USING fts5(words, tokenize = 'ascii', prefix = '3 4 5 6', detail = none, columnsize = 0)"
        )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("search_fts")
    op.drop_table("search_row")
