"""Whom a page is for. A page at the desk without a guard fails a test of the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort

from app.accounts.presence import anybody, present
from app.accounts.rules import RIGHTS, may
from app.web.headers import keep_private
from app.web.kept import SignInFirst

View = Callable[..., Any]


def me() -> Any:
    """Return the Account that is signed in; None on a page that asks without being guarded."""
    signed_in = present()
    return signed_in.account if signed_in else None


def guarded(view: View, by: str) -> View:
    """Mark ``view`` as guarded ``by`` a rule with that name; what wraps it later keeps the mark."""
    view._guard = by  # type: ignore[attr-defined]
    return view


def after_password(view: View) -> View:
    """Let in whoever has at least shown a password; the second factor may still be asked of them."""

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        keep_private()
        if anybody() is None:
            raise SignInFirst
        return view(*args, **kwargs)

    return guarded(asked, "after password")


def officers_only(view: View) -> View:
    """Let every officer in; lead anybody else to the sign-in page."""
    return needs("see")(view)


def needs(right: str) -> Callable[[View], View]:
    """Let in officers who have ``right`` (rules.RIGHTS); others are told that this page is not theirs.

    Raises KeyError, where it is written, for a right that there is not.
    """
    RIGHTS[right]

    def decorate(view: View) -> View:
        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            keep_private()
            account = me()
            if account is None:
                raise SignInFirst
            if not may(account, right):
                abort(403)
            return view(*args, **kwargs)

        return guarded(asked, f"needs {right}")

    return decorate
