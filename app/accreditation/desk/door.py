"""The door of the pages about media accounts."""

from __future__ import annotations

from flask import Blueprint, abort

from app.accounts.models import Account
from app.accreditation import queries
from app.media_users.models import MediaUser

desk = Blueprint("accreditation", __name__, url_prefix="/desk/media-accounts")


def person_of(account_id: int) -> tuple[MediaUser, Account]:
    """Return a media user and their account, or answer that there is none."""
    user = queries.media_user(account_id)
    if user is None:
        abort(404)
    return user, user.account
