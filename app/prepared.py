"""Queries that every page asks, compiled once.

Building a statement, finding its compiled form, and a session with its transaction cost ten times
what the database takes for it. The few queries behind public pages are built and compiled at their
first use, and asked on the driver's own connection, without a transaction: each answer is one
snapshot. Everything that is not a public page goes through the session as usual.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect, Engine, Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.compiler import SQLCompiler

from app.database import db

Processor = Callable[[Any], Any] | None
Row = Any  # a named tuple, with a field for each column of the statement


class Prepared:
    """A query with named values (``bindparam``), asked by ``rows(name=value)``."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[Row]:
        """Return what the database answers; raise OperationalError when it does not."""
        engine = db.engine
        compiled = self._compiled.get(engine.dialect.name)
        if compiled is None:
            compiled = self._compiled[engine.dialect.name] = _Compiled(self._statement, engine.dialect)
        with _cursor(engine, compiled.text) as cursor:
            cursor.execute(compiled.text, compiled.values(values))
            found = cursor.fetchall()
        return [compiled.row._make(values) for values in compiled.read(found)]

    def first(self, **values: Any) -> Row | None:
        """Return the first row, or None."""
        return next(iter(self.rows(**values)), None)


class _Compiled:
    """A statement in one database's dialect: its text, and how values go in and come out."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only a query can be prepared")
        self.text = str(compiled)
        self.order = compiled.positiontup
        self.fixed = dict(compiled.params)
        self.into: dict[str, Processor] = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect)
            for bound, name in compiled.bind_names.items()
        }
        columns = list(statement.selected_columns)
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self.out = [(place, read) for place, read in enumerate(readers) if read is not None]
        self.row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return ``given``, and what the statement fixes itself, as the driver takes it."""
        every = {**self.fixed, **given}
        ready = {
            name: (every[name] if process is None else process(every[name]))
            for name, process in self.into.items()
        }
        return tuple(ready[name] for name in self.order) if self.order is not None else ready

    def read(self, found: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield each row that was ``found`` as Python has it. What a join repeats is read once."""
        before: Sequence[Any] = ()
        ready: list[Any] = []
        for row in found:
            values = list(row)
            for place, read in self.out:
                written = values[place]
                values[place] = ready[place] if before and before[place] == written else read(written)
            yield values
            before, ready = row, values


@contextmanager
def _cursor(engine: Engine, text: str) -> Iterator[Any]:
    """Give a cursor of the driver's, on a connection of the pool."""
    connection = engine.raw_connection()
    is_postgresql = engine.dialect.name == "postgresql"
    try:
        if is_postgresql:  # SQLite's connections begin nothing by themselves: see app/database.py
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        cursor = connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()
        if is_postgresql:
            connection.driver_connection.autocommit = False  # type: ignore[union-attr]
    except engine.dialect.loaded_dbapi.Error as error:
        connection.invalidate()
        raise OperationalError(text, None, error) from error
    finally:
        connection.close()
