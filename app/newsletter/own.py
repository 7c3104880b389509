"""What this room keeps of a media user: told as plain values.

The subscription is found by the address, which the account has proven. When the account is erased, a subscription that
is wanted stays: it is separate, as the page says on which one asks for the erasure. What is left of one that is over
goes.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.database import db
from app.media_users.belongings import belongs
from app.newsletter import queries
from app.newsletter.models import State, Subscriber
from app.newsletter.service.leaving import empty
from app.newsletter.telling import told


def _of(account_id: int) -> Subscriber | None:
    account = db.session.get(Account, account_id)
    return queries.by_key(account.email_key) if account is not None else None


def _tell(account_id: int) -> list[dict[str, Any]]:
    subscriber = _of(account_id)
    return [told(subscriber)] if subscriber is not None else []


def _forget(account_id: int) -> int:
    subscriber = _of(account_id)
    if subscriber is None or subscriber.state in (State.ACTIVE, State.PAUSED):
        return 0
    empty(subscriber)
    return 1


belongs("newsletter", _l("Newsletter, as far as it is over"), tell=_tell, forget=_forget)
