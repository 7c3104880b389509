"""What the desk finds texts by: an index of their titles and of what they are."""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

from app.text.slugs import fold

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LANGUAGES = ("fr", "en", "uk")
KNOWN = sa.text(
    "SELECT edition.item_id, edition.type, edition.state, edition.language, revision.id, revision.title,"
    " revision.place, revision.author_id, revision.topics, item.reference_year, item.reference_number"
    " FROM edition JOIN revision ON revision.id = edition.current_revision_id"
    " JOIN item ON item.id = edition.item_id"
)


def upgrade() -> None:
    """Make the index, and put in what there is. Words come folded, so neither database is to do that again."""
    with op.batch_alter_table("edition") as batch_op:
        batch_op.create_index("ix_edition_written", ["type", "current_revision_id"])
        batch_op.create_index("ix_edition_current_revision_id", ["current_revision_id"])
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute(
            "CREATE TABLE desk_fts (rowid bigint CONSTRAINT pk_desk_fts PRIMARY KEY"
            " CONSTRAINT fk_desk_fts_rowid_revision REFERENCES revision (id) ON DELETE CASCADE,"
            " words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_desk_fts_words ON desk_fts USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE desk_fts"
            " USING fts5(words, tokenize = 'ascii', prefix = '2 3 4 5 6 7 8 9 10', detail = none, columnsize = 0)"
        )
    _fill(is_postgresql)


def _mark(name: str, value: object) -> str:
    return f"§{name}·{re.sub('[^0-9a-z]', '·', str(value).lower())}"


def _fill(is_postgresql: bool) -> None:
    connection = op.get_bind()
    have: dict[int, set[str]] = {}
    for item_id, language in connection.execute(sa.text("SELECT item_id, language FROM edition")):
        have.setdefault(item_id, set()).add(language)
    keep = sa.text("INSERT INTO desk_fts (rowid, words) VALUES (:id, :words)")
    if is_postgresql:
        keep = sa.text(
            "INSERT INTO desk_fts (rowid, words) VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
        )
    for row in connection.execute(KNOWN).all():
        topics = json.loads(row.topics) if isinstance(row.topics, str) else row.topics
        reference = f"{row.reference_year} {row.reference_number}" if row.reference_number else ""
        words = [word[:40] for word in fold(f"{row.title} {reference} {row.place}").split()]
        words += [
            _mark("type", row.type), _mark("state", row.state), _mark("language", row.language),
            _mark("by", row.author_id), *(_mark("topic", key) for key in topics),
            *(_mark("no", code) for code in LANGUAGES if code not in have[row.item_id]),
        ]  # fmt: skip
        connection.execute(keep, {"id": row.id, "words": " ".join(dict.fromkeys(words))})


def downgrade() -> None:
    """Take it away."""
    op.drop_table("desk_fts")
    with op.batch_alter_table("edition") as batch_op:
        batch_op.drop_index("ix_edition_current_revision_id")
        batch_op.drop_index("ix_edition_written")
