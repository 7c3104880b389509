"""Queries that every page asks, compiled once.

Building a statement, finding its compiled form, and a session with its transaction cost ten times
what the database takes for it. The few queries behind public pages are built and compiled at their
first use, and asked on a connection of the driver's, without a transaction: each answer is one
snapshot. Everything that is not a public page goes through the session as usual.
"""

from __future__ import annotations

import threading
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, Dialect, Engine, PoolProxiedConnection, Select
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
        self.into = {name: write for name, write in into.items() if write is not None}  # few: moments, mostly
        self.order = order
        self.fixed = self._ready(compiled.params)
        columns = list(statement.selected_columns)
        readers = [_reader(column.type, dialect) for column in columns]
        self.out = [(place, read) for place, read in enumerate(readers) if read is not None]
        self.row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return ``given``, and what the statement fixes itself, as the driver takes it."""
        every = {**self.fixed, **self._ready(given)}
        return every if self.order is None else [every[name] for name in self.order]

    def _ready(self, given: Mapping[str, Any]) -> dict[str, Any]:
        into = self.into
        return {name: into[name](value) if name in into else value for name, value in given.items()}

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


class _Held(threading.local):
    """This thread's own connection to each SQLite file: to borrow one of the pool takes as long as to ask it."""

    def __init__(self) -> None:
        self.of: WeakKeyDictionary[Engine, PoolProxiedConnection] = WeakKeyDictionary()


_held = _Held()


def _answer(engine: Engine, text: str, values: Any) -> list[Any]:
    """Return what the driver answers."""
    ask = _ask_file if engine.dialect.name == "sqlite" else _ask_server
    try:
        return ask(engine, text, values)
    except engine.dialect.loaded_dbapi.Error as error:
        raise OperationalError(text, None, error) from error


def _ask_file(engine: Engine, text: str, values: Any) -> list[Any]:
    connection = _held.of.get(engine)
    if connection is None:
        connection = _held.of[engine] = engine.raw_connection()
        connection.detach()
    driver: Any = connection.dbapi_connection
    try:
        return driver.execute(text, values).fetchall()
    except BaseException:
        del _held.of[engine]
        connection.close()
        raise


def _ask_server(engine: Engine, text: str, values: Any) -> list[Any]:
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    try:
        driver.autocommit = True
        found = driver.execute(text, values).fetchall()
        driver.autocommit = False
    except BaseException:
        connection.invalidate()
        raise
    finally:
        connection.close()
    return found
