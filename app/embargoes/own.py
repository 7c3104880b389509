"""What this room keeps of a media user: told as plain values, and forgotten."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.database import db
from app.embargoes.models import EarlyOpening
from app.media_users.belongings import belongs


def _openings(account_id: int) -> list[dict[str, Any]]:
    wanted = select(EarlyOpening).where(EarlyOpening.account_id == account_id)
    return [
        {
            "text": row.edition_id,
            "first": row.first_at.isoformat(),
            "last": row.last_at.isoformat(),
            "count": row.count,
        }
        for row in db.session.scalars(wanted.order_by(EarlyOpening.edition_id))
    ]


def _forget_openings(account_id: int) -> int:
    return db.session.execute(delete(EarlyOpening).where(EarlyOpening.account_id == account_id)).rowcount  # type: ignore[attr-defined]


belongs("early_openings", _l("Texts under embargo"), tell=_openings, forget=_forget_openings)
