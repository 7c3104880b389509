"""Migrations: up, down, up again, and equal to the models; what was kept survives them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.database import Base, db
from tests import make


def test_the_migrated_database_is_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: not (kind == "table" and "_fts" in (name or "")),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_lead_down_and_up_again(app: Flask) -> None:
    make.published()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert {table.name for table in Base.metadata.sorted_tables} <= set(inspect(db.engine).get_table_names())


def test_each_step_of_the_old_ladder_becomes_a_role_and_leads_back(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="0008-1")
    with db.engine.begin() as connection:
        for number, role in enumerate(("author", "editor", "administrator"), 1):
            connection.execute(
                text(
                    "INSERT INTO account (id, email, email_key, name, password_hash, role, language, is_active,"
                    " created_at) VALUES (:n, :role, :role, :role, '', :role, 'en', true, :at)"
                ),
                {"n": number, "role": role, "at": "2025-11-20T11:00:00.000000Z"},
            )
    upgrade(revision="0008")
    with db.engine.begin() as connection:
        roles = sa.table("account", sa.column("id"), sa.column("roles", sa.JSON()))
        held = connection.execute(sa.select(roles.c.roles).order_by(roles.c.id)).scalars().all()
        assert held == [["writer"], ["publisher"], ["administrator"]]
        connection.execute(roles.update().where(roles.c.id == 1).values(roles=["translator", "reviewer"]))
    downgrade(revision="0008-1")
    with db.engine.connect() as connection:
        steps = connection.execute(text("SELECT role FROM account ORDER BY id")).scalars().all()
        assert steps == ["editor", "editor", "administrator"]
    upgrade()
