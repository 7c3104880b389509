"""The second factor of officers, invitations, and what was posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.database import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "posted_mail",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_posted_mail"),
    )
    with op.batch_alter_table("posted_mail") as batch_op:
        batch_op.create_index("ix_posted_mail_posted_at", ["posted_at"])
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("factor_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("session") as batch_op:
        batch_op.add_column(sa.Column("is_halfway", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("session") as batch_op:
        batch_op.alter_column(
            "is_halfway", server_default=None, existing_type=sa.Boolean(), existing_nullable=False
        )
    op.create_table(
        "second_factor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_second_factor_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_second_factor"),
        sa.UniqueConstraint("account_id", name="uq_second_factor_account_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_recovery_code_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        sa.UniqueConstraint("digest", name="uq_recovery_code_digest"),
    )
    with op.batch_alter_table("recovery_code") as batch_op:
        batch_op.create_index("ix_recovery_code_account_id", ["account_id"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("sending", sa.Integer(), nullable=False),
        sa.Column("mailed", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=True),
        sa.Column("refused_code", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_invitation_account_id_account"),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["account.id"], name="fk_invitation_invited_by_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_digest", name="uq_invitation_token_digest"),
    )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.create_index("ix_invitation_email_key", ["email_key"])
        batch_op.create_index("ix_invitation_ended_at", ["ended_at"])


def downgrade() -> None:
    """Take them away."""
    for table in ("invitation", "recovery_code", "second_factor"):
        op.drop_table(table)
    # A browser in which only the password was shown must not become one that is signed in.
    op.execute(sa.text("DELETE FROM session WHERE is_halfway"))
    with op.batch_alter_table("session") as batch_op:
        batch_op.drop_column("is_halfway")
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_column("factor_at")
    op.drop_table("posted_mail")
