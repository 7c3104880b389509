"""What can be done later: each room's jobs and due-finders, registered where they are written."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Work:
    """A kind of job: its name, the function that does it, and the ids that this function asks for.

    ``attempts`` is how many tries it gets before it is parked; None means JOB_ATTEMPTS. ``is_urgent``: somebody
    sits before a page and waits for it, so it has a queue and a thread of its own. ``is_heavy``: it keeps a core
    busy for minutes, so it has a queue of its own with as many threads as there are cores for it.
    """

    name: str
    do: Callable[..., Any]
    attempts: int | None
    needs: frozenset[str]
    takes: frozenset[str]
    is_urgent: bool = False
    is_heavy: bool = False

    @property
    def lane(self) -> str:
        """The queue in which it waits: "", "urgent" or "heavy"."""
        return "urgent" if self.is_urgent else "heavy" if self.is_heavy else ""

    def pick(self, ids: dict[str, Any]) -> dict[str, Any]:
        """Return those of ``ids`` that the function asks for; raise TypeError when it misses one."""
        if missing := self.needs - ids.keys():
            raise TypeError(f"{self.name} needs to know its {', '.join(sorted(missing))}")
        return {name: value for name, value in ids.items() if name in self.takes}


JOBS: dict[str, Work] = {}
FINDERS: dict[str, Callable[[], Any]] = {}


def job(
    name: str, *, attempts: int | None = None, is_urgent: bool = False, is_heavy: bool = False
) -> Callable[[F], F]:
    """Register a function as the job ``name`` ("search.index").

    The function is given a Progress, then the ids of what it is about as keyword arguments. It may
    be called again for work that was done already or half done, and has to find out by itself.
    """

    def register(do: F) -> F:
        first, *others = inspect.signature(do).parameters.values()
        if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in others):
            raise TypeError(f"{name}: after {first.name} a job takes keyword arguments only")
        needs = frozenset(parameter.name for parameter in others if parameter.default is parameter.empty)
        takes = frozenset(parameter.name for parameter in others)
        _put(JOBS, name, Work(name, do, attempts, needs, takes, is_urgent, is_heavy), do)
        return do

    return register


def sweeps(find: F) -> F:
    """Register ``find``, which the sweep calls every few seconds to do what has come due.

    It looks before it writes, as there is mostly nothing to do, and bears being called by several
    workers at once. What it raises is logged and stops no other.
    """
    _put(FINDERS, f"{find.__module__}.{find.__qualname__}", find, find)
    return find


def _put(table: dict[str, Any], name: str, entry: Any, function: Callable[..., Any]) -> None:
    known = table.get(name)
    if known is not None and _place(getattr(known, "do", known)) != _place(function):
        raise ValueError(f"there is a {name} already")
    table[name] = entry


def _place(function: Callable[..., Any]) -> tuple[str, str]:
    return function.__module__, function.__qualname__
