"""Who is there in this request: the one user of flask-login.

Its login manager is put in place without its init_app(): that would look at the session in every
request and in every template, public pages included, which must never depend on who reads them.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request, session
from flask_login import UserMixin, current_user
from sqlalchemy.exc import OperationalError

from app import clock, languages
from app.accounts import queries, rules, service
from app.accounts.models import Account, Session
from app.database import db
from app.extensions import login
from app.here import asked
from app.web.headers import is_desk, keep_private
from app.web.hosts import visitor_network
from app.web.kept import Visitor

HELD = "_user_id"  # where flask-login looks for it


class SignedIn(UserMixin):
    """An account in one of its browsers, and how far it has come there."""

    def __init__(
        self, account: Account, session: Session, token: str, stage: rules.Stage = rules.Stage.FULL
    ) -> None:
        self.account = account
        self.session = session
        self.stage = stage
        self._token = token

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.account.is_active

    def get_id(self) -> str:
        """Return the token that the browser holds."""
        return self._token


def anybody() -> SignedIn | None:
    """Return who has at least shown a password, or None. From here on the answer is for that person alone."""
    keep_private()
    user = current_user._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(user, SignedIn) and _come_back():
        user = current_user._get_current_object()  # type: ignore[attr-defined]
    return user if isinstance(user, SignedIn) else None


def present() -> SignedIn | None:
    """Return who is signed in, with everything that is asked of them; None for anybody else."""
    found = anybody()
    return found if found is not None and found.stage is rules.Stage.FULL else None


def begin(token: str) -> None:
    """Let this browser hold ``token``, and nothing of what it held before: no form token, no message."""
    session.clear()
    session[HELD] = token
    g.pop("_login_user", None)


def end() -> None:
    """Let this browser forget everything."""
    session.clear()
    g.pop("_login_user", None)
    g.remembered = None


def remember(token: str | None) -> None:
    """Let this browser hold ``token``, by which it is let in again after its session; None: nothing is remembered."""
    g.remembered = token


def _come_back() -> bool:
    """Let a remembered browser in again; say whether it is. The desk, where nobody is remembered, does not ask."""
    token = request.cookies.get(current_app.config["REMEMBERED_COOKIE"])
    if not token or is_desk(request.path) or "remembered" in g:
        return False
    back = service.come_back(token, network=visitor_network(), user_agent=request.user_agent.string)
    if back is None:
        g.remembered = None
        return False
    begin(back.session)
    if back.remembered is not None:
        g.remembered = back.remembered
    return True


def _write_cookie(response: Response) -> Response:
    """Tell the browser what it is remembered by from now on, if that has changed in this request."""
    if "remembered" not in g:
        return response
    config = current_app.config
    name, flags = (
        config["REMEMBERED_COOKIE"],
        {"secure": config["SESSION_COOKIE_SECURE"], "httponly": True, "samesite": "Lax"},
    )
    if g.remembered is not None:
        response.set_cookie(name, g.remembered, max_age=config["REMEMBER_DAYS"] * 24 * 60 * 60, **flags)
    elif name in request.cookies:
        response.delete_cookie(name, **flags)
    return response


def visitor() -> Visitor:
    """Return whose request this is, as far as the cookie tells, also when its session has ended."""
    signed_in = present()
    if signed_in is not None:
        return Visitor(signed_in.account.id, is_signed_in=True)
    held = session.get(HELD)
    found = queries.session_of(rules.token_digest(held)) if held else None
    return Visitor(found[1].id if found else None, is_signed_in=False)


def _load(token: str) -> SignedIn | None:
    """Return whom ``token`` lets in now, and note once a minute that they are there."""
    found = queries.session_of(rules.token_digest(token))
    if found is None:
        return None
    row, account = found
    now, config = clock.now(), current_app.config
    limits = {"idle_minutes": config["SESSION_IDLE_MINUTES"], "hours": config["SESSION_HOURS"]}
    if not rules.is_alive(row, account, at=now, **limits):
        return None
    stage = rules.stage(row, account, is_required=service.is_factor_required())
    if stage is rules.Stage.FULL and rules.is_seen_anew(row, at=now):
        try:
            service.note_presence(row, account)
        except OperationalError:  # somebody writes for long: reading a page must not fail for that
            db.session.rollback()
    return SignedIn(account, row, token, stage)


def _speak() -> None:
    """Let the desk speak its officer's language; before sign-in, the one asked for."""
    if not is_desk(asked().path):
        return
    signed_in = anybody()
    if signed_in is not None:
        languages.choose(signed_in.account.language)
    else:
        languages.choose(request.args.get("language", ""))


def init_presence(app: Flask) -> None:
    """Let ``app`` know who is there."""
    login.session_protection = (
        None  # it would end sessions of those who change networks; ours end by our rules
    )
    login.user_loader(_load)
    app.login_manager = login  # type: ignore[attr-defined]
    app.extensions["visitor"] = visitor
    # Before all others: whatever they refuse is said in the officer's language.
    app.before_request_funcs.setdefault(None, []).insert(0, _speak)
    app.after_request(_write_cookie)
