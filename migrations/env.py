"""How migrations run, on SQLite and on PostgreSQL.

SQLite changes a table by making it anew. With foreign keys enforced, dropping the old one would
delete what hangs on it, so they are off while a migration runs and checked before it is kept.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import text

from app.database import Base

target = current_app.extensions["migrate"].db


def _compared(name: str | None, kind: str, parents: object) -> bool:
    # The full-text index keeps tables of its own, which no model describes.
    return not (kind == "table" and name is not None and "_fts" in name)


def run() -> None:
    """Bring the database to the version that was asked for."""
    engine = target.engine
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(writing=True) as connection:
        if is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            include_name=_compared,
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                connection.rollback()
                raise RuntimeError(f"the migration would leave {len(broken)} rows pointing to nothing")
        connection.commit()
        if is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.exec_driver_sql("BEGIN")


run()
