"""Roles: an account holds one or several, instead of a step on a ladder."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BECOMES = {"author": "writer", "editor": "publisher", "administrator": "administrator"}


def upgrade() -> None:
    """Give everybody the role that may what they could."""
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("roles", sa.JSON(), nullable=False, server_default="[]"))
    account = sa.table("account", sa.column("role", sa.String()), sa.column("roles", sa.JSON()))
    for old, new in BECOMES.items():
        op.execute(account.update().where(account.c.role == old).values(roles=[new]))
    with op.batch_alter_table("account") as batch_op:
        batch_op.alter_column("roles", server_default=None, existing_type=sa.JSON(), existing_nullable=False)
        batch_op.drop_column("role")


def downgrade() -> None:
    """Put everybody back on the step that comes nearest."""
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("role", sa.String(length=20), nullable=False, server_default="author"))
    account = sa.table(
        "account",
        sa.column("id", sa.Integer()),
        sa.column("role", sa.String()),
        sa.column("roles", sa.JSON()),
    )
    for row in op.get_bind().execute(sa.select(account.c.id, account.c.roles)).all():
        held = row.roles if isinstance(row.roles, list) else json.loads(row.roles)
        role = (
            "administrator" if "administrator" in held
            else "editor" if {"reviewer", "publisher"} & set(held)
            else "author"
        )  # fmt: skip
        op.execute(account.update().where(account.c.id == row.id).values(role=role))
    with op.batch_alter_table("account") as batch_op:
        batch_op.alter_column(
            "role", server_default=None, existing_type=sa.String(length=20), existing_nullable=False
        )
        batch_op.drop_column("roles")
