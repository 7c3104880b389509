"""The newsroom's database put back as it was at a moment that was kept: after the migration, or after a scene.

Thousands of tests begin like that, so each database does what costs it least: SQLite overwrites its pages
with those of a copy in memory, PostgreSQL deletes rows and inserts those that it set aside.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Hashable
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import Engine


class States(Protocol):
    """A database whose states are kept by name."""

    def keep(self, name: Hashable) -> None:
        """Remember what the database holds now."""

    def put_back(self, name: Hashable) -> None:
        """Make the database hold what it held at ``keep(name)``."""


def states_of(engine: Engine) -> States:
    """Return what keeps the states of the database behind ``engine``."""
    if engine.dialect.name == "sqlite":
        return Pages(Path(engine.url.database or ""))
    return _Rows(engine.url.set(drivername="postgresql").render_as_string(hide_password=False))


class Pages:
    """SQLite: whole copies in memory, written over the file whoever has it open."""

    def __init__(self, path: Path) -> None:
        # Stays open: who closes a database last writes its log back into the file, and waits for the disk.
        self._file = sqlite3.connect(path, check_same_thread=False)
        self._file.execute("PRAGMA synchronous=OFF")
        self._copies: dict[Hashable, sqlite3.Connection] = {}
        self._is_now: tuple[Hashable, int] | None = None

    def keep(self, name: Hashable) -> None:
        self._copies[name] = sqlite3.connect(":memory:", check_same_thread=False)
        self._file.backup(self._copies[name])

    def put_back(self, name: Hashable) -> None:
        if self._is_now != (name, self.version()):
            self._copies[name].backup(self._file)
            self._is_now = name, self.version()

    def drop(self, name: Hashable) -> None:
        """Forget the state ``name``."""
        self._copies.pop(name).close()

    def version(self) -> int:
        """Return a number that changes whenever somebody else has written."""
        return self._file.execute("PRAGMA data_version").fetchone()[0]


class _Rows:
    """PostgreSQL: rows set aside in a schema of their own, and one function that puts them back.

    TRUNCATE makes new files for each of the tables and indexes, however little they hold: it costs
    twenty times as much as deleting the few rows of a test. So it only comes now and then, to sweep up
    the dead rows that deleting leaves.
    """

    SWEPT_EVERY = 200

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._put_back = 0
        self._numbers = itertools.count()
        self._places: dict[Hashable, str] = {}
        tables = (
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
        )
        self._tables = [name for (name,) in self._connection.execute(tables, ("alembic_version",))]

    def keep(self, name: Hashable) -> None:
        place = self._places[name] = f"kept_{next(self._numbers)}"
        steps = [f"DELETE FROM public.{table};" for table in self._tables]
        self._connection.execute(f"CREATE SCHEMA {place}")
        for table in self._tables:
            if self._connection.execute(f"SELECT 1 FROM public.{table} LIMIT 1").fetchone():
                self._connection.execute(f"CREATE TABLE {place}.{table} AS TABLE public.{table}")
                steps.append(f"INSERT INTO public.{table} SELECT * FROM {place}.{table};")
        counters = "SELECT quote_ident(sequencename), start_value, last_value FROM pg_sequences"
        for counter, start, last in self._connection.execute(f"{counters} WHERE schemaname = 'public'"):
            was_used = last is not None
            steps.append(f"PERFORM setval('public.{counter}', {last if was_used else start}, {was_used});")
        # As a replica does it: no trigger keeps the log from being deleted, and no key asks for an order.
        self._connection.execute(
            f"CREATE FUNCTION {place}.put_back() RETURNS void LANGUAGE plpgsql"
            f" SET session_replication_role = replica AS $$ BEGIN {' '.join(steps)} END $$"
        )

    def put_back(self, name: Hashable) -> None:
        self._put_back += 1
        if self._put_back % self.SWEPT_EVERY == 0:
            self._connection.execute(f"TRUNCATE {', '.join(self._tables)}")
        self._connection.execute(f"SELECT {self._places[name]}.put_back()")
