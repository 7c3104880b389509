"""@act: one change, kept whole or not at all.

``grep -rn "@act"`` lists everything that this newsroom can do. Only the outermost act
opens and ends the transaction; an act called by an act joins it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.database import begin_writing, db

P = ParamSpec("P")
R = TypeVar("R")

_UNDER_WAY = "act under way"


def under_way() -> bool:
    """Whether an act is being done: what belongs to a change can only be written then."""
    return bool(db.session().info.get(_UNDER_WAY))


def act(change: Callable[P, R]) -> Callable[P, R]:
    """Make ``change`` a transaction of its own: committed when it returns, undone when it raises.

    The rows that the caller read before are read again inside the transaction: an act decides
    on what is true while nobody else can write, not on what was true when the page was opened.
    """

    @wraps(change)
    def kept_whole(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get(_UNDER_WAY):
            return change(*args, **kwargs)
        begin_writing(session)
        session.info[_UNDER_WAY] = True
        try:
            result = change(*args, **kwargs)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop(_UNDER_WAY, None)
        return result

    return kept_whole
