"""Queries that every page asks, compiled once.

Building a statement, finding its compiled form, and a session with its transaction cost ten times
what the database takes for it. The few queries behind public pages are built and compiled at their
first use, and asked on the driver's own connection, without a transaction: each answer is one
snapshot. Everything that is not a public page goes through the session as usual.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Dialect, Engine, Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

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
        found = _answer(engine, compiled.text, compiled.values(values))
        return [compiled.row(*values) for values in compiled.read(found)]

    def first(self, **values: Any) -> Row | None:
        """Return the first row, or None."""
        return next(iter(self.rows(**values)), None)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Processor:
    """Return what reads a value of the driver's, None if it is ready as it comes."""
    read = kind.dialect_impl(dialect).result_processor(dialect, None)
    # The same few texts stand in every list, and rows are for reading: nobody changes what they hold.
    return lru_cache(1000)(read) if read is not None and isinstance(kind, JSON) else read


class _Compiled:
    """A statement in one database's dialect: its text, and how values go in and come out."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("only a query can be prepared")
        self.text = str(compiled)
        order = compiled.positiontup
        into: dict[str, Processor] = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect)
            for bound, name in compiled.bind_names.items()
        }
        self.fixed = dict(compiled.params)
        self.is_positional = order is not None
        self.into = [(name, into[name]) for name in (into if order is None else order)]
        columns = list(statement.selected_columns)
        readers = [_reader(column.type, dialect) for column in columns]
        self.out = [(place, read) for place, read in enumerate(readers) if read is not None]
        self.row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return ``given``, and what the statement fixes itself, as the driver takes it."""
        every = {**self.fixed, **given}
        ready = [every[name] if write is None else write(every[name]) for name, write in self.into]
        return ready if self.is_positional else dict(zip((name for name, _ in self.into), ready, strict=True))

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


def _answer(engine: Engine, text: str, values: Any) -> list[Any]:
    """Return what the driver answers on a connection of the pool."""
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    is_postgresql = engine.dialect.name == "postgresql"
    try:
        if is_postgresql:  # SQLite's connections begin nothing by themselves: see app/database.py
            driver.autocommit = True
        found = driver.execute(text, values).fetchall()
        if is_postgresql:
            driver.autocommit = False
    except engine.dialect.loaded_dbapi.Error as error:
        connection.invalidate()
        raise OperationalError(text, None, error) from error
    finally:
        connection.close()
    return found
