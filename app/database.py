"""The database: one for everything that is true, SQLite on one machine, PostgreSQL on many.

SQLite runs with a write-ahead log, enforced foreign keys and a busy timeout. A read that turns
into a write after somebody else wrote fails at once whatever the timeout, so transactions that
write begin as such (BEGIN IMMEDIATE): see begin_writing().
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, String, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 2  # how long a writer waits for another: the page has to answer 503 within 3 seconds

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table descends from; constraints have names, so that migrations can change them."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC on both sides. SQLite keeps it as text that sorts like the moments do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Keep fixed-width text in SQLite: 2025-12-03T14:00:00.000000Z."""
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Any) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return written(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        """Return what reads a value of the driver's: for SQLite without asking each time which database it is."""
        if dialect.name == "sqlite":
            return lambda value: None if value is None else datetime.fromisoformat(value)
        return super().result_processor(dialect, coltype)

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


class joined(FunctionElement[str]):
    """The values of a column in one text, with commas: each database has another name for it."""

    type = String()
    name = "joined"
    inherit_cache = True


class members(FunctionElement[Any]):
    """The members of the list that stands under a name in a column of JSON, a row each: ``value``, as JSON.

    members(Revision.facts, "photos").table_valued(column("value", JSON), name="photo")
    """

    name = "members"
    inherit_cache = True


class folded(FunctionElement[str]):
    """A text as searches compare it, whatever its case: SQLite's own lower() knows the letters of ASCII alone."""

    type = String()
    name = "folded"
    inherit_cache = True


@compiles(folded, "postgresql")
def _folded_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"lower({compiler.process(element.clauses, **kwargs)})"


@compiles(folded, "sqlite")
def _folded_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"folded({compiler.process(element.clauses, **kwargs)})"


@compiles(joined, "sqlite")
def _joined_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **kwargs)})"


@compiles(joined, "postgresql")
def _joined_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **kwargs)}, ',')"


@compiles(members, "sqlite")
def _members_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    whole, name = element.clauses
    return f"json_each({compiler.process(whole, **kwargs)}, '$.' || {compiler.process(name, **kwargs)})"


@compiles(members, "postgresql")
def _members_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    whole, name = element.clauses
    return f"json_array_elements({compiler.process(whole, **kwargs)} -> {compiler.process(name, **kwargs)})"


def written(moment: datetime) -> str:
    """Return ``moment`` as SQLite keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if "sqlite" not in type(connection).__module__:
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    connection.create_function("folded", 1, lambda text: text and text.lower(), deterministic=True)
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # without it INSERT OR REPLACE would get past the trigger that keeps the log
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "synchronous=NORMAL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def begin_writing(session: Session) -> None:
    """End what ``session`` was reading, and begin a transaction that writes.

    Rows read before are read again when they are next looked at.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed outside an act")
    session.rollback()
    session.connection(execution_options={"writing": True})
