"""Media accounts: proofs of addresses and their codes, registrations, media users, groups, consents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "media_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("admits_by_domain", sa.Boolean(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_media_group"),
        sa.UniqueConstraint("key", name="uq_media_group_key"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_consent_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    with op.batch_alter_table("consent") as batch_op:
        batch_op.create_index("ix_consent_account_id", ["account_id"])
        batch_op.create_index("ix_consent_email_key", ["email_key"])

    op.create_table(
        "media_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_media_membership_account_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name="fk_media_membership_decided_by_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["media_group.id"], name="fk_media_membership_group_id_media_group"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_media_membership"),
        sa.UniqueConstraint("group_id", "account_id", name="uq_media_membership_group_id_account_id"),
    )
    with op.batch_alter_table("media_membership") as batch_op:
        batch_op.create_index("ix_media_membership_account_id", ["account_id"])
        batch_op.create_index("ix_media_membership_state_asked_at", ["state", "asked_at"])

    op.create_table(
        "media_user",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("conditions", sa.String(length=20), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("suspended_at", UtcDateTime(), nullable=True),
        sa.Column("suspension_reason", sa.Text(), nullable=False),
        sa.Column("leaving_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_media_user_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", name="pk_media_user"),
    )
    with op.batch_alter_table("media_user") as batch_op:
        batch_op.create_index("ix_media_user_country", ["country"])
        batch_op.create_index("ix_media_user_newest", ["confirmed_at", "account_id"])
        batch_op.create_index("ix_media_user_suspended_at", ["suspended_at"])
        batch_op.create_index("ix_media_user_leaving_at", ["leaving_at"])

    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("back", sa.String(length=2000), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_proof_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_proof"),
        sa.UniqueConstraint("token_digest", name="uq_proof_token_digest"),
    )
    with op.batch_alter_table("proof") as batch_op:
        batch_op.create_index("ix_proof_account_id", ["account_id"])
        batch_op.create_index("ix_proof_created_at", ["created_at"])
        batch_op.create_index("ix_proof_email_key", ["email_key"])

    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("key_digest", sa.String(length=64), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("mail_state", sa.String(length=10), nullable=False),
        sa.Column("mail_at", UtcDateTime(), nullable=False),
        sa.Column("mail_code", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["proof.id"], name="fk_code_proof_id_proof", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_code"),
        sa.UniqueConstraint("key_digest", name="uq_code_key_digest"),
        sa.UniqueConstraint("proof_id", "number", name="uq_code_proof_id_number"),
    )
    op.create_table(
        "registration",
        sa.Column("proof_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=160), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("conditions", sa.String(length=20), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["proof.id"], name="fk_registration_proof_id_proof", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proof_id", name="pk_registration"),
    )
    op.create_table(
        "remembered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=32), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_remembered_account_id_account"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_remembered_session_id_session"),
        sa.PrimaryKeyConstraint("id", name="pk_remembered"),
        sa.UniqueConstraint("token_digest", name="uq_remembered_token_digest"),
    )
    with op.batch_alter_table("remembered") as batch_op:
        batch_op.create_index("ix_remembered_account_id", ["account_id"])
        batch_op.create_index("ix_remembered_family", ["family"])

    op.create_table(
        "embargo_access",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_embargo_access_edition_id_edition"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["media_group.id"], name="fk_embargo_access_group_id_media_group"
        ),
        sa.PrimaryKeyConstraint("edition_id", "group_id", name="pk_embargo_access"),
    )
    with op.batch_alter_table("embargo_access") as batch_op:
        batch_op.create_index("ix_embargo_access_group_id", ["group_id"])
    op.add_column("edition", sa.Column("embargo_key", sa.String(length=32), nullable=True))
    op.create_index("ix_edition_embargo_key", "edition", ["embargo_key"], unique=True)
    op.create_table(
        "early_opening",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_early_opening_account_id_account"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_early_opening_edition_id_edition"),
        sa.PrimaryKeyConstraint("edition_id", "account_id", name="pk_early_opening"),
    )
    with op.batch_alter_table("early_opening") as batch_op:
        batch_op.create_index("ix_early_opening_account_id", ["account_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("early_opening")
    op.drop_index("ix_edition_embargo_key", "edition")
    with op.batch_alter_table("edition") as batch_op:
        batch_op.drop_column("embargo_key")
    for table in (
        "embargo_access",
        "remembered",
        "registration",
        "code",
        "proof",
        "media_user",
        "media_membership",
        "consent",
        "media_group",
    ):
        op.drop_table(table)
