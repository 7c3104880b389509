"""What can be asked about uploads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Account
from app.database import db
from app.jobs import queries as jobs
from app.jobs.ledger import State
from app.library.models import Master
from app.library.uploads.models import Upload, UploadState

SHOWN = 50


def by_id(upload_id: int) -> Upload | None:
    """Return the upload with this number, or None."""
    return db.session.get(Upload, upload_id)


def mine(key: str, account: Account) -> Upload | None:
    """Return the upload with this ``key`` if it is ``account``'s, or None: nobody learns of others'."""
    return db.session.scalar(select(Upload).where(Upload.key == key, Upload.account_id == account.id))


def of_account(account: Account) -> Sequence[Upload]:
    """Return the uploads of ``account``, the last first, with what became of them."""
    return db.session.scalars(
        select(Upload)
        .where(Upload.account_id == account.id)
        .options(selectinload(Upload.master).selectinload(Master.renditions))
        .order_by(Upload.id.desc())
        .limit(SHOWN)
    ).all()


def open_ones(account: Account) -> int:
    """Return how many uploads of ``account`` are still coming."""
    return (
        db.session.scalar(
            select(func.count(Upload.id)).where(
                Upload.account_id == account.id, Upload.state == UploadState.RECEIVING
            )
        )
        or 0
    )


def owed_bytes() -> int:
    """Return how much is still to come of all uploads: that room of the disk is spoken for."""
    return (
        db.session.scalar(
            select(func.sum(Upload.size_bytes - Upload.received_bytes)).where(
                Upload.state == UploadState.RECEIVING
            )
        )
        or 0
    )


def master_of(sha256: str) -> Master | None:
    """Return the master with this content, or None."""
    return db.session.scalar(select(Master).where(Master.sha256 == sha256))


def told(master_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return, by id, what was said of these masters while they were on their way; the last time, of several."""
    rows = db.session.execute(
        select(Upload.master_id, Upload.told).where(Upload.master_id.in_(master_ids)).order_by(Upload.id)
    )
    return {row.master_id: row.told for row in rows if row.master_id and row.told}


def over(at: datetime) -> Sequence[Upload]:
    """Return uploads whose time is over: given up by who sent them, or ended long ago."""
    return db.session.scalars(
        select(Upload)
        .where(Upload.expires_at <= at, Upload.state != UploadState.RECEIVED)
        .order_by(Upload.id)
        .limit(100)
    ).all()


def abandoned(job: str, since: datetime) -> list[tuple[int, int]]:
    """Return the uploads that came whole and wait, whose ``job`` nobody owes, each with the last one that did.

    That is 0 where there was none, or it is forgotten. What failed for good after ``since`` is left alone.
    """
    left = db.session.scalars(
        select(Upload.id).where(Upload.state == UploadState.RECEIVED).order_by(Upload.id).limit(200)
    ).all()
    if not left:
        return []
    last = jobs.latest(job, "upload_id", left)
    return [
        (upload_id, row.id if row else 0)
        for upload_id in left
        if (row := last.get(upload_id)) is None or _is_over(row, since)
    ]


def _is_over(job: Row[Any], since: datetime) -> bool:
    if job.state == State.FAILED:
        return job.finished_at is None or job.finished_at <= since
    return job.state in (State.DONE, State.CANCELLED)


def unknown_among(names: Sequence[str]) -> set[str]:
    """Return those of these names of files in the staging folder that no upload has."""
    keys = set(db.session.scalars(select(Upload.key)))
    return {name for name in names if Path(name).stem not in keys}
