"""What many tests play first is played once in each process, and put back afterwards: ``@walked_once``.

A published release takes a hundred statements, and is how hundreds of tests begin. So the steps of tests/make.py
remember where they led: from an empty newsroom (or a scene), by the same steps with the same words at the same hour,
to the same rows. A step that was walked twice is kept; the third test that takes it gets the database as it was left.
As soon as a test does anything else, writes by itself, or replaces part of the program, steps are played again.

PostgreSQL plays them all, always: putting back costs it more, and so the builders are held to the acts that they call.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.orm import object_session

from app import clock
from app.acts import under_way
from app.database import Base, db
from tests import servers
from tests.databases import Pages

P = ParamSpec("P")
R = TypeVar("R")
IS_PLAYED = bool(servers.POSTGRES)
MOST = 250  # states in memory, of about 700 kB each


class Unsayable(Exception):
    """A value of which nobody can say whether it is the same as another."""


def said(value: Any) -> Hashable:
    """Return what ``value`` is, to be compared: rows by their key. Raises Unsayable for what is more than a value."""
    if value is None or isinstance(value, str | int | float | bytes | date | Enum):
        return type(value).__name__, value
    if isinstance(value, list | tuple):
        return type(value).__name__, *map(said, value)
    if isinstance(value, dict):
        return "dict", *((said(key), said(each)) for key, each in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, *(said(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Base) and object_session(value) is db.session() and inspect(value).persistent:
        return type(value).__name__, inspect(value).identity
    if isinstance(value, Flask):
        return "Flask", id(value)
    raise Unsayable


class Steps:
    """The steps that tests of this process have walked, and where they led."""

    def __init__(self, states: Pages, settle: Callable[[], None]) -> None:
        self._states, self._settle = states, settle
        self._walked: Counter[Hashable] = Counter()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._place: Hashable = None  # where this test is; None: somewhere of its own
        self._version = 0
        self._thread = 0

    def begin(self, place: str) -> None:
        """Say that the database is now as it always is at ``place``."""
        self._place, self._version = (place,), self._states.version()
        self._thread = threading.get_ident()

    def leave(self) -> None:
        """Play all that follows."""
        self._place = None

    def _next(self, name: str, known: Any) -> Hashable:
        """Return where the step ``name`` with the arguments ``known`` leads from here; None when nobody knows."""
        if self._place is None or self._thread != threading.get_ident():
            return None
        session = db.session()
        if (
            self._version != self._states.version()
            or under_way()
            or session.new or session.dirty or session.deleted
        ):  # fmt: skip
            return None
        try:
            return self._place, name, said(known), tuple(clock._told)
        except Unsayable:
            return None

    def walk(self, step: Callable[..., Any], args: tuple, kwargs: dict[str, Any]) -> Any:
        """Return what ``step`` returns, played or put back."""
        before, place = self._place, self._next(step.__qualname__, (args, kwargs))
        self._place = None  # while it is played, its own steps are part of it
        if place in self._kept:
            db.session.rollback()
            self._states.put_back(place)
            self._settle()
            self._kept.move_to_end(place)
            returned = _found(self._kept[place])
        else:
            returned = step(*args, **kwargs)
            if place is not None and self._states.version() == self._version:
                place = before  # it changed nothing
            elif place is not None:
                self._walked[place] += 1
                if self._walked[place] == 2:
                    self._keep(place, returned)
                elif self._walked[place] > 2:
                    place = None  # it was forgotten: what is random came out otherwise than in what followed
        if place is not None:
            self._place, self._version = place, self._states.version()
        return returned

    def _keep(self, place: Hashable, returned: Any) -> None:
        self._states.keep(place)
        is_row = isinstance(returned, Base)
        self._kept[place] = (type(returned), inspect(returned).identity) if is_row else (None, returned)
        while len(self._kept) > MOST:
            self._states.drop(self._kept.popitem(last=False)[0])


def _found(kept: tuple[Any, Any]) -> Any:
    model, known = kept
    return db.session.get(model, known) if model else known


_steps: list[Steps] = []  # those of the test that runs, if it may use them


def use(steps: Steps | None) -> None:
    """Let what follows walk by ``steps``; None: play everything."""
    _steps[:] = [steps] if steps else []


def walked_once(step: Callable[P, R]) -> Callable[P, R]:
    """Make ``step`` one that is put back where it was played before; it returns a row or a plain value."""

    @wraps(step)
    def walk(*args: P.args, **kwargs: P.kwargs) -> R:
        return _steps[0].walk(step, args, kwargs) if _steps else step(*args, **kwargs)

    return walk
