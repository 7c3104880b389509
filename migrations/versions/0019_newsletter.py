"""The newsletter: subscribers, consents that nobody changes, suppressions that nobody gets past, issues, deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

FROZEN = (
    "subscriber_id",
    "text",
    "version",
    "language",
    "page",
    "choices",
    "source",
    "asked_at",
    "import_id",
)
_CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FROZEN)
_CHANGED_PG = " OR ".join(
    f"NEW.{name}{cast} IS DISTINCT FROM OLD.{name}{cast}"
    for name in FROZEN
    for cast in ("::text" if name == "choices" else "",)
)
_ONCE = (
    "(OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at IS NULL OR NEW.confirmed_at <> OLD.confirmed_at"
    " OR NEW.how <> OLD.how))"
    " OR (OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at"
    " OR NEW.withdrawn_how <> OLD.withdrawn_how))"
)
_SUPPRESSED = (
    "NEW.state IN ('waiting', 'active', 'paused')"
    " AND EXISTS (SELECT 1 FROM suppression WHERE suppression.address_hash = NEW.address_hash)"
)
_REFUSE = (
    "UPDATE subscriber SET state = 'refused', state_at = NEW.at, paused_until = NULL"
    " WHERE address_hash = NEW.address_hash AND state IN ('waiting', 'active', 'paused')"
)
TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER newsletter_consent_kept BEFORE UPDATE ON newsletter_consent"
        f" WHEN {_CHANGED} OR {_ONCE} BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END",
        f"CREATE TRIGGER suppression_refuses AFTER INSERT ON suppression BEGIN {_REFUSE}; END",
        "CREATE TRIGGER subscriber_not_suppressed BEFORE INSERT ON subscriber"
        f" WHEN {_SUPPRESSED} BEGIN SELECT RAISE(ABORT, 'this address is suppressed'); END",
        "CREATE TRIGGER subscriber_stays_suppressed BEFORE UPDATE OF state, address_hash ON subscriber"
        f" WHEN {_SUPPRESSED} BEGIN SELECT RAISE(ABORT, 'this address is suppressed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION newsletter_consent_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_CHANGED_PG} OR {_ONCE} THEN RAISE EXCEPTION 'a consent is never changed'; END IF;"
        " RETURN NEW; END $$",
        "CREATE TRIGGER newsletter_consent_kept BEFORE UPDATE ON newsletter_consent"
        " FOR EACH ROW EXECUTE FUNCTION newsletter_consent_is_kept()",
        "CREATE FUNCTION suppression_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" {_REFUSE}; RETURN NEW; END $$",
        "CREATE TRIGGER suppression_refuses AFTER INSERT ON suppression"
        " FOR EACH ROW EXECUTE FUNCTION suppression_refuses()",
        "CREATE FUNCTION subscriber_is_not_suppressed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {_SUPPRESSED} THEN RAISE EXCEPTION 'this address is suppressed'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER subscriber_not_suppressed BEFORE INSERT OR UPDATE OF state, address_hash ON subscriber"
        " FOR EACH ROW EXECUTE FUNCTION subscriber_is_not_suppressed()",
    ),
}


def upgrade() -> None:
    """Make the tables, and what keeps them."""
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("if_missing", sa.String(length=8), nullable=False),
        sa.Column("wants_every", sa.Boolean(), nullable=False),
        sa.Column("wants_daily", sa.Boolean(), nullable=False),
        sa.Column("wants_friday", sa.Boolean(), nullable=False),
        sa.Column("wants_advisories", sa.Boolean(), nullable=False),
        sa.Column("has_all_topics", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("state_at", UtcDateTime(), nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("left_how", sa.String(length=20), nullable=False),
        sa.Column("left_reason", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
        sa.UniqueConstraint("address_hash", name="uq_subscriber_address_hash"),
        sa.UniqueConstraint("email_key", name="uq_subscriber_email_key"),
    )
    op.create_index("ix_subscriber_paused_until", "subscriber", ["paused_until"], unique=False)
    op.create_index(
        "ix_subscriber_others",
        "subscriber",
        ["state", "id"],
        unique=False,
        sqlite_where=sa.text("state <> 'active'"),
        postgresql_where=sa.text("state <> 'active'"),
    )
    op.create_index(
        "ix_subscriber_wants_advisories",
        "subscriber",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'active' AND wants_advisories = 1"),
        postgresql_where=sa.text("state = 'active' AND wants_advisories"),
    )
    op.create_index(
        "ix_subscriber_wants_daily",
        "subscriber",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'active' AND wants_daily = 1"),
        postgresql_where=sa.text("state = 'active' AND wants_daily"),
    )
    op.create_index(
        "ix_subscriber_wants_every",
        "subscriber",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'active' AND wants_every = 1"),
        postgresql_where=sa.text("state = 'active' AND wants_every"),
    )
    op.create_index(
        "ix_subscriber_wants_friday",
        "subscriber",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'active' AND wants_friday = 1"),
        postgresql_where=sa.text("state = 'active' AND wants_friday"),
    )
    op.create_table(
        "subscription_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_subscription_request"),
    )
    op.create_index("ix_subscription_request_asked_at", "subscription_request", ["asked_at"], unique=False)
    op.create_index("ix_subscription_request_email_key", "subscription_request", ["email_key"], unique=False)
    op.create_table(
        "address_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name="fk_address_change_subscriber_id_subscriber"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address_change"),
    )
    op.create_index("ix_address_change_asked_at", "address_change", ["asked_at"], unique=False)
    op.create_index("ix_address_change_email_key", "address_change", ["email_key"], unique=False)
    op.create_index("ix_address_change_subscriber_id", "address_change", ["subscriber_id"], unique=False)
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=80), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("send_at", UtcDateTime(), nullable=True),
        sa.Column("planned_until_id", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("message_host", sa.String(length=255), nullable=False),
        sa.Column("pause_reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["issue.id"], name="fk_issue_corrects_id_issue"),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name="fk_issue_created_by_id_account"),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name="fk_issue_sent_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sa.UniqueConstraint("key", name="uq_issue_key"),
        sa.UniqueConstraint("path", name="uq_issue_path"),
    )
    op.create_index("ix_issue_corrects_id", "issue", ["corrects_id"], unique=False)
    op.create_index("ix_issue_finished_at", "issue", ["finished_at"], unique=False)
    op.create_index("ix_issue_kind_id", "issue", ["kind", "id"], unique=False)
    op.create_index("ix_issue_state_send_at", "issue", ["state", "send_at"], unique=False)
    op.create_table(
        "subscriber_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("done_lines", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_subscriber_import_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber_import"),
    )
    op.create_index("ix_subscriber_import_at", "subscriber_import", ["at"], unique=False)
    op.create_table(
        "subscriber_topic",
        sa.Column("topic_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subscriber_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name="fk_subscriber_topic_subscriber_id_subscriber",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name="fk_subscriber_topic_topic_id_topic", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("topic_id", "subscriber_id", name="pk_subscriber_topic"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscriber_topic_subscriber_id", "subscriber_topic", ["subscriber_id"], unique=False)
    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=14), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_suppression_by_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_suppression"),
        sa.UniqueConstraint("address_hash", name="uq_suppression_address_hash"),
    )
    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_bounce_issue_id_issue"),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name="fk_bounce_subscriber_id_subscriber"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bounce"),
        sa.UniqueConstraint("digest", name="uq_bounce_digest"),
    )
    op.create_index("ix_bounce_issue_id", "bounce", ["issue_id"], unique=False)
    op.create_index("ix_bounce_subscriber_id_at", "bounce", ["subscriber_id", "at"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("issue_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subscriber_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("leased_by", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("repeats", sa.SmallInteger(), nullable=False),
        sa.Column("answer_code", sa.SmallInteger(), nullable=True),
        sa.Column("answer_status", sa.String(length=12), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_delivery_issue_id_issue"),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name="fk_delivery_subscriber_id_subscriber"
        ),
        sa.PrimaryKeyConstraint("issue_id", "subscriber_id", name="pk_delivery"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_delivery_issue_id_state", "delivery", ["issue_id", "state"], unique=False)
    op.create_index(
        "ix_delivery_open",
        "delivery",
        ["next_try_at", "issue_id", "subscriber_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'deferred', 'leased', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'deferred', 'leased', 'sending')"),
    )
    op.create_index("ix_delivery_subscriber_id", "delivery", ["subscriber_id"], unique=False)
    op.create_table(
        "issue_edition",
        sa.Column("issue_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("preheader", sa.String(length=300), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("rendered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_edition_issue_id_issue"),
        sa.PrimaryKeyConstraint("issue_id", "language", name="pk_issue_edition"),
    )
    op.create_table(
        "issue_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_item_issue_id_issue"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_issue_item_item_id_item"),
        sa.PrimaryKeyConstraint("id", name="pk_issue_item"),
        sa.UniqueConstraint("issue_id", "item_id", name="uq_issue_item_issue_id_item_id"),
    )
    op.create_index("ix_issue_item_issue_id", "issue_item", ["issue_id"], unique=False)
    op.create_index("ix_issue_item_item_id", "issue_item", ["item_id"], unique=False)
    op.create_table(
        "newsletter_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_how", sa.String(length=20), nullable=False),
        sa.Column("account_consent_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_consent_id"], ["consent.id"], name="fk_newsletter_consent_account_consent_id_consent"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["subscriber_import.id"], name="fk_newsletter_consent_import_id_subscriber_import"
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name="fk_newsletter_consent_subscriber_id_subscriber"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_newsletter_consent"),
        sa.UniqueConstraint("account_consent_id", name="uq_newsletter_consent_account_consent_id"),
    )
    op.create_index("ix_newsletter_consent_import_id", "newsletter_consent", ["import_id"], unique=False)
    op.create_index(
        "ix_newsletter_consent_subscriber_id", "newsletter_consent", ["subscriber_id"], unique=False
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take them away."""
    for table in (
        "newsletter_consent",
        "issue_item",
        "issue_edition",
        "delivery",
        "bounce",
        "suppression",
        "subscriber_topic",
        "subscriber_import",
        "issue",
        "address_change",
        "subscription_request",
        "subscriber",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in ("newsletter_consent_is_kept", "suppression_refuses", "subscriber_is_not_suppressed"):
            op.execute(f"DROP FUNCTION {name}()")
