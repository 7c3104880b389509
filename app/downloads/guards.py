"""Whom a file is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app

from app.accounts.guards import guarded, me
from app.downloads.rules import needs_account
from app.web.headers import keep_private
from app.web.kept import SignInFirst


def by_policy(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let in whoever may take the whole file ``name``, by the setting; lead others to the log-in page."""

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        keep_private()
        if needs_account(current_app.config["DOWNLOAD_POLICY"], kwargs["name"]) and me() is None:
            raise SignInFirst
        return view(*args, **kwargs)

    return guarded(asked, "by policy")
