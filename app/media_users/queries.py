"""What can be asked about media users."""

from __future__ import annotations

from app.database import db
from app.media_users.models import MediaUser


def media_user(account_id: int) -> MediaUser | None:
    """Return what the office knows of the account with this id; None of an officer's."""
    return db.session.get(MediaUser, account_id)
