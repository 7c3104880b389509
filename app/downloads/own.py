"""What this room keeps of a media user: told as plain values, and forgotten.

The log keeps that somebody of an organisation took something, because whoever holds a part that turns out to be wrong
has to be told; but not who it was.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from app import clock
from app.database import db
from app.downloads.models import Download, IntervalNoticeTo, PartRequest
from app.media_users.belongings import belongs


def _requests(account_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(PartRequest).where(PartRequest.account_id == account_id).order_by(PartRequest.id)
    )
    return [
        {
            "of": row.part.told.get("title", ""),
            "in": row.part.in_frame,
            "out": row.part.out_frame,
            "mode": row.part.mode,
            "format": row.part.format,
            "asked": row.asked_at.isoformat(),
            "conditions": row.conditions,
            "by_mail": row.wants_mail,
            "cancelled": row.cancelled_at and row.cancelled_at.isoformat(),
        }
        for row in rows
    ]


def _forget_requests(account_id: int) -> int:
    """Forget who asked; a part that nobody else wants is not kept any longer than until the next sweep."""
    db.session.execute(delete(IntervalNoticeTo).where(IntervalNoticeTo.account_id == account_id))
    rows = db.session.scalars(select(PartRequest).where(PartRequest.account_id == account_id)).all()
    for row in rows:
        part = row.part
        if all(each.account_id == account_id for each in part.requests):
            part.kept_until = clock.now()
        db.session.delete(row)
    db.session.flush()
    return len(rows)


def _downloads(account_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Download).where(Download.account_id == account_id).order_by(Download.id))
    return [
        {
            "at": row.at.isoformat(),
            "for": row.organisation,
            "text": row.edition_id,
            "version": row.revision_id,
            "what": row.rendition,
            "in": row.in_frame,
            "out": row.out_frame,
            "conditions": row.conditions,
        }
        for row in rows
    ]


def _forget_downloads(account_id: int) -> int:
    forgotten = update(Download).where(Download.account_id == account_id).values(account_id=None)
    return db.session.execute(forgotten).rowcount  # type: ignore[attr-defined]


belongs("part_requests", _l("Parts of videos asked for"), tell=_requests, forget=_forget_requests)
belongs("downloads", _l("Downloads, which stay without your name"), tell=_downloads, forget=_forget_downloads)
