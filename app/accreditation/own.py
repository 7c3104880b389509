"""What this room keeps of a media user: told as plain values, and forgotten."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.accreditation.models import Membership
from app.database import db
from app.media_users.belongings import belongs


def _memberships(account_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Membership).where(Membership.account_id == account_id).order_by(Membership.id)
    )
    return [
        {
            "group": row.group.names,
            "state": row.state,
            "asked": row.asked_at.isoformat(),
            "decided": row.decided_at and row.decided_at.isoformat(),
            "reason": row.reason,
        }
        for row in rows
    ]


def _forget_memberships(account_id: int) -> int:
    return db.session.execute(delete(Membership).where(Membership.account_id == account_id)).rowcount  # type: ignore[attr-defined]


belongs("memberships", _l("Groups"), tell=_memberships, forget=_forget_memberships)
