"""Whom a page of an account is for. One without a guard is open to everybody; the house's tests list those."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from app.accounts.guards import guarded, me
from app.web.headers import keep_private
from app.web.kept import SignInFirst


def logged_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let in whoever is logged in, officers as well; lead anybody else to the log-in page and back."""

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        keep_private()
        if me() is None:
            raise SignInFirst
        return view(*args, **kwargs)

    return guarded(asked, "logged in")
