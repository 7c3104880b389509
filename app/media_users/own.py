"""What this room, and those below it, keep of a media user: told as plain values, and forgotten."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select, update

from app.accounts.keys import keyed
from app.accounts.models import Account, Remembered, Session
from app.audit.models import Entry
from app.database import db
from app.media_users.belongings import belongs
from app.media_users.models import Consent
from app.proving.models import Proof


def _sessions(account_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Session).where(Session.account_id == account_id).order_by(Session.id))
    return [
        {
            "began": row.created_at.isoformat(),
            "last_seen": row.seen_at.isoformat(),
            "ended": row.ended_at and row.ended_at.isoformat(),
            "browser": row.user_agent,
            "network": row.network,
        }
        for row in rows
    ]


def _forget_sessions(account_id: int) -> int:
    db.session.execute(delete(Remembered).where(Remembered.account_id == account_id))
    return db.session.execute(delete(Session).where(Session.account_id == account_id)).rowcount  # type: ignore[attr-defined]


def _consents(account_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Consent).where(Consent.account_id == account_id).order_by(Consent.id))
    return [
        {
            "to": row.subject,
            "version": row.version,
            "text": row.text,
            "language": row.language,
            "choices": row.choices,
            "page": row.page,
            "given": row.given_at.isoformat(),
            "withdrawn": row.withdrawn_at and row.withdrawn_at.isoformat(),
        }
        for row in rows
    ]


def _forget_consents(account_id: int) -> int:
    """Leave that somebody once said yes, and a digest by which the same address is known again; no address."""
    rows = db.session.scalars(select(Consent).where(Consent.account_id == account_id)).all()
    for row in rows:
        digest = keyed("consent", row.email_key).hex()
        db.session.execute(
            update(Consent)
            .where(Consent.id == row.id)
            .values(account_id=None, email="", email_key=digest, choices={})
        )
    return len(rows)


def _proofs_of(account_id: int) -> Any:
    key = select(Account.email_key).where(Account.id == account_id).scalar_subquery()
    return or_(Proof.account_id == account_id, Proof.email_key == key)


def _proofs(account_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Proof).where(_proofs_of(account_id)).order_by(Proof.id))
    return [{"for": row.purpose, "address": row.email, "asked": row.created_at.isoformat()} for row in rows]


def _forget_proofs(account_id: int) -> int:
    return db.session.execute(delete(Proof).where(_proofs_of(account_id))).rowcount  # type: ignore[attr-defined]


def _deeds(account_id: int) -> list[dict[str, Any]]:
    """Return what the log says that this person did. It stays, without a name: nobody can take a line out of it."""
    rows = db.session.scalars(select(Entry).where(Entry.account_id == account_id).order_by(Entry.id))
    return [{"at": row.at.isoformat(), "did": row.verb, "network": row.network} for row in rows]


belongs("sessions", _l("Devices logged in, now and before"), tell=_sessions, forget=_forget_sessions)
belongs("consents", _l("Consents"), tell=_consents, forget=_forget_consents)
belongs("proofs", _l("Codes by e-mail"), tell=_proofs, forget=_forget_proofs)
belongs("log", _l("Lines of the log, which stay without your name"), tell=_deeds, forget=lambda account_id: 0)
