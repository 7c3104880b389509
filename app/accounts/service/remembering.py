"""Remembering a browser: it is let in again after its session, by a token that is used once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select, update

from app import clock
from app.accounts import queries, rules
from app.accounts.models import Account, Remembered, Session
from app.accounts.service.signing import TOKEN_BYTES, new_session
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce


class Back(NamedTuple):
    """What a browser holds from now on: its session's token, and the next to come back by (None: it has that one)."""

    session: str
    remembered: str | None


@act
def remember(session_token: str) -> str | None:
    """Remember the browser of a session that has just begun, and return the token to come back by.

    None for an officer, who signs in by password and second factor each time.
    """
    session, account = queries.session_of(rules.token_digest(session_token)) or (None, None)
    if session is None or account is None or account.roles:
        return None
    return _keep(account, session.id, family=secrets.token_hex(16))


@act
def come_back(token: str, *, network: str, user_agent: str) -> Back | None:
    """Open another session for the browser that holds ``token``; None if it is not remembered (any more).

    A token that was replaced more than half a minute ago is in two hands: both lose it, with the sessions that came
    of it, and the owner of the account is told.
    """
    found, now = queries.remembered(rules.token_digest(token)), clock.now()
    if found is None or found.ended_at is not None:
        return None
    account = queries.by_id(found.account_id)
    is_over = now >= found.made_at + timedelta(days=current_app.config["REMEMBER_DAYS"])
    if account is None or not account.is_active or account.roles or is_over:
        found.ended_at = now
        return None
    if found.replaced_at is None:
        found.replaced_at = now
        _end_session(found.session_id)
        session = new_session(account, network=network, user_agent=user_agent)
        return Back(session, _keep(account, queries.session_id(session), family=found.family))
    if now <= found.replaced_at + rules.SAME_BROWSER:  # it asked twice at once, and has the next one already
        session = new_session(account, network=network, user_agent=user_agent)
        _keep(account, queries.session_id(session), family=found.family, is_held=False)
        return Back(session, None)
    _end_family(found.family)
    entry = record(None, "ended copied browser", account)
    announce("account.browser_copied", entry=entry.id)
    return None


def _keep(account: Account, session_id: int, *, family: str, is_held: bool = True) -> str:
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    db.session.add(
        Remembered(
            account_id=account.id,
            family=family,
            token_digest=rules.token_digest(token),
            session_id=session_id,
            made_at=now,
            replaced_at=None if is_held else now,
        )
    )
    return token


def _end_session(session_id: int) -> None:
    living = update(Session).where(Session.id == session_id, Session.ended_at.is_(None))
    db.session.execute(living.values(ended_at=clock.now()))


def _end_family(family: str) -> None:
    now, of_family = clock.now(), Remembered.family == family
    opened = select(Remembered.session_id).where(of_family)
    db.session.execute(
        update(Session).where(Session.id.in_(opened), Session.ended_at.is_(None)).values(ended_at=now)
    )
    db.session.execute(
        update(Remembered).where(of_family, Remembered.ended_at.is_(None)).values(ended_at=now)
    )
