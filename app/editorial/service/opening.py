"""Opening a text under embargo to groups of media users."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import delete

from app.accreditation.models import Group
from app.database import db
from app.editorial.models import Edition, EmbargoAccess

KEY_BYTES = 24  # 192 bits, 32 letters


def open_to(edition: Edition, groups: Sequence[Group]) -> None:
    """Let ``groups``, and no others, read ``edition`` before its hour, in the running act."""
    db.session.execute(delete(EmbargoAccess).where(EmbargoAccess.edition_id == edition.id))
    db.session.add_all(
        EmbargoAccess(edition_id=edition.id, group_id=group_id) for group_id in {group.id for group in groups}
    )
    if groups and edition.embargo_key is None:
        edition.embargo_key = secrets.token_urlsafe(KEY_BYTES)
    db.session.flush()
